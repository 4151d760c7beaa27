#!/usr/bin/env python3
"""Decides alone how a bare checkout becomes a running demo or a full check of the code.

It needs nothing but Python, and parses even on Python 3.8, so that an old Python gets a
sentence and not a syntax error. It reads best from the bottom: `main`, `demo`, `test`.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

USAGE = """\
usage: python3 scripts/bootstrap.py demo [DIR] [--open] [OPTIONS OF cjm-sheets demo]
       python3 scripts/bootstrap.py test [--quick] [--lowest] [OPTIONS OF pytest]

demo  makes .venv in the checkout, installs cjm-sheets there and runs "cjm-sheets demo".
      A second run starts at once. The exit code is that of the demo.

test  installs the tools and the outside programs too, then runs every check: ruff, mypy,
      import-linter, deptry, vulture and pytest. One that fails does not stop the others.
      --quick   the linters, and the tests that need no outside program
      --lowest  pytest alone, in .venv-lowest, with the lowest version of each dependency
                that pyproject.toml allows

Outside programs (LibreOffice Calc, poppler, Chromium, npm, strace, cron) are installed by apt-get
when run as root on Debian or Ubuntu. Elsewhere the tests that need a missing one are skipped; with
the environment variable CI set, a missing one is a failure. npm brings the packages of tests/node.

Exit codes of test: 0 all good, 1 a check failed. Of both: 2 wrong use or an old Python,
3 something could not be installed, 5 another run was busy here for too long, 130 Ctrl-C.
"""

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
PATIENCE = 900.0  # seconds to wait for another run that is installing
GRACE = 5.0  # seconds a child gets to finish by itself after Ctrl-C


class Program(NamedTuple):
    """An outside program: what shows that it is here, which Debian package brings it, and why."""

    name: str
    commands: tuple[str, ...]
    package: str
    purpose: str


LINUX = sys.platform.startswith("linux")
OFFICE = (
    # on Linux soffice may lack Calc, and localc comes with it
    ("localc",)
    if LINUX
    else (
        "soffice",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.exe",
    )
)
BROWSER = (
    *("chromium", "chromium-browser", "google-chrome"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
PROGRAMS = (
    Program("LibreOffice Calc", OFFICE, "libreoffice-calc", "recalculates and prints workbooks"),
    Program("pdftoppm", ("pdftoppm",), "poppler-utils", "turns printed pages into pictures"),
    Program("Chromium", BROWSER, "chromium", "opens the wall map and the page of the service"),
    Program("npm", ("npm",), "npm", "brings readers of workbooks and clients of Google"),
    *(
        [
            Program("strace", ("strace",), "strace", "kills a sync at any call that writes"),
            Program("cron", ("crontab",), "cron", "checks the table by which a fleet runs"),
            Program("Redis", ("redis-server",), "redis-server", "lets machines share a fleet"),
        ]
        if LINUX
        else []
    ),
)
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")  # Latin, Latvian and Cyrillic


# ---- speaking ------------------------------------------------------------------------


def say(sentence: str) -> None:
    """Tell what is going on; not on standard output, which may carry the JSON of the demo."""
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str, code: int) -> NoReturn:
    """Leave with one plain sentence."""
    say(sentence)
    raise SystemExit(code)


def complaint(version: tuple[int, ...]) -> str:
    """The sentence for a Python that is too old; empty for one that will do."""
    if version >= OLDEST_PYTHON:
        return ""
    return "cjm-sheets needs Python {}.{} or newer; this is Python {}.{}.".format(
        *OLDEST_PYTHON, *version[:2]
    )


# ---- running other programs ----------------------------------------------------------


class Done(NamedTuple):
    """How a command ended: its exit code and, unless it was shown at work, all it printed."""

    code: int
    output: bytes

    def show(self) -> None:
        """Pass the output on byte by byte: no terminal's encoding can break it."""
        sys.stdout.flush()
        sys.stdout.buffer.write(self.output)
        sys.stdout.buffer.flush()


