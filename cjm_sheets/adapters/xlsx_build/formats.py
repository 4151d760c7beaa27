"""Decides how a style of a plan is said in XlsxWriter's words."""

from functools import cached_property
from typing import Any

from xlsxwriter import Workbook

from cjm_sheets.templates.plan import Style


class Formats:
    """The formats of one workbook: one for each style, however many cells share it."""

    def __init__(self, workbook: Workbook, font: str) -> None:
        self._workbook = workbook
        self._font = font

    @cached_property
    def _known(self) -> dict[Style, Any]:
        return {}

    def of(self, style: Style) -> Any:  # noqa: ANN401 - XlsxWriter ships no types
        """Return the format of a style."""
        if style not in self._known:
            self._known[style] = self._workbook.add_format(self._said(style))
        return self._known[style]

    def highlight(self, fill: str, color: str, *, bold: bool) -> Any:  # noqa: ANN401 - as above
        """Return the format that a conditional look lays over a cell."""
        said: dict[str, Any] = {"bg_color": fill} if fill else {}
        if color:
            said["font_color"] = color
        if bold:
            said["bold"] = True
        return self._workbook.add_format(said)

    def _said(self, style: Style) -> dict[str, Any]:
        """Return the properties of a style that differ from the default."""
        said: dict[str, Any] = {
            "font_name": self._font,
            "font_size": style.size,
            "font_color": style.color,
            "valign": style.valign,
            "bold": style.bold,
            "italic": style.italic,
            "underline": int(style.underline),
            "bg_color": style.fill,
            "num_format": style.number,
            "align": style.align,
            "text_wrap": style.wrap,
            "indent": style.indent,
            "shrink": style.shrink,
        }
        if style.line:
            said |= {"border": 1, "border_color": style.line}
        if style.under:
            said |= {"bottom": 1, "bottom_color": style.under}
        if style.over:
            said |= {"top": 1, "top_color": style.over}
        return {key: value for key, value in said.items() if value}
