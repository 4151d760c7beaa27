"""Decides which files of docs/ the program writes itself, and whether the committed ones are fresh.

    python scripts/make_docs.py
    python scripts/make_docs.py --check

The first form remakes the command reference, the page of every rule and the pictures of the sample
map. The second form changes nothing and leaves with exit code 1 after one line for each file that
is stale, missing or left over.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cjm_sheets import wiring  # noqa: E402 - run by path: the path comes first
from cjm_sheets.adapters.starter_files import StarterFiles  # noqa: E402 - same
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder  # noqa: E402 - same
from cjm_sheets.checks.catalogue import all_rules  # noqa: E402 - same
from cjm_sheets.checks.reference import as_markdown, page  # noqa: E402 - same
from cjm_sheets.usecases.draw_map import draw_map  # noqa: E402 - same
from cjm_sheets.usecases.new_map import Wish, new_map  # noqa: E402 - same

DOCS = ROOT / "docs"
DAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
"""The day on which the sample in the pictures is made; its dates lie around it."""
RULE_PAGES = "rules/CJ*.md"

_START = "import sys; from cjm_sheets.cli.main import main; main(sys.argv[1:], 'cjm-sheets')"
_COMMANDS = """\
# Commands

`cjm` is a shorter name for `cjm-sheets`. What follows is what `--help` says.

{commands}
## Exit codes

| code | means |
|---|---|
| 0 | done |
| 1 | done, and there is something to look at: a finding at or above `--fail-on`, or a conflict |
| 2 | the command was typed wrongly, or asks for something that does not go together |
| 3 | a file cannot be read; one sentence says which, where, and what to do |
| 4 | the service of the shared copy refused, or cannot be reached |
| 5 | the workbook is open in a program, or was saved while we worked; close it and run again |

## Environment

