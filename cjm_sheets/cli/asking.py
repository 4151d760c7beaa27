"""Decides what `new` asks on a terminal when no file was named, and in which order."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cjm_sheets.cli.speech import _
from cjm_sheets.cli.speech import language as spoken
from cjm_sheets.tables import naming
from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.templates.stages import MODELS
from cjm_sheets.usecases.new_map import Wish
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.languages import NAMES
from cjm_sheets.words.mark import N_

_LANGUAGE = N_("Language of the workbook")
_KIND = N_("Kind of map")
_BEGIN = N_("Begin with")
_STAGES = N_("Stages")
_OWN = N_("your own, separated by commas")
_NAMES = N_("Names of your stages")
_FILE = N_("File")
_NEXT_TIME = N_("Next time in one line: {command}")
_KINDS = {
    "current": N_("the way as it is: steps, moods, pains, and what to mend first"),
    "future": N_("the way as it should be, and which pains of today it takes away"),
    "day": N_("one whole day of a customer, with your brand or without it"),
    "empathy": N_("what people say, think, do and feel, without any order"),
    "blueprint": N_("the steps of the customer, and who does what behind them"),
}
_EMPTY = N_("a blank workbook")
_SAMPLES = {
    "vacuum": N_("a sample: buying a vacuum cleaner"),
    "retail": N_("a sample: clothes, online and in the store"),
    "travel": N_("a sample: a trip, from the idea to the check-in"),
    "bank": N_("a sample: opening a bank account"),
    "b2b": N_("a sample: software that a whole firm decides on"),
}


def ask(known: Sequence[tuple[str, str, str]], wish: Wish) -> tuple[str, Wish]:
    """Ask what a new workbook should be; return its file and the wish.

    `known` has name, kind of map and language of each sample; the wish that is given has the
    defaults. The questions are in the language of the terminal.
    """
    language = _one_of(_LANGUAGE, NAMES, wish.language)
    kinds = {
        kind: f"{naming.word(spoken(), 'map_type', kind)}: {_(_KINDS[kind])}" for kind in MAP_TYPES
    }
    kind = _one_of(_KIND, kinds, wish.map_type)
    samples = [name for name, of, code in known if (of, code) == (kind, language)]
    offers = {"": _(_EMPTY)} | {name: _(_SAMPLES.get(name, name)) for name in samples}
    starter = _one_of(_BEGIN, offers, wish.starter)
    stages = wish.stages if starter else _stages(language, wish.stages)
    path = click.prompt(_(_FILE), default=_free("map.xlsx"))
    asked = Wish(kind, language, stages, starter)
    click.echo(_(_NEXT_TIME).format(command=_command(path, asked)))
    return path, asked


def _one_of(question: str, offers: Mapping[str, str], default: str) -> str:
    """Ask for one of several things by its number, and return its key."""
    keys = list(offers)
    click.echo(_(question))
    for number, key in enumerate(keys, start=1):
        click.echo(f"  {number}  {offers[key]}")
    first = keys.index(default) + 1 if default in keys else 1
    number = click.prompt(">", type=click.IntRange(1, len(keys)), default=first, prompt_suffix=" ")
    return keys[number - 1]


def _stages(language: str, default: str) -> str:
    """Ask for a model of stages, or for own names."""
    models = {
        key: " → ".join(say(language, stage.name) for stage in stages)
        for key, stages in MODELS.items()
    }
    chosen = _one_of(_STAGES, models | {"": _(_OWN)}, default)
    if chosen:
        return chosen
    names: str = click.prompt(_(_NAMES), type=_Names())
    return names


if TYPE_CHECKING:
    _Text = click.ParamType[str]
else:
    _Text = click.ParamType  # which older versions of click do not let anybody narrow


class _Names(_Text):
    """At least two names, separated by commas."""

    name = "names"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the names as they were typed."""
        if sum(bool(name.strip()) for name in value.split(",")) < 2:  # noqa: PLR2004 - one stage is no journey
            self.fail(_("Give at least two names, separated by commas."), param, ctx)
        return value


def _free(name: str) -> str:
    """Return a file name that nothing bears yet."""
    stem, ending = Path(name).stem, Path(name).suffix
    number = 1
    while Path(name).exists():
        number += 1
        name = f"{stem}-{number}{ending}"
    return name


def _command(path: str, wish: Wish) -> str:
    """Return the command that would have made the same workbook without a question."""
    words = ["cjm-sheets", "new", path, "--type", wish.map_type, "--language", wish.language]
    words += ["--starter", wish.starter] if wish.starter else ["--stages", wish.stages]
    return " ".join(f'"{word}"' if " " in word or "," in word else word for word in words)
