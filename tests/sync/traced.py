"""Decides at which calls of the system a sync is stopped or refused, and lets strace do that.

strace counts the calls of each name from the start of the process; it strikes when the call begins,
so that all the calls before are done and this one is not. What the kernel took over survives the
process: a kill says nothing of power failures, for which the file and the history are flushed.
"""

import os
import re
import subprocess
from dataclasses import dataclass

import pytest

from tests import programs
from tests.sync.real_pair import Pair, Ran

WRITING = (
    "write", "pwrite64", "writev", "ftruncate", "fsync", "fdatasync", "rename", "renameat",
    "renameat2", "link", "linkat", "unlink", "unlinkat", "chmod", "fchmod", "fchmodat", "chown",
    "fchown", "fchownat", "mkdir", "mkdirat", "utimensat", "sendto", "recvfrom", "openat",
)  # fmt: skip
_CALL = re.compile(r"^\d+ +(\w+)\((.*)")
_READING = re.compile(r"O_RDONLY")
KILLED = -9


@dataclass(frozen=True)
class Step:
    """A call of the system: its name, the how manieth of that name, and what it was about."""

    name: str
    number: int
    about: str

    def __str__(self) -> str:
        return f"{self.name} {self.number}: {self.about}"


def strace() -> str:
    """Return the path of strace; where processes may not be traced, the test is skipped."""
    path = programs.strace()
    done = subprocess.run([path, "-o", os.devnull, "true"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("Processes may not be traced here, so that none can be stopped at a call.")
    return path


def recorded(pair: Pair, words: tuple[str, ...]) -> list[Step]:
    """Run a sync to its end and return the calls by which it wrote, in order."""
    noted = pair.home.parent / "trace.txt"
    ran = _under(pair, words, "-o", str(noted))
    assert ran.code in {0, 1}, ran.err
    counts: dict[str, int] = {}
    steps = []
    for line in noted.read_text("utf-8", errors="replace").splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        name, rest = found.groups()
        counts[name] = counts.get(name, 0) + 1
        if not (name == "openat" and _READING.search(rest)):
            steps.append(Step(name, counts[name], rest[:90]))
    return steps


def killed_at(pair: Pair, step: Step, words: tuple[str, ...]) -> bool:
    """Run a sync that is killed as a call begins; return whether it was."""
    strike = f"inject={step.name}:signal=SIGKILL:when={step.number}"
    ran = _under(pair, words, "-o", os.devnull, "-e", strike)
    return ran.code in {KILLED, 128 - KILLED}


def refused_at(pair: Pair, step: Step, reason: str, words: tuple[str, ...]) -> Ran:
    """Run a sync in which one call is refused for a reason such as ENOSPC."""
    strike = f"inject={step.name}:error={reason}:when={step.number}"
    return _under(pair, words, "-o", os.devnull, "-e", strike)


def _under(pair: Pair, words: tuple[str, ...], *more: str) -> Ran:
    # Not with --seccomp-bpf, which would be quicker: strace 6.1 then injects no signals.
    return pair.process(
        programs.strace(), "-f", "-e", f"trace={','.join(WRITING)}", *more, words=words
    )
