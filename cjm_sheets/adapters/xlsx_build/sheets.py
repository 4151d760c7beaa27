"""Decides how a planned sheet is written: cells, columns, table, offers, conditions, print."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cjm_sheets.adapters.xlsx_build.formats import Formats
from cjm_sheets.tables import a1
from cjm_sheets.tables.codec import EPOCH
from cjm_sheets.templates.plan import Button, Cell, Condition, Sheet, Shown, TableArea, Validation

_POINT = 96 / 72
"""Pixels of a point, as Excel counts them."""
_PAPERS = {"A4": 9, "A3": 8}
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}


class GrowingWorksheet(Worksheet):  # type: ignore[misc] # XlsxWriter ships no types
    """A sheet that takes formulas as they are, and lets lines grow with their text."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 - as the base class has it
        """Return a formula without its =.

        The base class looks for the functions that are newer than the format, of which we use
        none: a hundred searches for each formula.
        """
        return formula.removeprefix("=")

    def grow(self, line: int, height: float) -> None:
        """Give a 1-based line a height that a program may change when its text grows."""
        self.set_row(line - 1, height)
        self._growing.add(line)

    @cached_property
    def _growing(self) -> set[int]:
        return set()

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, object]]) -> None:
        """Leave out that a line's height was chosen by hand, which would keep it from growing."""
        if tag == "row" and attributes[0][1] in self._growing:
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


def write(sheet: GrowingWorksheet, plan: Sheet, formats: Formats) -> None:
    """Write everything of a planned sheet."""
    _columns(sheet, plan, formats)
    _lines(sheet, plan)
    for line, height in plan.growing.items():
        sheet.grow(line, height)
    if plan.table:
        _table(sheet, plan.table)
    for block in plan.merged:
        corners = (block.first_line, block.first_column, block.last_line, block.last_column)
        sheet.merge_range(*(corner - 1 for corner in corners), "")
    for cell in plan.cells:
        _cell(sheet, cell, formats)
    for offer in plan.validations:
        _validation(sheet, offer)
    for condition in plan.conditions:
        _condition(sheet, condition, formats)
    if plan.button:
        _button(sheet, plan.button)
    _view(sheet, plan)
    _page(sheet, plan)


def _columns(sheet: Worksheet, plan: Sheet, formats: Formats) -> None:
    for at, look in enumerate(plan.columns):
        options = {
            "hidden": look.hidden,
            "level": look.level,
            "collapsed": look.carries_fold,
        }
        style = formats.of(look.style) if look.style else None
        sheet.set_column(at, at, look.width, style, options)
    sheet.outline_settings(symbols_right=False, symbols_below=not plan.folded_lines)


def _lines(sheet: Worksheet, plan: Sheet) -> None:
    """Give lines their heights, hide some, and fold others behind the line above them."""
    folded, hidden = set(plan.folded_lines), set(plan.hidden_lines)
    for line in sorted({*plan.heights, *folded, *hidden}):
        options: dict[str, Any] = {"hidden": line in folded | hidden}
        if line in folded:
            options["level"] = 1
        elif line + 1 in folded:
            options["collapsed"] = True
        sheet.set_row(line - 1, plan.heights.get(line), None, options)


def _table(sheet: Worksheet, table: TableArea) -> None:
    """Declare a table object; its cells are written by themselves, with results and formats."""
    columns = [
        {"header": column.header} | ({"formula": column.formula} if column.formula else {})
        for column in table.columns
    ]
    sheet.add_table(
        table.header_line - 1,
        0,
        table.last_line - 1,
        len(columns) - 1,
        {"name": table.name, "columns": columns, "style": None, "banded_rows": False},
    )


def _cell(sheet: Worksheet, cell: Cell, formats: Formats) -> None:
    line, column, look = cell.line - 1, cell.column - 1, formats.of(cell.style)
    if cell.formula:
        sheet.write_formula(line, column, cell.formula, look, _number(cell.value))
        return
    match _number(cell.value):
        case None | "":
            sheet.write_blank(line, column, None, look)
        case bool() as value:
            sheet.write_boolean(line, column, value, look)
        case str() as text if cell.link:
            place = f"internal:{a1.title(cell.link)}!{cell.spot}"
            sheet.write_url(line, column, place, look, text, cell.tip or None)
        case str() as text:
            sheet.write_string(line, column, text, look)
        case number:
            sheet.write_number(line, column, number, look)


