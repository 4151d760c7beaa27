"""Decides which files the page serves: our own, and the grid out of the package that carries it."""

from functools import cache
from importlib import metadata, resources
from pathlib import Path

KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_CARRIER = "nicegui"
_GRID = "nicegui/elements/aggrid/dist/index.js"


@cache
def own(name: str) -> tuple[str, bytes] | None:
    """Return type and content of a file of ours; None for a name that we do not have."""
    folder = resources.files("cjm_sheets.service.page") / "assets"
    for file in folder.iterdir():
        if file.name == name:
            return KINDS[Path(name).suffix], file.read_bytes()
    return None


@cache
def grid() -> Path | None:
    """Return where the grid's script lies; None without the package that carries it.

    The package is looked up, never imported: we want one file of it, not what it does.
    """
    try:
        files = metadata.distribution(_CARRIER)
    except metadata.PackageNotFoundError:
        return None
    place = Path(str(files.locate_file(_GRID)))
    return place if place.is_file() else None
