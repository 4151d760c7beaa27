"""Every command, program and table to type in the documentation does what the page shows.

A console block holds lines that begin with `$ ` and below each what is seen; `...` stands for
anything. A command that ends with `# exit code N` must leave with that code, all others with 0. The
commands of a page run in order, in one folder.
"""

import doctest
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import requests

from tests.docs import pages
from tests.docs.pages import PAGES, ROOT, Command, Program, Typing

COMMAND = str(Path(sys.executable).with_name("cjm-sheets"))
NOT_RUN = frozenset({
    "python3 scripts/bootstrap.py demo",  # installs; tests/scripts runs it
    "python3 scripts/bootstrap.py test",  # would start this very test again
    "python3 scripts/bootstrap.py test --quick",  # the same
    "python3 scripts/bootstrap.py test --lowest",  # the same
    "source .venv/bin/activate",  # changes the terminal of the reader
    ".venv/bin/python scripts/benchmarks/read_large.py",  # minutes, and its figures are no promise
    ".venv/bin/python scripts/make_docs.py",  # tests/docs/test_fresh.py asks what it would write
    ".venv/bin/python scripts/make_catalogues.py",  # tests/words asks what it would write
    ".venv/bin/python scripts/make_templates.py",  # tests/scripts asks what it would write
})  # fmt: skip
PORT = "8765"
SECONDS = 60
SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass
class Reader:
    """Somebody who does what a page says, in a folder of their own."""

    folder: Path
    service: subprocess.Popen[str] | None = None
    url: str = ""
    token: str = ""

    def do(self, step: pages.Step) -> None:
        """Do one step and compare what is seen."""
        match step:
            case Command():
                self.run(step)
            case Program():
                self.execute(step)
            case Typing():
                self.type(step)

    def run(self, command: Command) -> None:
        """Run a command line."""
        if command.line in NOT_RUN:
            return
        program, *arguments = shlex.split(command.line)
        assert program == "cjm-sheets", f"{command.line}: not run, and not named as such"
        if arguments[0] == "serve":
            self.serve(arguments, command)
            return
        done = subprocess.run(
            [COMMAND, *arguments], cwd=self.folder, env=self.settings, timeout=SECONDS,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )  # fmt: skip
        same(command.line, command.output, done.stdout)
        assert done.returncode == command.code, f"{command.line}\n{done.stdout}"

    def execute(self, program: Program) -> None:
        """Run a piece of Python against the service that the page started."""
        source = program.source.replace(f"http://127.0.0.1:{PORT}", self.url)
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", source], cwd=self.folder, env=self.settings,
            timeout=SECONDS, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        shown = re.findall(r"^# prints: (.*)$", source, re.MULTILINE)
        same(program.source, "\n".join(shown), done.stdout)

    def type(self, typing: Typing) -> None:
        """Type rows into the only workbook of the folder, as another program would save it."""
        (path,) = self.folder.glob("*.xlsx")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells what it cannot keep
            book = openpyxl.load_workbook(path)
        sheet = book[typing.sheet]
        lines = {cell.value: cell.row for cell in sheet["A"]}
        columns = {cell.value: cell.column for cell in sheet[lines["ID"]]}
        for row in typing.rows:
            for label, text in row.items():
                sheet.cell(lines[row["ID"]], columns[label]).value = as_typed(text)
        book.save(path)

    def serve(self, arguments: list[str], command: Command) -> None:
        """Start the service on a free port, and read what it says until it is ready."""
        self.stop()
        self.service = subprocess.Popen(
            [COMMAND, *arguments, "--port", "0"], cwd=self.folder, env=self.settings,
            stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        assert self.service.stdout is not None
        said = ""
        for line in self.service.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        told = re.search(r"(http://127\.0\.0\.1:\d+)/\?token=(\S+)", said)
        assert told is not None, said
        self.url, self.token = told[1], told[2]
        same(command.line, command.output, said.replace(self.url, f"http://127.0.0.1:{PORT}"))
        page = requests.get(f"{self.url}/?token={self.token}", timeout=SECONDS)
        assert page.status_code == 200
        assert page.headers["Content-Type"].startswith("text/html")

    def stop(self) -> None:
        """Stop the service as Ctrl-C does."""
        if self.service is None:
            return
        self.service.send_signal(signal.SIGINT)
        self.service.communicate(timeout=SECONDS)
        assert self.service.returncode == 0
        self.service = None

    @property
    def settings(self) -> dict[str, str]:
        """The environment of the reader: a home of its own, English, no Google."""
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("CJM_SHEETS_", "GOOGLE_"))}
        return kept | {
            "CJM_SHEETS_HOME": str(self.folder / "home"),
            "CJM_SHEETS_LANGUAGE": "en",
            "HOME": str(self.folder),
            "PYTHONIOENCODING": "utf-8",
        }