def _number(value: Shown) -> str | float | bool | None:
    """Return what a cell holds; dates are serial numbers."""
    match value:
        case datetime():
            return (value.date() - EPOCH).days
        case date():
            return (value - EPOCH).days
    return value


def _validation(sheet: Worksheet, offer: Validation) -> None:
    options: dict[str, Any] = {"validate": offer.kind, "input_title": offer.title}
    options |= {"input_message": offer.message, "show_input": bool(offer.message)}
    if offer.kind == "list":
        options |= {"source": offer.source, "error_type": "information"}
    elif offer.kind != "any":
        options |= {"error_type": "warning", **_bounds(offer)}
    if offer.objection:
        options["error_message"] = offer.objection
    first, last, at = offer.first_line - 1, offer.last_line - 1, offer.column - 1
    sheet.data_validation(first, at, last, at, {k: v for k, v in options.items() if v != ""})


def _bounds(offer: Validation) -> dict[str, Any]:
    """Return the bounds of a number or a date, which is a serial number in the file."""
    low: Any = offer.low
    if offer.kind == "date":
        low = datetime.fromordinal(EPOCH.toordinal() + int(offer.low))
    if offer.high is None:
        return {"criteria": ">=", "value": low}
    return {"criteria": "between", "minimum": low, "maximum": offer.high}


def _condition(sheet: Worksheet, rule: Condition, formats: Formats) -> None:
    options: dict[str, Any] = {"type": rule.kind}
    match rule.kind:
        case "bar":
            options = {
                "type": "data_bar",
                "data_bar_2010": True,
                "bar_solid": True,
                "bar_color": rule.color,
                "min_type": "num",
                "min_value": 0,
                "max_type": "num",
                "max_value": rule.top,
                "bar_border_color": rule.color,
            }
        case _:
            options["format"] = formats.highlight(rule.fill, rule.color, bold=rule.bold)
            if rule.kind == "formula":
                options["criteria"] = rule.formula
    first, last, at = rule.first_line - 1, rule.last_line - 1, rule.column - 1
    until = max(rule.last_column, rule.column) - 1
    sheet.conditional_format(first, at, last, until, options)


def _button(sheet: Worksheet, button: Button) -> None:
    width, height = button.size
    sheet.insert_button(
        button.line - 1,
        button.column - 1,
        {
            "caption": button.text,
            "macro": button.macro,
            "description": button.description,
            "width": round(width * _POINT),
            "height": round(height * _POINT),
            "x_offset": round(button.right * _POINT),
            "y_offset": round(button.down * _POINT),
        },
    )


def _view(sheet: Worksheet, plan: Sheet) -> None:
    lines, columns = plan.frozen
    if lines or columns:
        sheet.freeze_panes(lines, columns)
    if not plan.gridlines:
        sheet.hide_gridlines(2)
    if plan.tab:
        sheet.set_tab_color(plan.tab)
    sheet.set_zoom(plan.zoom)
    if plan.visibility == "hidden":
        sheet.hide()
    elif plan.visibility == "very_hidden":
        sheet.very_hidden()


def _page(sheet: Worksheet, plan: Sheet) -> None:
    page = plan.page
    sheet.set_landscape()
    sheet.set_paper(_PAPERS[page.paper])
    sheet.set_margins(**_MARGINS)
    if page.centred:
        sheet.center_horizontally()
    sheet.fit_to_pages(page.across, int(page.one_page))
    sheet.set_footer("&L&8&F  ·  &A&R&8&P / &N")
    if page.breaks:
        sheet.set_h_pagebreaks(list(page.breaks))
    if page.repeat:
        sheet.repeat_rows(page.repeat[0] - 1, page.repeat[1] - 1)
    if page.last:
        sheet.print_area(0, 0, page.last[0] - 1, page.last[1] - 1)
