"""Decides where the texts of starters lie: TOML files in the package, by name and language."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from cjm_sheets.errors import UnknownTemplateError

_FOLDER = "cjm_sheets.templates"


class StarterFiles:
    """The starters that come with the program."""

    def text(self, name: str, language: str) -> str:
        """Return a starter as it is written; UnknownTemplateError if there is none."""
        known = self.names(language)
        if name not in known:
            raise UnknownTemplateError(name, ", ".join(known))
        return self._folder().joinpath(f"{name}.{language}.toml").read_text("utf-8")

    def names(self, language: str) -> tuple[str, ...]:
        """Return the names of the starters in a language."""
        ending = f".{language}.toml"
        found = (file.name for file in self._folder().iterdir() if file.name.endswith(ending))
        return tuple(sorted(name.removesuffix(ending) for name in found))

    @staticmethod
    def _folder() -> Traversable:
        return files(_FOLDER) / "starters"
