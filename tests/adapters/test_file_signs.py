"""A file is told from what it was; a time of the last moments is not trusted."""

import os
from hashlib import sha256
from pathlib import Path

from cjm_sheets.adapters.file_signs import FileSigns
from cjm_sheets.fleet.due import Look, look
from cjm_sheets.ports.files import Sign

SECOND = 1_000_000_000


def test_signs_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    signs = FileSigns()
    assert signs.sign(str(path)) == signs.stamped(str(path)) == Sign()
    path.write_bytes(b"one")
    fresh = signs.stamped(str(path))
    assert fresh == Sign(3, 0, sha256(b"one").hexdigest())
    then = path.stat().st_mtime_ns
    later = FileSigns(lambda: then + 4 * SECOND)
    assert later.stamped(str(path)) == Sign(3, then, fresh.stamp)
    assert later.sign(str(path)) == Sign(3, then)
    ahead = FileSigns(lambda: then - 4 * SECOND)  # the clock of a file server may go before ours
    assert ahead.stamped(str(path)).changed == then


def test_a_save_in_the_moment_of_the_last_one_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"one")
    then = path.stat().st_mtime_ns
    agreed = FileSigns(lambda: then + SECOND).stamped(str(path))
    path.write_bytes(b"two")
    os.utime(path, ns=(then, then))
    signs = FileSigns(lambda: then + 9 * SECOND)
    assert look(agreed, signs.sign(str(path))) is Look.UNSURE
    assert look(agreed, signs.stamped(str(path))) is Look.OTHER
