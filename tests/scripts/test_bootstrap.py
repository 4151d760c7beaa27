"""Says alone what the script of the bare checkout tells, plans and hands to its children."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import bootstrap

SCRIPT = Path(bootstrap.__file__)
PYTHON = Path(sys.executable)
SPREAD = ("-n", "2", "--dist", "loadfile")


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which no command is found, apt-get neither."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap, "BROWSER", ())
    bare = [program._replace(commands=(program.package,)) for program in bootstrap.PROGRAMS]
    monkeypatch.setattr(bootstrap, "PROGRAMS", bare)


# ---- what a person reads -------------------------------------------------------------


@pytest.mark.parametrize("home", ["", None], ids=["empty HOME", "no HOME"])
@pytest.mark.parametrize("arguments", [["--help"], ["test", "-h"], ["demo", "--help"]])
def test_help_is_one_screen_from_any_folder(
    tmp_path: Path, home: str | None, arguments: list[str]
) -> None:
    env = {name: value for name, value in os.environ.items() if name != "HOME"}
    env |= {} if home is None else {"HOME": home}
    done = subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert lines[0].startswith("usage: python3 scripts/bootstrap.py demo")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 100
    assert done.stderr == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [[], ["tset"], ["--quick", "test"]])
def test_an_unknown_command_is_wrong_use(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        bootstrap.main(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("usage:")


def test_an_old_python_gets_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    with pytest.raises(SystemExit) as left:
        bootstrap.main(["demo"])
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert told == "cjm-sheets needs Python 3.11 or newer; this is Python 3.8.\n"


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
def test_a_new_python_is_no_matter(version: tuple[int, int]) -> None:
    assert not bootstrap.complaint(version)


def test_the_script_parses_on_python_3_8() -> None:
    compile_for_3_8 = "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 8))"
    with SCRIPT.open(encoding="utf-8") as source:
        subprocess.run([sys.executable, "-c", compile_for_3_8], stdin=source, check=True)


# ---- the plan ------------------------------------------------------------------------


def test_a_test_runs_every_check_in_order() -> None:
    steps = bootstrap.plan([], cores=2)
    assert list(steps) == [
        *("ruff check", "ruff format", "mypy", "lint-imports", "deptry", "vulture", "pytest")
    ]
    assert steps["pytest"] == ("-m", "pytest", *SPREAD)


@pytest.mark.parametrize(
    ("arguments", "cores", "expected"),
    [
        (["-k", "a b", "-x"], 1, ("-k", "a b", "-x")),
        (["--quick"], 1, ("-m", "not office and not browser and not node and not strace")),
        (
            ["-x", "--quick"],
            8,
            (*SPREAD, "-m", "not office and not browser and not node and not strace", "-x"),
        ),
        (["--pdb"], 8, ("--pdb",)),
    ],
)
def test_pytest_gets_the_rest_of_the_line(
    arguments: list[str], cores: int, expected: tuple[str, ...]
) -> None:
    assert bootstrap.plan(arguments, cores)["pytest"] == ("-m", "pytest", *expected)


def test_lowest_runs_pytest_alone() -> None:
    assert list(bootstrap.plan(["--lowest", "-q"], cores=1)) == ["pytest"]


def test_a_failed_step_stops_no_other(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    steps = {
        "bad": ("-c", r"import sys; sys.stdout.buffer.write(b'why \xff\n'); sys.exit(3)"),
        "good": ("-c", "print('nobody needs to read this')"),
    }
    assert bootstrap.run_steps(steps, PYTHON, os.environ) == ["bad"]
    shown = capfdbinary.readouterr().out
    assert b"FAILED  bad" in shown
    assert b"why \xff" in shown
    assert b"ok      good" in shown
    assert b"nobody" not in shown


# ---- the environment -----------------------------------------------------------------


def test_children_find_the_commands_of_the_environment_first(tmp_path: Path) -> None:
    scripts = tmp_path / ".venv" / "bin"
    env = bootstrap.environment(scripts, {"PATH": "/usr/bin", "HOME": "/home/a", "A": "b"})
    assert env == {
        "PATH": os.pathsep.join((str(scripts), "/usr/bin")),
        "VIRTUAL_ENV": str(tmp_path / ".venv"),
        "HOME": "/home/a",
        "A": "b",
    }


@pytest.mark.parametrize("given", [{"HOME": ""}, {}, {"PYTHONHOME": "/old"}])
def test_an_empty_home_and_a_foreign_pythonhome_are_not_passed_on(given: dict[str, str]) -> None:
    assert set(bootstrap.environment(Path("bin"), given)) == {"PATH", "VIRTUAL_ENV"}


@pytest.mark.parametrize(("ci", "expected"), [("1", "required"), ("true", "required"), ("", None)])
def test_ci_makes_outside_programs_required(ci: str, expected: str | None) -> None:
    env = bootstrap.environment(Path("bin"), {"CI": ci})
    assert env.get("CJM_SHEETS_TEST_PROGRAMS") == expected


# ---- outside programs ----------------------------------------------------------------


@pytest.mark.usefixtures("no_programs")
@pytest.mark.parametrize(
    ("env", "follows"),
    [
        ({}, "Tests that need them are skipped."),
        ({"CI": "true"}, "CI is set, so this is a failure."),
    ],
)
def test_missing_programs_are_named_with_their_use(
    env: dict[str, str], follows: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.outside_programs(env) is not bool(env)
    on_linux = (
        "; strace (kills a sync at any call that writes)"
        "; cron (checks the table by which a fleet runs)"
        "; Redis (lets machines share a fleet)"
        if bootstrap.LINUX
        else ""
    )
    assert capsys.readouterr().err == (
        "Missing: LibreOffice Calc (recalculates and prints workbooks); "
        "pdftoppm (turns printed pages into pictures); "
        "Chromium (opens the wall map and the page of the service); "
        f"npm (brings readers of workbooks and clients of Google){on_linux}. "
        f"{follows} On Debian: sudo apt-get install libreoffice-calc poppler-utils chromium npm"
        f"{' strace cron redis-server' if bootstrap.LINUX else ''}\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="apt-get is a shell script here")
@pytest.mark.usefixtures("no_programs")
def test_root_on_debian_gets_what_is_missing_and_a_bad_moment_is_forgiven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A stand-in apt-get fails the first time for each package and always for Chromium."""
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(bootstrap, "FONT", tmp_path / "no font")
    apt = tmp_path / "apt-get"
    apt.write_text(
        "#!/bin/sh\n"
        'for package; do :; done\necho "$DEBIAN_FRONTEND $*" >>"$0.log"\n'
        'case $package in update) exit;; chromium) echo "no candidate"; exit 100;; esac\n'
        'tried="$0.$package"; [ -e "$tried" ] || { : >"$tried"; exit 100; }\n'
        'found="${0%/*}/$package"; : >"$found"; /bin/chmod +x "$found"\n'
    )
    apt.chmod(0o755)
    assert not bootstrap.outside_programs({"CI": "1", "PATH": str(tmp_path)})
    calls = (tmp_path / "apt-get.log").read_text().splitlines()
    assert [line.split()[-1] for line in calls] == [
        *("update", "libreoffice-calc", "libreoffice-calc", "poppler-utils", "poppler-utils"),
        *("chromium", "chromium", "npm", "npm"),
        *(
            ("strace", "strace", "cron", "cron", "redis-server", "redis-server")
            if bootstrap.LINUX
            else ()
        ),
        *("fonts-dejavu-core", "fonts-dejavu-core"),
    ]
    assert all(line.startswith("noninteractive ") for line in calls)
    assert all("--no-install-recommends" in line for line in calls[1:])
    shown = capfd.readouterr()
    assert shown.out == "no candidate\n"
    assert "Missing: Chromium (opens" in shown.err