| variable | means |
|---|---|
| `CJM_SHEETS_LANGUAGE` | `en`, `de`, `da`, `lv`, `af` or `ru`: the terminal's language |
| `CJM_SHEETS_HOME` | folder of the history, of `auth login`, and of shared copies on this machine |
| `CJM_SHEETS_CREDENTIALS` | a Google key file, before what `auth login` kept |
| `CJM_SHEETS_ENDPOINT`, `CJM_SHEETS_TOKEN` | another service that speaks as Google does |
| `NO_COLOR` | no colours |
"""


def pages() -> dict[str, str]:
    """Return the text of every file that is made here, by its path below docs/."""
    picture = whole_picture()
    return {
        "commands.md": commands(),
        "map.svg": picture,
        "map-part.svg": part_of(picture),
        "rules/index.md": rule_list(),
        **dict(rule_pages()),
    }


# ---- commands ---------------------------------------------------------------------


def commands() -> str:
    """Return the command reference, from what --help says in English."""
    overview = help_of()
    told = [f"```text\n{overview}```\n"]
    for verb in verbs_in(overview):
        said = help_of(verb)
        told.append(f"## {verb}\n\n```text\n{said}```\n")
        told += [
            f"### {verb} {each}\n\n```text\n{help_of(verb, each)}```\n" for each in verbs_in(said)
        ]
    return _COMMANDS.format(commands="\n".join(told))


def verbs_in(said: str) -> list[str]:
    """Return the verbs that a help text lists."""
    return re.findall(r"^  ([a-z]+)  ", said.partition("\nCommands:")[2], re.MULTILINE)


def help_of(*verb: str) -> str:
    """Return what --help says of a verb, or of the program."""
    # A process of its own: the sentences take the language that is set when they are imported.
    settings = {"CJM_SHEETS_LANGUAGE": "en", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", _START, *verb, "--help"]
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=ROOT, env=os.environ | settings, check=True, capture_output=True
    )
    return done.stdout.decode().replace("\r\n", "\n")


# ---- rules ------------------------------------------------------------------------


def rule_pages() -> Iterator[tuple[str, str]]:
    """Yield path and text of the page of each rule."""
    for rule in all_rules():
        back = f"\n[All rules](index.md) · `cjm-sheets explain {rule.id}`\n"
        yield f"rules/{rule.id}.md", as_markdown(page(rule, "en")) + back


def rule_list() -> str:
    """Return the page that lists the rules."""
    rows = [
        f"| [{rule.id}]({rule.id}.md) | {rule.severity.value} | {rule.table or 'any'} "
        f"| {rule.summary} |"
        for rule in all_rules()
    ]
    head = (
        "# Rules\n\n"
        "What `cjm-sheets check` looks for. An error means that the map cannot be read or scored\n"
        "as written, a warning that an expert would send it back, an info is worth knowing.\n\n"
        "| rule | severity | sheet | finds |\n|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


# ---- pictures ---------------------------------------------------------------------


def whole_picture() -> str:
    """Return the wall map of the sample, as SVG."""
    made = new_map(Wish(starter="vacuum"), StarterFiles(), XlsxBuilder(), DAY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vacuum.xlsx"
        path.write_bytes(made)
        return draw_map(wiring.workbook_file(str(path)), "map.svg", DAY.date())


def part_of(picture: str) -> str:
    """Return the picture cut to its first two stages, from their names down to what hurts there.

    A page shows that part large enough to read; ValueError if the picture is built otherwise.
    """
    arrows = re.search(r'<g transform="translate\(0 ([\d.]+)\)">\n<path d="M[\d.]+ 0L', picture)
    starts = re.findall(r'<path d="M([\d.]+) 0L[^"]+Z" fill="#\w{6}"/>', picture)
    ideas = re.search(r'translate\(0 ([\d.]+)\)"[^>]*aria-label="Opportunities"', picture)
    size = re.search(r'width="[\d.]+" height="[\d.]+" viewBox="[^"]+"', picture)
    if not (arrows and ideas and size and len(starts) > 2):  # noqa: PLR2004 - two stages are shown
        message = "The wall map is built otherwise than this cut knows."
        raise ValueError(message)
    top, wide = float(arrows[1]), float(starts[2])
    high = float(ideas[1]) - top
    cut = f'width="{wide:g}" height="{high:g}" viewBox="0 {top:g} {wide:g} {high:g}"'
    return picture.replace(size[0], cut, 1)


# ---- writing and checking ---------------------------------------------------------


def update(made: Mapping[str, str], docs: Path = DOCS) -> None:
    """Write all files that differ, and take away pages of rules that are gone."""
    for name in left_over(made, docs):
        (docs / name).unlink()
    for name, text in made.items():
        path = docs / name
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())


def stale(made: Mapping[str, str], docs: Path = DOCS) -> list[str]:
    """Return a line for each file that is not as it should be."""
    wrong = [
        f"docs/{name}: {'stale' if (docs / name).exists() else 'missing'}"
        for name, text in made.items()
        if not (docs / name).exists() or (docs / name).read_bytes() != text.encode()
    ]
    return wrong + [f"docs/{name}: there is no such rule" for name in left_over(made, docs)]


def left_over(made: Mapping[str, str], docs: Path = DOCS) -> list[str]:
    """Return the pages of rules that are not there any more."""
    names = (path.relative_to(docs).as_posix() for path in docs.glob(RULE_PAGES))
    return sorted(name for name in names if name not in made)


def main(arguments: list[str] | None = None) -> int:
    """Remake or check the files; return the exit code."""
    parser = argparse.ArgumentParser(description="Remake the parts of docs/ that are generated.")
    parser.add_argument("--check", action="store_true", help="change nothing, list what is stale")
    wish = parser.parse_args(arguments)
    made = pages()
    if not wish.check:
        update(made)
        return 0
    wrong = stale(made)
    if wrong:
        print(*wrong, "Run: python scripts/make_docs.py", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