def run(
    command: Sequence[str],
    env: Mapping[str, str],
    *,
    live: bool = False,
    folder: Path | None = ROOT,
) -> Done:
    """Run a command to its end in `folder` (None: where the person stands)."""
    none, pipe = (None, None) if live else (subprocess.DEVNULL, subprocess.PIPE)
    try:
        child = subprocess.Popen(  # noqa: S603  the commands are ours
            command, env=env, cwd=folder, stdin=none, stdout=pipe, stderr=pipe and subprocess.STDOUT
        )
    except OSError as error:
        return Done(127, f"{command[0]}: {error.strerror}\n".encode())
    try:
        output = child.communicate()[0]
    except KeyboardInterrupt:
        end(child)
        raise
    killed = child.returncode < 0
    return Done(128 - child.returncode if killed else child.returncode, output or b"")


def end(child: subprocess.Popen[bytes]) -> None:
    """End a child: the terminal told it too, so wait first; then ask; then insist."""
    interrupt = [] if os.name == "nt" else [lambda: child.send_signal(signal.SIGINT)]
    for ask in (*interrupt, child.terminate, child.kill):
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
            return
        ask()
    child.wait()


def must(command: Sequence[str], env: Mapping[str, str], otherwise: str) -> None:
    """Run a command that the rest depends on; when it fails show why and leave."""
    done = run(command, env)
    if done.code:
        done.show()
        stop(otherwise, 3)