def same(what: str, shown: str, seen: str) -> None:
    """Compare what a page shows with what is seen; a page that shows nothing promises nothing."""
    if not shown.strip():
        return
    checker = doctest.OutputChecker()
    if not checker.check_output(shown, seen, SAME):
        example = doctest.Example(what, shown)
        pytest.fail(f"{what}\n{checker.output_difference(example, seen, SAME)}")


def as_typed(text: str) -> str | float | date | None:
    """Return what a spreadsheet makes of a text that is typed into a cell."""
    if not text:
        return None
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"\d+ ?%", text):
        return int(text.rstrip(" %")) / 100
    if text == "today":
        return datetime.now().astimezone().date()
    return text


@contextmanager
def reader(folder: Path) -> Iterator[Reader]:
    """Give a reader whose service is stopped at the end, whatever happened."""
    one = Reader(folder)
    try:
        yield one
        one.stop()
    finally:
        if one.service is not None:
            one.service.kill()
            one.service.communicate()


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


WITH_STEPS = [path for path in PAGES if pages.steps(path.read_text("utf-8"))]


@pytest.mark.parametrize("path", WITH_STEPS, ids=names)
def test_a_reader_sees_what_the_page_shows(path: Path, tmp_path: Path) -> None:
    with reader(tmp_path) as one:
        for step in pages.steps(path.read_text("utf-8")):
            one.do(step)


def test_serve_says_where_it_is_as_json_and_stops_on_a_signal(tmp_path: Path) -> None:
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0", "--json", "--data", str(tmp_path)],
        stdout=subprocess.PIPE, encoding="utf-8",
        env=Reader(tmp_path).settings,
    ) as service:  # fmt: skip
        try:
            assert service.stdout is not None
            said = json.loads(service.stdout.readline())
            assert said["pid"] == service.pid
            asked = f"{said['url']}/drive/v3/files"
            refused = requests.get(asked, timeout=SECONDS)
            headers = {"Authorization": f"Bearer {said['token']}"}
            answer = requests.get(asked, headers=headers, timeout=SECONDS)
        finally:
            started = time.monotonic()
            service.terminate()
            service.communicate(timeout=SECONDS)
    assert (refused.status_code, answer.status_code) == (401, 200)
    assert service.returncode == 0
    assert time.monotonic() - started < SECONDS


# ---- the pages themselves ------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_no_command_hides_in_a_block_that_is_not_run(path: Path) -> None:
    text = path.read_text("utf-8")
    assert pages.languages_of_blocks(text) <= {"console", "python", "text", "json", "yaml", ""}
    for language in ("text", "json", ""):
        assert not re.search(rf"^```{language}\n(?:(?!```).*\n)*?\$ ", text, re.MULTILINE)


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    for link in pages.local_links(text):
        file, _, place = link.partition("#")
        target = (path.parent / file) if file else path
        assert target.exists(), link
        if place and target.suffix == ".md":
            assert place in pages.anchors(target.read_text("utf-8")), link


def test_what_is_compared_can_differ() -> None:
    same("x", "one ... three", "one two three")
    with pytest.raises(pytest.fail.Exception):
        same("x", "one ... four", "one two three")
    shown = pages.steps("```console\n$ a b  # exit code 1\nseen\n$ c\n```\n")
    assert shown == [Command("a b", 1, "seen\n"), Command("c", 0, "")]
