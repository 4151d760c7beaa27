"""Says alone when the script of the bare checkout installs, waits, and lets go."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts import bootstrap

SCRIPT = Path(bootstrap.__file__)
PYTHON = Path(sys.executable)
PROJECT = b'[project]\ndependencies = ["click>=8.1.8,<9"]\n'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout, with a blank in its path, that the script takes for its own."""
    root = tmp_path / "a checkout"
    root.mkdir()
    (root / "pyproject.toml").write_bytes(PROJECT)
    monkeypatch.setattr(bootstrap, "ROOT", root)
    return root


# ---- installing ----------------------------------------------------------------------


def test_the_lowest_versions_are_read_from_the_ranges() -> None:
    pyproject = """
        [project]
        dependencies = [
          "click>=8.1.8,<9", "XlsxWriter <4, >= 3.2.2", "xlwings==0.37.8", "a.b-c~=1.2",
          "uvicorn[standard]>=0.34,!=0.35", "tz>=2024.1,<3000; sys_platform == 'win32'",
        ]
    """
    assert bootstrap.lowest_constraints(pyproject).splitlines() == [
        "click==8.1.8",
        "XlsxWriter==3.2.2",
        "xlwings==0.37.8",
        "a.b-c==1.2",
        "uvicorn==0.34",
        "tz==2024.1; sys_platform == 'win32'",
    ]


def test_a_dependency_without_a_lowest_version_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        bootstrap.lowest_constraints('[project]\ndependencies = ["click<9"]')
    assert capsys.readouterr().err == "pyproject.toml gives no lowest version for click<9.\n"


def test_our_own_pyproject_gives_a_lowest_version_of_each_dependency() -> None:
    text = (SCRIPT.parent.parent / "pyproject.toml").read_text("utf-8")
    lines = bootstrap.lowest_constraints(text).splitlines()
    assert len(lines) == len(tomllib.loads(text)["project"]["dependencies"])


def test_pip_is_renewed_only_for_groups() -> None:
    plain = bootstrap.pip_commands(PYTHON, (), ())
    grouped = bootstrap.pip_commands(PYTHON, ("dev",), ("-c", "a b"))
    assert [command[-2:] for command in plain] == [("--editable", ".")]
    assert [command[-1] for command in grouped] == ["pip>=25.1", "a b"]
    assert grouped[1][-6:] == ("--editable", ".", "--group", "dev", "-c", "a b")