def environment(scripts: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The environment of every child: the given one, with the commands in `scripts` first."""
    # an empty HOME would send caches to the root folder; without any, the account's own is used
    dropped = {"PYTHONHOME"} if given.get("HOME") else {"PYTHONHOME", "HOME"}
    kept = {name: value for name, value in given.items() if name not in dropped}
    if given.get("CI"):
        kept["CJM_SHEETS_TEST_PROGRAMS"] = "required"  # tests fail rather than skip
    path = os.pathsep.join((str(scripts), given.get("PATH", os.defpath)))
    return {**kept, "PATH": path, "VIRTUAL_ENV": str(scripts.parent)}


# ---- outside programs ----------------------------------------------------------------


def missing_programs() -> list[Program]:
    """The outside programs that are not on this machine."""
    return [program for program in PROGRAMS if not any(map(shutil.which, program.commands))]


def about_missing(missing: Sequence[Program], *, required: bool) -> str:
    """Which programs are missing, what each is for, what follows and what to do."""
    named = "; ".join(f"{program.name} ({program.purpose})" for program in missing)
    packages = " ".join(program.package for program in missing)
    so = "CI is set, so this is a failure." if required else "Tests that need them are skipped."
    return f"Missing: {named}. {so} On Debian: sudo apt-get install {packages}"


def can_apt() -> bool:
    """Whether this is Debian or a relative, and we may install on it."""
    return getattr(os, "geteuid", lambda: 1)() == 0 and shutil.which("apt-get") is not None


def apt_get(action: Sequence[str], env: Mapping[str, str]) -> None:
    """Run apt-get, twice if need be: mirrors have bad moments. Show it when it fails."""
    say(f"apt-get {' '.join(action)} ...")
    command = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *action)
    silent = {**env, "DEBIAN_FRONTEND": "noninteractive"}
    if run(command, silent).code:
        again = run(command, silent)
        if again.code:
            again.show()


def apt_install(packages: Sequence[str], env: Mapping[str, str]) -> None:
    """Install Debian packages one by one, so that one that cannot be had spoils no other."""
    apt_get(("update",), env)
    for package in packages:
        apt_get(("install", "--yes", "--no-install-recommends", package), env)


def outside_programs(env: Mapping[str, str]) -> bool:
    """Bring the outside programs where that is possible; False when CI lacks one."""
    wanted = [program.package for program in missing_programs()]
    wanted += () if FONT.is_file() else ("fonts-dejavu-core",)
    if wanted and can_apt():
        apt_install(wanted, env)
    missing, required = missing_programs(), bool(env.get("CI"))
    if missing:
        say(about_missing(missing, required=required))
    return not (missing and required)


def node_packages(env: Mapping[str, str]) -> bool:
    """Bring the packages of Node.js that tests use, where npm is; False when CI lacks them."""
    npm, folder = shutil.which("npm"), ROOT / "tests" / "node"
    if npm is None:
        return True  # that it is missing was said already
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    noted = folder / "node_modules" / "bootstrap-stamp.txt"
    with alone():
        if noted.is_file() and noted.read_text("utf-8") == wanted:
            return True
        say("npm ci in tests/node ...")
        done = run((npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"), env, folder=folder)
        if not done.code:
            noted.write_text(wanted, "utf-8")
            return True
    done.show()
    say("npm could not install what is needed; its reason is above.")
    return not env.get("CI")


# ---- the virtual environment ---------------------------------------------------------


def wait_for(lock: sqlite3.Connection, patience: float) -> None:
    """Take the lock, or leave with a sentence after `patience` seconds."""
    give_up, told = time.monotonic() + patience, False
    while True:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
        else:
            return
        if time.monotonic() >= give_up:
            stop("Another run is still installing here. Wait for its end, then try again.", 5)
        if not told:
            say("Another run is installing here; waiting for it ...")
        told = True


@contextlib.contextmanager
def alone(patience: float = PATIENCE) -> Iterator[None]:
    """Keep other runs from installing into this checkout at the same time."""
    # SQLite has the one lock in the standard library that works on every system and goes
    # when its owner dies. It waits a little at a time, because Ctrl-C cannot wake it.
    path = ROOT / ".venv.lock"
    with contextlib.closing(sqlite3.connect(path, timeout=0.2, isolation_level=None)) as lock:
        wait_for(lock, patience)
        yield


def working_python(python: Path, env: Mapping[str, str]) -> str:
    """The version of an environment's Python; empty when it is absent, broken or too old."""
    ask = "import sys, pip; print('.'.join(map(str, sys.version_info[:3])))"
    done = run((str(python), "-I", "-c", ask), env)
    version = done.output.decode(errors="replace").strip()
    usable = done.code == 0 and re.fullmatch(r"\d+\.\d+\.\d+", version)
    return version if usable and not complaint(tuple(map(int, version.split(".")))) else ""


def make_venv(python: Path, env: Mapping[str, str]) -> str:
    """Make the environment of `python` anew and return the version of its Python."""
    package = "python{}.{}-venv".format(*sys.version_info)
    if not importlib.util.find_spec("ensurepip") and can_apt():
        apt_install([package], env)
        importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        stop(f"This Python lacks ensurepip. On Debian: sudo apt-get install {package}", 3)
    folder = python.parent.parent
    say(f"Making {folder.name} ...")
    command = (sys.executable, "-m", "venv", "--clear", str(folder))
    must(command, env, f"{folder} could not be made; the reason is above.")
    (folder / ".gitignore").write_text("*\n", "utf-8")  # Python 3.13 does so by itself
    return working_python(python, env) or stop(f"{folder} was made, but does not work.", 3)


def lowest_constraints(pyproject: str) -> str:
    """Each direct dependency held to the lowest version it allows, one a line, for pip."""
    import tomllib  # noqa: PLC0415  an old Python lacks it and must still get its sentence

    pattern = re.compile(r"([\w.-]+)[^;]*?(?:>=|==|~=)\s*([\w.]+)[^;]*(;.*)?")
    lines = []
    for requirement in tomllib.loads(pyproject)["project"]["dependencies"]:
        parts = pattern.fullmatch(requirement)
        if parts is None:
            stop(f"pyproject.toml gives no lowest version for {requirement}.", 3)
        lines.append(f"{parts[1]}=={parts[2]}{parts[3] or ''}\n")
    return "".join(lines)


def stamp(pyproject: bytes, python: str, groups: Sequence[str]) -> set[str]:
    """What is noted of an installation: a digest for the package and one for each group.

    The folder is part of it, because a checkout that was moved must be installed anew.
    """
    same = (pyproject, python.encode(), os.fsencode(ROOT))
    parts = (b"\0".join((*same, group.encode())) for group in ("", *groups))
    return {hashlib.sha256(part).hexdigest() for part in parts}


def pip_commands(python: Path, groups: Sequence[str], more: Sequence[str]) -> list[tuple[str, ...]]:
    """The commands that install cjm-sheets, and dependency groups, into an environment."""
    pip = (str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    chosen = [word for group in groups for word in ("--group", group)]
    newer = [(*pip, "pip>=25.1")] if groups else []  # the first that knows --group
    return [*newer, (*pip, "--editable", ".", *chosen, *more)]


def install(
    python: Path, groups: Sequence[str], env: Mapping[str, str], *, lowest: bool = False
) -> None:
    """See that an environment works and holds what pyproject.toml says; quick when it does."""
    pyproject = (ROOT / "pyproject.toml").read_bytes()
    folder = python.parent.parent
    noted, held = folder / "bootstrap-stamp.txt", folder / "lowest-versions.txt"
    with alone():
        version = working_python(python, env) or make_venv(python, env)
        wanted = stamp(pyproject, version, groups)
        if noted.is_file() and wanted <= set(noted.read_text("utf-8").split()):
            return
        noted.unlink(missing_ok=True)
        if lowest:
            held.write_text(lowest_constraints(pyproject.decode()), "utf-8")
        say(f"Installing into {folder.name}; the first time this takes a minute or two ...")
        for command in pip_commands(python, groups, ("-c", str(held)) if lowest else ()):
            must(command, env, "pip could not install what is needed; its reason is above.")
        noted.write_text("\n".join(sorted(wanted)), "utf-8")


# ---- the checks ----------------------------------------------------------------------

# name: what follows `python`, so that an environment that was moved still works
LINTERS = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as go; go()"),
    "deptry": ("-m", "deptry", "."),
    "vulture": ("-m", "vulture"),
}


def plan(arguments: Sequence[str], cores: int) -> dict[str, tuple[str, ...]]:
    """The steps of `test`, in order: name, and what follows `python`."""
    given = [word for word in arguments if word not in {"--quick", "--lowest"}]
    terminal = {"--pdb", "--trace", "-s"} & set(given)  # these need it for themselves
    # whole files: what a file starts once (a service, an office) is not started twice
    spread = () if terminal or cores == 1 else ("-n", "2", "--dist", "loadfile")
    marks = (
        ("-m", "not office and not browser and not node and not strace")
        if "--quick" in arguments
        else ()
    )
    tests = {"pytest": ("-m", "pytest", *spread, *marks, *given)}
    return tests if "--lowest" in arguments else {**LINTERS, **tests}


def run_steps(
    steps: Mapping[str, Sequence[str]], python: Path, env: Mapping[str, str]
) -> list[str]:
    """Run every step, print a line for each, and return the names of those that failed."""
    failed = []
    for name, arguments in steps.items():
        started = time.monotonic()
        done = run((str(python), *arguments), env, live=name == "pytest")
        verdict = "FAILED" if done.code else "ok"
        print(f"{verdict:8}{name:14}{time.monotonic() - started:6.1f} s", flush=True)
        if done.code:
            failed.append(name)
            done.show()
    return failed


# ---- the two commands ----------------------------------------------------------------


def scripts_of(name: str) -> tuple[Path, Path]:
    """The folder of commands in the environment of this name, and its Python."""
    folder, suffix = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    scripts = ROOT / name / folder
    return scripts, scripts / f"python{suffix}"


def demo(arguments: Sequence[str]) -> int:
    """Install, then run the demo where the person stands; return its exit code."""
    scripts, python = scripts_of(".venv")
    env = environment(scripts, os.environ)
    install(python, (), env)
    done = run((str(scripts / "cjm-sheets"), "demo", *arguments), env, live=True, folder=None)
    done.show()
    if done.code == 0:
        say(f"The command cjm-sheets lies in {scripts}.")
    return done.code


def test(arguments: Sequence[str]) -> int:
    """Install, then run every check; return 1 if any failed."""
    lowest = "--lowest" in arguments
    scripts, python = scripts_of(".venv-lowest" if lowest else ".venv")
    env = environment(scripts, os.environ)
    equipped = "--quick" in arguments or all((outside_programs(env), node_packages(env)))
    install(python, ("dev",), env, lowest=lowest)
    failed = run_steps(plan(arguments, os.cpu_count() or 1), python, env)
    failed += () if equipped else ("outside programs",)
    print(f"Failed: {', '.join(failed)}." if failed else "Every check is clean.", flush=True)
    return 1 if failed else 0


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says and return the exit code."""
    if complaint(sys.version_info[:2]):
        stop(complaint(sys.version_info[:2]), 2)
    if {"-h", "--help"} & set(arguments):
        print(USAGE, end="")
        return 0
    command = {"demo": demo, "test": test}.get(arguments[0]) if arguments else None
    if command is None:
        stop(USAGE.rstrip(), 2)
    try:
        return command(arguments[1:])
    except KeyboardInterrupt:
        stop("Stopped.", 130)
    except OSError as error:
        stop(f"{error.strerror}: {error.filename}", 3)
    except sqlite3.Error as error:
        stop(f"Nothing can be installed in {ROOT}: {error}.", 3)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite kill is a Ctrl-C
    sys.exit(main(sys.argv[1:]))
