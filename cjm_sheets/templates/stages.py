"""Decides which models of stages there are, and the stages of each."""

from dataclasses import dataclass

from cjm_sheets.errors.asked import UnknownTemplateError
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a model: its name, and whether it lies before, during or after the purchase."""

    name: str
    phase: str


MODELS: dict[str, tuple[Stage, ...]] = {
    "buying4": (
        Stage(N_("Awareness"), "before"),
        Stage(N_("Interest, comparison, decision"), "before"),
        Stage(N_("Purchase, preparation"), "during"),
        Stage(N_("Installation, activation, feedback"), "after"),
    ),
    "loyalty5": (
        Stage(N_("Awareness"), "before"),
        Stage(N_("Consideration"), "before"),
        Stage(N_("Purchase"), "during"),
        Stage(N_("Retention"), "after"),
        Stage(N_("Advocacy"), "after"),
    ),
    "funnel4": (
        Stage(N_("Awareness"), "before"),
        Stage(N_("Consideration"), "before"),
        Stage(N_("Decision"), "during"),
        Stage(N_("Retention"), "after"),
    ),
    "phases3": (
        Stage(N_("Before"), "before"),
        Stage(N_("During"), "during"),
        Stage(N_("After"), "after"),
    ),
}


def stages(model: str, language: str) -> tuple[Stage, ...]:
    """Return the stages of a model in a language, or own ones from names separated by commas.

    Raises UnknownTemplateError for a single word that is no model.

    >>> [stage.name for stage in stages("find, buy, use", "en")]
    ['find', 'buy', 'use']
    """
    known = MODELS.get(model.strip().lower())
    if known is not None:
        return tuple(Stage(say(language, stage.name), stage.phase) for stage in known)
    own = [name.strip() for name in model.split(",") if name.strip()]
    if len(own) < 2:  # noqa: PLR2004 - one stage alone is a misspelt model, not a journey
        raise UnknownTemplateError(model, ", ".join(MODELS))
    return tuple(Stage(name, "") for name in own)
