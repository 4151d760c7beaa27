"""Decides how new bytes take the place of a workbook file so that nobody's work is lost.

The old file stays whole until the new one lies complete on the disk beside it; one step puts it in
place. What was replaced is looked at once more afterwards: if somebody saved the workbook in that
very moment, what they saved is put back.
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from cjm_sheets.adapters.xlsx_file.exchange import exchange
from cjm_sheets.adapters.xlsx_file.leftovers import Names, names_for, sweep
from cjm_sheets.errors.workbook import CannotReplaceError, ChangedMeanwhileError, OpenElsewhereError

_SHARING = {32, 33}
"""What Windows says of a file that another program holds open."""


def refuse_if_open(path: Path) -> None:
    """Raise OpenElsewhereError if a spreadsheet program's lock file lies beside the workbook."""
    name = path.name
    # Excel leaves out the first letters of a long name to make room for its mark.
    marks = {f"~${name}", f"~${name[2:]}", f".~lock.{name}#"}
    if any(path.with_name(mark).exists() for mark in marks):
        raise OpenElsewhereError(str(path))


def refuse_if_no_room(path: Path) -> None:
    """Raise CannotReplaceError if the folder takes no new file, or the disk none of this size."""
    real = path.resolve()
    if not real.exists():
        return  # which whoever reads it says better
    with _said(path):
        if shutil.disk_usage(real.parent).free < real.stat().st_size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        probe = names_for(real, b"", b"").part
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        probe.unlink()


def replace_file(path: Path, data: bytes, since: bytes) -> None:
    """Put new content in place of a file that holds `since`; all of it, or nothing."""
    real = path.resolve()
    replacing = Replacing(path, real, names_for(real, since, data))
    try:
        with _said(path):
            replacing.write(data)
            refuse_if_open(real)
            if real.read_bytes() != since:
                raise ChangedMeanwhileError(str(path))
            replacing.swap(since, data)
    finally:
        replacing.clean_up()
    sweep(real)


class Replacing:
    """One replacement: `new` is the name of the new file until it has its place.

    `old` is a second name of the old file, where names cannot be exchanged.
    """

    def __init__(self, path: Path, real: Path, names: Names) -> None:
        self.path, self.real, self.part = path, real, names.part
        self.new, self.old = names.new, names.old
        self.rubbish = {self.part, self.new, self.old}

    def write(self, data: bytes) -> None:
        """Write the new file to the disk, with the mode and the owner of the old one."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self.part, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        info, made = self.real.stat(), self.part.stat()
        if hasattr(os, "chown") and (info.st_uid, info.st_gid) != (made.st_uid, made.st_gid):
            with contextlib.suppress(PermissionError):  # only the owner may give a file away
                os.chown(self.part, info.st_uid, info.st_gid)
        shutil.copymode(self.real, self.part)
        # From here on it may get the workbook's place, and the other way round.
        self.part.rename(self.new)

    def swap(self, since: bytes, ours: bytes) -> None:
        """Give the new file its place; raise ChangedMeanwhileError if it was not the old one's."""
        exchanged = exchange(self.new, self.real)
        # Until it is known what the other name holds, it may be what a person just saved.
        self.rubbish.clear()
        done = self._exchanged(since, ours) if exchanged else self._linked(since)
        self.rubbish = {self.new, self.old}
        _settle(self.real.parent)
        if not done:
            raise ChangedMeanwhileError(str(self.path))

    def clean_up(self) -> None:
        """Take away the names that nobody needs; one that does not go is left to a later sweep."""
        for name in self.rubbish:
            with contextlib.suppress(OSError):
                name.unlink()

    def _exchanged(self, since: bytes, ours: bytes) -> bool:
        """Look at what was replaced; if it is not the old file, put it back."""
        try:
            if self.new.read_bytes() == since:
                return True
            exchange(self.new, self.real)
            if self.new.read_bytes() != ours:
                exchange(self.new, self.real)  # saved once more meanwhile: the latest one stays
        except FileNotFoundError:
            # This run stood still for so long that another one took it away. What is in place now
            # has to be read again.
            return False
        return False

    def _linked(self, since: bytes) -> bool:
        """Replace the old file, which keeps a second name meanwhile where the disk can do that."""
        linked = False
        with contextlib.suppress(OSError, NotImplementedError):
            self.old.hardlink_to(self.real)
            linked = True
        try:
            self.new.replace(self.real)
        except OSError:
            self.rubbish = {self.new, self.old}
            raise
        if not linked:
            return True
        try:
            if self.old.read_bytes() == since:
                return True
            self.old.replace(self.real)
        except FileNotFoundError:
            return False  # as above
        return False


@contextlib.contextmanager
def _said(path: Path) -> Iterator[None]:
    """Turn what the system says into errors that a person understands."""
    try:
        yield
    except OSError as refused:
        if getattr(refused, "winerror", None) in _SHARING:
            raise OpenElsewhereError(str(path)) from None
        raise CannotReplaceError(str(path), refused.strerror or str(refused)) from None


def _settle(folder: Path) -> None:
    """Make the new name lasting; Windows cannot open folders and does not need it."""
    if os.name != "posix":
        return
    # The new file has its place. A disk that will not promise to keep it there after a power cut is
    # no reason to say that the file is as it was.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
