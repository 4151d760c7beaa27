"""Decides how the Map sheet reads a cell of a table: one formula, and what it shows now.

A place counts the rows of a table from 1 for its header; "" is no place at all.
"""

from collections.abc import Callable
from functools import cached_property

from cjm_sheets.tables import calc, naming
from cjm_sheets.tables.codec import number_text
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.live import Live
from cjm_sheets.templates.plan import Shown

_BEST = 2


class Rows:
    """The cells of a new workbook as formulas see them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.language = facts.content.language

    @cached_property
    def _known(self) -> dict[tuple[str, str], tuple[Shown, ...]]:
        return {}

    def column(self, table: str, key: str) -> tuple[Shown, ...]:
        """Return what a column shows in each row of its table."""
        if (table, key) not in self._known:
            self._known[table, key] = self.facts.column(table, key)
        return self._known[table, key]

    def value(self, table: str, key: str, place: Shown) -> Shown:
        """Return what a column shows at a place, "" beyond its rows."""
        column = self.column(table, key)
        inside = isinstance(place, int) and 0 <= place - 2 < len(column)
        return column[place - 2] if inside and isinstance(place, int) else ""

    def place_of(self, table: str, id_: str) -> int | None:
        """Return the place of an id, whatever its case; the first one where two are alike."""
        ids = (f"{value}".casefold() for value in self.column(table, "id"))
        return next(
            (at for at, id_here in enumerate(ids, start=2) if id_here == id_.casefold()), None
        )

    # ---- single cells -------------------------------------------------------------

    def words(self, table: str, key: str, place: Live) -> Live:
        """Return the text at a place, "" if there is none."""
        cell = _cell(table, key, place)
        known = text_of(self.value(table, key, place.value))
        return Live(f'IF({place.formula}="","",{cell}&"")', known)

    def mood(self, table: str, key: str, place: Live) -> Live:
        """Return the mood -2..2 at a place, "" if there is none on the scale."""

        def fits(number: float) -> bool:
            return abs(number) <= _BEST and number == int(number)

        return self._number((table, key), place, "AND(ABS({0})<=2,INT({0})={0})", fits)

    def share(self, table: str, key: str, place: Live) -> Live:
        """Return the share 0..1 at a place, "" if there is none."""
        return self._number((table, key), place, "AND({0}>=0,{0}<=1)", lambda n: 0 <= n <= 1)

    def score(self, table: str, key: str, place: Live) -> Live:
        """Return the number at a place, "" if there is none."""
        return self._number((table, key), place, "", lambda _: True)

    def is_yes(self, table: str, key: str, place: Live) -> Live:
        """Tell whether the cell at a place says yes, in whichever language."""
        cell = _cell(table, key, place)
        known = self.value(table, key, place.value)
        if not isinstance(known, bool):
            known = isinstance(known, str) and " ".join(known.split()).casefold() in self._yes
        yes = f"IF(ISLOGICAL({cell}),{cell},ISNUMBER(MATCH(TRIM({cell}),cjm_yes,0)))"
        return Live(f'IF({place.formula}="",FALSE,{yes})', known)

    def _number(
        self, of: tuple[str, str], place: Live, test: str, fits: Callable[[float], bool]
    ) -> Live:
        cell = _cell(*of, place)
        known = self.value(*of, place.value)
        if isinstance(known, bool) or not isinstance(known, int | float) or not fits(known):
            known = ""
        passed = f'IF({test.format(cell)},{cell},"")' if test else cell
        return Live(f'IF({place.formula}="","",IF(ISNUMBER({cell}),{passed},""))', known)

    @cached_property
    def _yes(self) -> set[str]:
        words = (*naming.every_word("yes_no", "yes"), *calc.YES_BESIDE_THE_LISTS)
        return {word.casefold() for word in words}


def text_of(value: Shown) -> str:
    """Return a value as a formula joins it to a text."""
    if isinstance(value, bool):
        return f"{value}".upper()
    return number_text(value) if isinstance(value, int | float) else f"{value or ''}"


def first_word(cell: str) -> str:
    """Return the formula of the id that a cell names: what stands before the first blank."""
    return f'LEFT(TRIM({cell}),FIND(" ",TRIM({cell})&" ")-1)'


def id_in(value: Shown) -> str:
    """Return the id that a cell names."""
    return text_of(value).strip(" ").split(" ")[0]


def _cell(table: str, key: str, place: Live) -> str:
    return f"INDEX({table}[[#All],[{key}]],{place.formula})"
