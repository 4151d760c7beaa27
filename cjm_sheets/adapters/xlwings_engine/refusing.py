"""Decides how the engine refuses: with the numbers that Excel itself refuses with."""

EDIT_MODE = -2146777998
"""Somebody types in a cell, or a window of Excel waits for an answer."""
FAILED = -2147352567
"""The general failure, as for a protected sheet; the last number of the details says which."""
GONE = -2147417848
"""The object is there no more, as after the workbook was closed."""

_PROTECTED = (0, "engine", "The sheet is protected.", None, 0, -2146827284)


class RefusedByProgramError(Exception):
    """The program that holds the workbook open does not do what it was asked to.

    Like the errors of COM, `args` are the number, a text, details, and which argument was wrong.
    """

    def __init__(self, number: int, text: str, details: object = None) -> None:
        super().__init__(number, text, details, None)
        self.hresult = number


def protected() -> RefusedByProgramError:
    """Return the refusal to change a protected sheet."""
    return RefusedByProgramError(FAILED, "The sheet is protected.", _PROTECTED)


def gone() -> RefusedByProgramError:
    """Return the refusal to touch a workbook that was closed."""
    return RefusedByProgramError(GONE, "The object is there no more.")
