"""Decides where the texts of starters lie: TOML files in the package, by name and kind of map.

`vacuum.current.toml` has all rows, with English words; `vacuum.current.de.toml` has only words.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable

from cjm_sheets.errors.asked import UnknownTemplateError
from cjm_sheets.ports.starters import Written

_FOLDER = "cjm_sheets.templates"
_ENDING = ".toml"
_ENGLISH = "en"


class StarterFiles:
    """The starters that come with the program."""

    def written(self, name: str, map_type: str, language: str) -> Written:
        """Return a starter as it is written; UnknownTemplateError if there is none."""
        wanted = (name, map_type, language)
        if wanted not in self.known():
            asked, *there = (f"{n} ({t}, {code})" for n, t, code in (wanted, *self.known()))
            raise UnknownTemplateError(asked, ", ".join(there))
        rows = self._text(f"{name}.{map_type}")
        words = "" if language == _ENGLISH else self._text(f"{name}.{map_type}.{language}")
        return rows, words

    def known(self) -> tuple[tuple[str, str, str], ...]:
        """Return name, kind of map and language of each starter that there is."""
        names = (f.name for f in self._folder().iterdir() if f.name.endswith(_ENDING))
        parts = (name.removesuffix(_ENDING).split(".") for name in names)
        return tuple(sorted((n, t, *(rest or [_ENGLISH])) for n, t, *rest in parts))  # type: ignore[misc] # three parts at most

    def _text(self, stem: str) -> str:
        """Return the text of a file."""
        return self._folder().joinpath(stem + _ENDING).read_text("utf-8")

    @staticmethod
    def _folder() -> Traversable:
        return files(_FOLDER) / "starters"
