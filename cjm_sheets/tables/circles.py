"""Decides when Python looks for garbage in circles: not while the cells of a map are worked on."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_looked_for() -> Iterator[None]:
    """Keep Python from looking for circles among millions of values, which cannot have any.

    In a large map every look is a long one; what nobody needs any more goes all the same.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
