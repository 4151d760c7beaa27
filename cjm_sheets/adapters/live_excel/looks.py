"""Decides how planned sheets are dressed in an open workbook: letters, colours, widths, links.

Cells that look alike and lie in one block are dressed at once. What xlwings has no word for on
every platform (page set-up, folded rows, charts) is left to sheets that come from a template; so
are drop-downs, since those that xlwings makes refuse what people type, and ours only offer.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cjm_sheets.adapters.live_excel.typing_in import Place
from cjm_sheets.tables import a1
from cjm_sheets.templates import plan

Block = tuple[int, int, int, int]
"""First line, first column, last line, last column."""


@dataclass(frozen=True)
class Dressing:
    """Dresses one sheet as it is planned."""

    sheet: Any
    planned: plan.Sheet

    def shape(self) -> None:
        """Give a new sheet its widths and heights."""
        for column, look in enumerate(self.planned.columns, start=1):
            block = self.sheet.range((1, column))
            block.column_width = look.width
            if look.hidden:
                self._hide_column(column)
        self._heights()

    def reshape(self) -> None:
        """Take the looks off a sheet on which other cells are filled, and set its heights anew."""
        top, left, bottom, right = self.area
        block = self.sheet.range((top, left), (bottom, right))
        block.unmerge()
        block.clear_formats()
        self._heights()

    @property
    def area(self) -> Block:
        """All cells that are dressed or undressed."""
        used = self.sheet.used_range
        lines = [used.row + used.shape[0], *(cell.line for cell in self.planned.cells)]
        columns = [used.column + used.shape[1], *(cell.column for cell in self.planned.cells)]
        lines += [block.last_line for block in self.planned.merged]
        columns += [block.last_column for block in self.planned.merged]
        return 1, 1, max(*lines, 2), max(*columns, len(self.planned.columns) + 1, 2)

    @property
    def lines(self) -> list[int]:
        """The lines that get a height, or are hidden."""
        planned = self.planned
        hidden = (*planned.hidden_lines, *planned.folded_lines)
        return sorted({*planned.heights, *planned.growing, *hidden})

    def _heights(self) -> None:
        for line, height in {**self.planned.heights, **self.planned.growing}.items():
            self.sheet.range((line, 1)).row_height = height
        for line in (*self.planned.hidden_lines, *self.planned.folded_lines):
            self.sheet.range((line, 1)).rows.hidden = True

    def _hide_column(self, column: int) -> None:
        self.sheet.range((1, column)).columns.hidden = True

    def merge(self) -> None:
        """Merge cells, once all of them hold what they should."""
        for block in self.planned.merged:
            first = (block.first_line, block.first_column)
            self.sheet.range(first, (block.last_line, block.last_column)).merge()

    def dress(self, only: Collection[Place] | None) -> None:
        """Let cells look as planned: all of them, or `only` some."""
        cells = {
            (c.line, c.column): c
            for c in self.planned.cells
            if only is None or (c.line, c.column) in only
        }
        for place, cell in cells.items():
            if cell.link and isinstance(cell.value, str):
                self._link(place, cell)
        styles = {place: cell.style for place, cell in cells.items()}
        for (top, left, bottom, right), style in _blocks(styles):
            _dress(self.sheet.range((top, left), (bottom, right)), style)

    def _link(self, place: Place, cell: plan.Cell) -> None:
        where = f"#{a1.title(cell.link)}!{cell.spot}"
        self.sheet.range(place).add_hyperlink(where, str(cell.value), cell.tip or str(cell.value))

    def condition(self) -> None:
        """Put the conditional looks on cells that have none: Excel takes them off with the rest."""
        blocks = []
        for rule in self.planned.conditions:
            last = max(rule.last_column, rule.column)
            block = self.sheet.range((rule.first_line, rule.column), (rule.last_line, last))
            blocks.append((block, rule, bool(block.conditional_formats.count)))
        for block, rule, has_some in blocks:
            if not has_some:
                _condition(block, rule)

    def finish(self) -> None:
        """Give a new sheet what comes last: conditional looks, and what stays in view."""
        self.sheet.show_gridlines = self.planned.gridlines
        self.condition()
        lines, columns = self.planned.frozen
        with suppress(Exception):  # it asks for a window, which a hidden program may not have
            if lines or columns:
                self.sheet.impl.activate()  # the public one would pull Excel to the front
                self.sheet.freeze_panes.freeze_at(
                    self.sheet.range((1, 1), (max(lines, 1), max(columns, 1))).address
                    if lines and columns
                    else f"$1:${lines}"
                    if lines
                    else f"$A:${a1.letters(columns)}"
                )


def _dress(block: Any, style: plan.Style) -> None:
    font = block.font
    font.size, font.bold, font.italic, font.color = (
        style.size, style.bold, style.italic, style.color,
    )  # fmt: skip
    if style.fill:
        block.color = style.fill
    if style.number:
        block.number_format = style.number
    block.wrap_text = style.wrap
    if style.align:
        block.horizontal_alignment = style.align
    block.vertical_alignment = {"vcenter": "center"}.get(style.valign, style.valign)
    if style.indent:
        with suppress(Exception):  # a text that is not at an edge has none
            block.adjust_indent(style.indent)
    _rule(block, style)


def _rule(block: Any, style: plan.Style) -> None:
    """Draw the lines of cells."""
    if style.line:
        sides = ["edge_top", "edge_bottom", "edge_left", "edge_right"]
        sides += ["inside_horizontal"] if block.shape[0] > 1 else []
        sides += ["inside_vertical"] if block.shape[1] > 1 else []
        for side in sides:
            block.borders.set(side, line_style="continuous", weight="thin", color=style.line)
    if style.under:
        block.borders.set(
            "edge_bottom", line_style="continuous", weight="medium", color=style.under
        )
    if style.over:
        block.borders.set("edge_top", line_style="continuous", weight="thin", color=style.over)


def _formula(source: str) -> str:
    return source if source.startswith("=") else f"={source}"


def _condition(block: Any, rule: plan.Condition) -> None:
    match rule.kind:
        case "formula":
            block.conditional_formats.add_custom(
                _formula(rule.formula),
                fill_color=rule.fill or None,
                font_color=rule.color or None,
                font_bold=rule.bold or None,
            )
        case "bar":
            with suppress(NotImplementedError):
                block.conditional_formats.add_data_bar(
                    rule.color, gradient=False, minimum=0, maximum=rule.top, threshold_type="number"
                )
        case "duplicate":
            first = block[0, 0]
            cells = block.get_address(True, True)  # noqa: FBT003 - xlwings takes them by position
            formula = f"=COUNTIF({cells},{first.get_address(False, False)})>1"  # noqa: FBT003 - the same
            block.conditional_formats.add_custom(
                formula, fill_color=rule.fill or None, font_color=rule.color or None
            )


def _blocks(styles: Mapping[Place, plan.Style]) -> Iterator[tuple[Block, plan.Style]]:
    """Yield blocks of cells that look alike: runs of a line, joined with those right above."""
    open_blocks: dict[tuple[int, int], tuple[int, int, plan.Style]] = {}
    for line in sorted({line for line, _ in styles}):
        runs = {(a, b): style for a, b, style in _runs(line, styles)}
        for key in [k for k in open_blocks if runs.get(k) != open_blocks[k][2]]:
            top, bottom, style = open_blocks.pop(key)
            yield (top, key[0], bottom, key[1]), style
        for key, style in runs.items():
            top, bottom, _ = open_blocks.get(key, (line, line - 1, style))
            if bottom != line - 1:
                yield (top, key[0], bottom, key[1]), style
                top = line
            open_blocks[key] = (top, line, style)
    for (left, right), (top, bottom, style) in open_blocks.items():
        yield (top, left, bottom, right), style


def _runs(line: int, styles: Mapping[Place, plan.Style]) -> Iterator[tuple[int, int, plan.Style]]:
    """Yield first column, last column and style of cells side by side that look alike."""
    columns = sorted(column for at, column in styles if at == line)
    start = None
    for at, column in enumerate(columns):
        start = column if start is None else start
        after = columns[at + 1] if at + 1 < len(columns) else 0
        style = styles[line, column]
        if after != column + 1 or styles[line, after] != style:
            yield start, column, style
            start = None
