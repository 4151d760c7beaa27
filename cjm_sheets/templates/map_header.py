"""Decides what stands above and below the lanes of the Map sheet: title, people, goals, legend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import leads, looks, map_lists, start_live, titles
from cjm_sheets.templates import map_words as words
from cjm_sheets.templates.live import Live, either, sentence, text
from cjm_sheets.templates.map_lists import Listed
from cjm_sheets.templates.map_panel import FIRST, LABELS, Sketch
from cjm_sheets.templates.map_rows import Rows
from cjm_sheets.templates.plan import Cell, Style
from cjm_sheets.templates.structure import structured
from cjm_sheets.words.catalogue import say

_BANNER = Style(
    size=26, bold=True, color="#FFFFFF", fill=looks.DEEP, align="left", indent=1, valign="bottom"
)
_UNDER = replace(_BANNER, size=11, bold=False, color="#C4D3DD", valign="vcenter")
_HEAD = Style(
    size=9, bold=True, color=looks.TONES["blue"].strong, fill="#F3F6F9", align="left",
    valign="bottom", indent=1, line="#FFFFFF",
)  # fmt: skip
_BODY = replace(_HEAD, size=11, bold=False, color=looks.INK, valign="top", wrap=True)
_NOTE = Style(size=9, color=looks.QUIET, align="left")
_WARNING = replace(_NOTE, bold=True, color="#8A5A00")
_PART = Style(size=13, bold=True, color=looks.DEEP, align="left", valign="bottom")
_MOST_PEOPLE = 2


@dataclass(frozen=True)
class Frame:
    """The sheet around the lanes: the tables, the map that gives its title, the last column."""

    rows: Rows
    map: int
    last: int
    has_pains: bool

    @property
    def place(self) -> Live:
        """The place of the map."""
        return map_lists.by_id(self.rows, "Maps", self.map)

    def say(self, words_: str) -> str:
        """Return a sentence in the language of the workbook."""
        return say(self.rows.language, words_)

    def cell(self, at: tuple[int, int], of: Live, look: Style) -> Cell:
        """Return a cell that works itself out."""
        formula = structured(self.rows.facts.content, f"={of.formula}")
        return Cell(*at, of.value, look, formula)


def head(frame: Frame, sketch: Sketch) -> None:
    """Add the banner and the blocks of words below it."""
    _banner(frame, sketch)
    blocks = list(_blocks(frame))
    spans = _spans(FIRST, frame.last, len(blocks))
    for (title, said), (start, end) in zip(blocks, spans, strict=True):
        start = LABELS if start == FIRST else start  # noqa: PLW2901 - the first block begins there
        sketch.block((start, end), Cell(sketch.line + 1, start, frame.say(title), _HEAD))
        sketch.block((start, end), frame.cell((sketch.line + 2, start), said, _BODY))
    sketch.heights |= {sketch.line: 9, sketch.line + 1: 21, sketch.line + 2: 64}
    sketch.heights |= {sketch.line + 3: 12}
    sketch.line += 4


def part(frame: Frame, sketch: Sketch, map_: int) -> None:
    """Add the line between two maps: the kind and the title of the one that follows."""
    place = map_lists.by_id(frame.rows, "Maps", map_)
    kind, title = (frame.rows.words("Maps", key, place) for key in ("type", "title"))
    said = sentence("{kind} · {title}", {"kind": _capital(kind), "title": title})
    sketch.cells.append(frame.cell((sketch.line, LABELS), said, _PART))
    sketch.heights[sketch.line] = 26
    sketch.line += 1


def note(frame: Frame, sketch: Sketch, said: Live) -> None:
    """Add a line that speaks up when there is something to say."""
    sketch.cells.append(frame.cell((sketch.line, LABELS), said, _WARNING))
    sketch.heights[sketch.line] = 14
    sketch.line += 1


def foot(frame: Frame, sketch: Sketch) -> None:
    """Add how the map is read."""
    told = [words.LEGEND, words.FOLLOWS] if frame.has_pains else [words.FOLLOWS]
    said = " ".join(map(frame.say, told))
    sketch.cells.append(Cell(sketch.line, LABELS, said, _NOTE))
    sketch.heights[sketch.line] = 16
    sketch.line += 1


def not_shown(frame: Frame, table: tuple[str, str], places: Sequence[Listed]) -> Live:
    """Return how many steps of the table are on no tier, "" if all are."""
    named = f'(SUMPRODUCT(--({table[0]}[[#All],[{table[1]}]]<>""))-1)'
    there = sum(name != "" for name in frame.rows.column(*table))
    shown = "+".join(f"COUNT({of.range})" for of in places)
    count = there - sum(isinstance(place, int) for of in places for place in of.values)
    number = Live(f"({named}-({shown}))", count)
    said = sentence(frame.say(words.NOT_SHOWN), {"n": number})
    return either(Live(f"{number.formula}>0", count > 0), said, text(""))


def _banner(frame: Frame, sketch: Sketch) -> None:
    line, language = sketch.line, frame.rows.language
    back = say(language, titles.BACK)
    sketch.cells.append(Cell(line + 1, 1, "←", looks.BACK, link=titles.start(language), tip=back))
    title = frame.rows.words("Maps", "title", frame.place)
    named = either(_is_blank(title), text(frame.say(words.NO_TITLE)), title)
    sketch.block((LABELS, frame.last), frame.cell((line, LABELS), named, _BANNER))
    sketch.block((LABELS, frame.last), frame.cell((line + 1, LABELS), _under(frame), _UNDER))
    sketch.heights |= {line: 46, line + 1: 28}
    sketch.line += 2


def _under(frame: Frame) -> Live:
    """Return the kind of the map, and whether it is an example."""
    kind = _capital(frame.rows.words("Maps", "type", frame.place))
    if not frame.rows.facts.content.illustrative:
        return kind
    example = text(frame.say(leads.ILLUSTRATIVE))
    return sentence("{kind} · {example}", {"kind": kind, "example": example})


def _blocks(frame: Frame) -> Iterator[tuple[str, Live]]:
    """Yield the title and the words of each block."""
    rows, maps = frame.rows, frame.place
    yield words.WHO, _people(frame)
    asks = ((words.SCENARIO, "scenario", words.ASK_SCENARIO), (words.GOAL, "goal", words.ASK_GOAL))
    for title, key, ask in asks:
        said = rows.words("Maps", key, maps)
        yield title, either(_is_blank(said), _asks(frame, ask, "Maps"), said)
    if frame.has_pains:
        yield words.FIRST, start_live.next_mend(rows.facts)


def _people(frame: Frame) -> Live:
    """Return the first people of the map, one a line."""
    rows, told = frame.rows, []
    for row in _whose(frame):
        place = map_lists.by_id(rows, "Personas", row)
        name, summary = (rows.words("Personas", key, place) for key in ("name", "summary"))
        both = sentence(frame.say(words.PERSON), {"name": name, "summary": summary})
        said = either(_is_blank(summary), name, both)
        told.append(said)
    first, *others = told
    joined = first
    for other in others:
        more = Live(f'IF({other.formula}="","",CHAR(10)&{other.formula})',
                    f"\n{other.value}" if other.value else "")  # fmt: skip
        joined = Live(f"{joined.formula}&{more.formula}", f"{joined.value}{more.value}")
    return either(_is_blank(first), _asks(frame, words.ASK_WHO, "Personas"), joined)


def _whose(frame: Frame) -> list[int]:
    """Return the rows of the people whom the map names, else the first ones."""
    content = frame.rows.facts.content
    maps = content.rows.get("Maps", ())
    named = maps[frame.map].get("personas") if maps else None
    ids = named if isinstance(named, tuple) else ()
    places = (frame.rows.place_of("Personas", id_) for id_ in ids)
    found = [place - 2 for place in places if place is not None]
    return (found or list(range(_MOST_PEOPLE)))[:_MOST_PEOPLE]


def _asks(frame: Frame, words_: str, table: str) -> Live:
    sheet = naming.table_label(frame.rows.language, schema.BY_KEY[table])
    return text(say(frame.rows.language, words_, sheet=sheet))


def _capital(of: Live) -> Live:
    """Return words with a capital letter in front."""
    known = f"{of.value}"
    text_ = f"UPPER(LEFT({of.formula},1))&MID({of.formula},2,99)"
    return Live(text_, known[:1].upper() + known[1:100])


def _is_blank(of: Live) -> Live:
    return Live(f'{of.formula}=""', of.value == "")


def _spans(first: int, last: int, parts: int) -> list[tuple[int, int]]:
    """Return the first and last column of parts that are about as wide as each other."""
    count = last - first + 1
    ends = [first + round(count * n / parts) for n in range(parts + 1)]
    return [(ends[n], ends[n + 1] - 1) for n in range(parts)]
