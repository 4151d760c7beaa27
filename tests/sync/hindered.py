"""Starts a command that is not allowed everything: a disk of no room, folders that are only read.

python hindered.py size BYTES COMMAND...     no file grows beyond that
python hindered.py obedient COMMAND...       not even the administrator ignores permissions
"""

import ctypes
import os
import resource
import sys
from pathlib import Path

SCRIPT = Path(__file__)
_DROP = 24  # PR_CAPBSET_DROP
_IGNORE_PERMISSIONS = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def size(words: list[str]) -> list[str]:
    limit = int(words[0])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return words[1:]


def obedient(words: list[str]) -> list[str]:
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for power in _IGNORE_PERMISSIONS:
            if libc.prctl(_DROP, power, 0, 0, 0):
                sys.exit(os.strerror(ctypes.get_errno()))
    return words


if __name__ == "__main__":
    way, *rest = sys.argv[1:]
    left = {"size": size, "obedient": obedient}[way](rest)
    os.execv(left[0], left)  # noqa: S606 - our own command
