"""Decides whether somebody signed a workbook digitally, which no change of it survives.

A signature is a checksum of the parts, sealed with a key that only its owner has. Its parts stay as
they are, so that programs say themselves that it no longer fits. The signature of macros is another
one: it seals the macros alone, which are never changed.
"""

from cjm_sheets.adapters.xlsx_file.package import Package
from cjm_sheets.words.mark import N_

BROKEN = N_(
    "The workbook was digitally signed. The signature no longer fits, since the workbook was"
    " changed: sign it again."
)

_FOLDER = "_xmlsignatures/"
_ORIGIN = "origin"
"""The last word of the type of the relationship that leads to signatures."""


def is_signed(package: Package) -> bool:
    """Tell whether a workbook file holds a signature."""
    return any(name.startswith(_FOLDER) for name in package.by_name) or any(
        relation.kind == _ORIGIN for relation in package.relations("")
    )