def test_the_stamp_changes_with_what_matters(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = bootstrap.stamp(PROJECT, "3.11.7", ())
    assert plain < bootstrap.stamp(PROJECT, "3.11.7", ("dev",))
    assert not plain & bootstrap.stamp(PROJECT + b"\n", "3.11.7", ("dev",))
    assert not plain & bootstrap.stamp(PROJECT, "3.12.0", ("dev",))
    monkeypatch.setattr(bootstrap, "ROOT", checkout / "moved")
    assert not plain & bootstrap.stamp(PROJECT, "3.11.7", ("dev",))


@pytest.fixture
def pip_calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Installing into an environment that works; pip is only noted."""
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "must", lambda command, _env, _otherwise: calls.append(command))
    monkeypatch.setattr(bootstrap, "working_python", lambda _python, _env: "3.11.7")
    return calls


def test_pip_runs_again_only_when_something_changed(
    checkout: Path, pip_calls: list[tuple[str, ...]]
) -> None:
    scripts, python = bootstrap.scripts_of(".venv")
    scripts.mkdir(parents=True)

    def pip_runs(*groups: str) -> int:
        before = len(pip_calls)
        bootstrap.install(python, groups, os.environ)
        return len(pip_calls) - before

    assert [pip_runs(), pip_runs()] == [1, 0]
    assert [pip_runs("dev"), pip_runs("dev"), pip_runs()] == [2, 0, 0]
    (checkout / "pyproject.toml").write_bytes(PROJECT + b"# changed\n")
    assert [pip_runs(), pip_runs(), pip_runs("dev")] == [1, 0, 2]


def test_the_lowest_environment_is_held_to_its_list(
    checkout: Path, pip_calls: list[tuple[str, ...]]
) -> None:
    scripts, python = bootstrap.scripts_of(".venv-lowest")
    scripts.mkdir(parents=True)
    bootstrap.install(python, ("dev",), os.environ, lowest=True)
    held = checkout / ".venv-lowest" / "lowest-versions.txt"
    assert held.read_text() == "click==8.1.8\n"
    assert pip_calls[-1][-2:] == ("-c", str(held))


def test_a_failed_installation_shows_why_and_leaves_no_stamp(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    scripts, python = bootstrap.scripts_of(".venv")
    scripts.mkdir(parents=True)
    refuse = (sys.executable, "-c", "import sys; sys.exit('no such release')")
    monkeypatch.setattr(bootstrap, "pip_commands", lambda *_: [refuse])
    monkeypatch.setattr(bootstrap, "working_python", lambda _python, _env: "3.11.7")
    with pytest.raises(SystemExit) as left:
        bootstrap.install(python, (), os.environ)
    assert left.value.code == 3
    assert capfd.readouterr().out == "no such release\n"
    assert [path.name for path in (checkout / ".venv").iterdir()] == [scripts.name]


@pytest.mark.parametrize("content", [None, "#!/bin/sh\nexit 1\n", "#!/bin/sh\necho 3.9.1\n"])
def test_an_absent_broken_or_old_environment_does_not_count(
    tmp_path: Path, content: str | None
) -> None:
    python = tmp_path / "python"
    if content:
        python.write_text(content)
        python.chmod(0o755)
    assert not bootstrap.working_python(python, os.environ)
    assert bootstrap.working_python(PYTHON, os.environ).startswith("3.")


@pytest.mark.usefixtures("pip_calls")
def test_a_new_environment_is_kept_out_of_git(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pretend(command: tuple[str, ...], _env: object, _otherwise: str) -> None:
        assert command[1:4] == ("-m", "venv", "--clear")
        Path(command[4]).mkdir()

    monkeypatch.setattr(bootstrap, "must", pretend)
    python = bootstrap.scripts_of(".venv-lowest")[1]
    assert bootstrap.make_venv(python, os.environ) == "3.11.7"
    assert (checkout / ".venv-lowest" / ".gitignore").read_text() == "*\n"


def test_without_ensurepip_the_debian_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no apt-get
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(SystemExit) as left:
        bootstrap.make_venv(tmp_path / ".venv" / "bin" / "python", os.environ)
    assert left.value.code == 3
    version = "{}.{}".format(*sys.version_info)
    assert f"sudo apt-get install python{version}-venv\n" in capsys.readouterr().err


# ---- the packages of Node.js ---------------------------------------------------------


@pytest.fixture
def npm(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in npm that notes how it is called; with a file `refuse` beside it, it fails."""
    (checkout / "tests" / "node").mkdir(parents=True)
    (checkout / "tests" / "node" / "package-lock.json").write_text("{}")
    path = tmp_path / "npm"
    path.write_text(
        '#!/bin/sh\necho "$PWD $*" >>"$0.log"\n'
        'if [ -e "${0%/*}/refuse" ]; then echo "no such package"; exit 1; fi\n'
        "[ -d node_modules ] || /bin/mkdir node_modules\n"
    )
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return path


@pytest.mark.skipif(os.name == "nt", reason="npm is a shell script here")
def test_npm_runs_again_only_when_the_lock_changed(checkout: Path, npm: Path) -> None:
    def calls() -> list[str]:
        assert bootstrap.node_packages(os.environ)
        return Path(f"{npm}.log").read_text().splitlines()

    folder = checkout / "tests" / "node"
    once = [f"{folder} ci --ignore-scripts --no-audit --no-fund"]
    assert [calls(), calls()] == [once, once]
    (folder / "package-lock.json").write_text('{"changed": true}')
    assert calls() == once * 2


@pytest.mark.skipif(os.name == "nt", reason="npm is a shell script here")
@pytest.mark.parametrize("env", [{}, {"CI": "1"}], ids=["at home", "CI"])
def test_npm_that_fails_shows_why_and_fails_only_ci(
    npm: Path, env: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    (npm.parent / "refuse").touch()
    assert bootstrap.node_packages(env) is not bool(env)
    shown = capfd.readouterr()
    assert shown.out == "no such package\n"
    assert shown.err.endswith("npm could not install what is needed; its reason is above.\n")


def test_without_npm_nothing_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.node_packages({"CI": "1"}), "outside_programs has failed for it"
    assert capfd.readouterr() == ("", "")


def test_the_lock_of_node_names_no_registry() -> None:
    lock = (SCRIPT.parent.parent / "tests" / "node" / "package-lock.json").read_text("utf-8")
    assert '"integrity"' in lock
    assert '"resolved"' not in lock


# ---- other runs, and Ctrl-C ----------------------------------------------------------


@pytest.fixture
def other_run(checkout: Path) -> Iterator[sqlite3.Connection]:
    """Another run that is installing into the same checkout."""
    path = checkout / ".venv.lock"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield lock


def test_another_run_is_waited_for(
    other_run: sqlite3.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    timer = threading.Timer(0.5, other_run.rollback)
    timer.start()
    started = time.monotonic()
    with bootstrap.alone():
        assert time.monotonic() - started > 0.4
    timer.join()
    assert capsys.readouterr().err == "Another run is installing here; waiting for it ...\n"


@pytest.mark.usefixtures("other_run")
def test_another_run_is_not_waited_for_without_end(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left, bootstrap.alone(patience=0):
        pytest.fail("two runs at once")
    assert left.value.code == 5
    assert "still installing" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signal to one process alone")
@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_the_children(tmp_path: Path, which: signal.Signals) -> None:
    """The real script, shortened to one child that notes its end; only the script is told."""
    child = (
        "import time\ntry:\n print('up', flush=True)\n time.sleep(60)\nfinally:\n print('ended')"
    )
    start = (
        "import runpy, os, sys; space = runpy.run_path(sys.argv[1]);"
        "run, main = space['run'], space['main'];"
        "main.__globals__.update(GRACE=0.2, demo=lambda a: run(a, os.environ, live=True).code);"
        "import signal; signal.signal(signal.SIGTERM, signal.default_int_handler);"
        "sys.exit(main(['demo', sys.executable, '-c', sys.argv[2]]))"
    )
    script = subprocess.Popen(
        [sys.executable, "-c", start, SCRIPT, child],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with script:
        assert script.stdout is not None
        assert script.stdout.readline() == "up\n"
        script.send_signal(which)
        shown, told = script.communicate(timeout=20)
    assert shown == "ended\n"
    assert script.returncode == 130
    assert told.endswith("Stopped.\n")
