"""Decides how tests read the VBA of a file: with olevba, as those do who look for malice."""

import warnings
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # oletools uses old names of pyparsing
    from oletools.olevba import VBA_Parser


def modules(file: Path) -> dict[str, str]:
    """Return the source of each module of VBA in a file, by its name such as Module1.bas."""
    parser = VBA_Parser(str(file))
    try:
        return {name: code for _, _, name, code in parser.extract_macros()}
    finally:
        parser.close()
