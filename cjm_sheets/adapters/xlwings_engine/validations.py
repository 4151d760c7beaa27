"""Decides what the rules for what a cell should hold answer to xlwings."""

from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation as Rule
from xlwings import base_classes

from cjm_sheets.adapters.xlwings_engine import addresses
from cjm_sheets.adapters.xlwings_engine.owners import Block
from cjm_sheets.tables import a1

_KINDS: dict[str, Any] = {
    "list": "list", "whole_number": "whole", "decimal": "decimal", "date": "date", "time": "time",
    "text_length": "textLength", "custom": "custom",
}  # fmt: skip
_KINDS_BACK = {file: name for name, file in _KINDS.items()}
_OPERATORS: dict[str, Any] = {
    "between": "between", "not_between": "notBetween", "equal_to": "equal",
    "not_equal_to": "notEqual", "greater_than": "greaterThan", "less_than": "lessThan",
    "greater_than_or_equal": "greaterThanOrEqual", "less_than_or_equal": "lessThanOrEqual",
}  # fmt: skip


class DataValidation(base_classes.DataValidation):
    """The rule of a block of cells; the first cell's counts where they differ."""

    def __init__(self, block: Block) -> None:
        self._block = block

    @property
    def api(self) -> "DataValidation":
        """The thing itself."""
        return self

    def _now(self) -> Any:
        every = self._block.sheet.model.looks_like.data_validations.dataValidation
        return next((r for r in every if any(map(self._block(1, 1).meets, r.sqref.ranges))), None)

    @property
    def type(self) -> str:
        """Which kind of rule it is."""
        now = self._now()
        return _KINDS_BACK.get(now.type, "unknown") if now is not None else "none"

    @property
    def formula1(self) -> str | None:
        """What it compares with."""
        now = self._now()
        return None if now is None else now.formula1

    @property
    def source(self) -> str | None:
        """Where the offered values come from."""
        return self.formula1 if self.type == "list" else None

    def set_list(self, source: Any, in_cell_dropdown: Any) -> None:
        """Offer values from a block of cells, a name or a list."""
        if isinstance(source, list | tuple):
            said = f'"{",".join(map(str, source))}"'
        else:
            said = source.name if hasattr(source, "refers_to") else _place(source)
        rule = Rule("list", formula1=said)
        rule.showDropDown = not in_cell_dropdown
        self._put(rule)

    def set_rule(self, rule_type: str, operator: Any, formula1: Any, formula2: Any) -> None:
        """Ask for a number, a day or the like."""
        rule = Rule(_KINDS[rule_type], operator=_OPERATORS.get(operator))
        rule.formula1 = None if formula1 is None else str(formula1).removeprefix("=")
        rule.formula2 = None if formula2 is None else str(formula2).removeprefix("=")
        self._put(rule)

    def delete(self) -> None:
        """Let the cells hold anything."""
        self._block.sheet.refuse()
        self._block.sheet.model.reshaped = True
        every = self._block.sheet.model.looks_like.data_validations.dataValidation
        every[:] = [r for r in every if not any(map(self._block.meets, r.sqref.ranges))]

    def _put(self, rule: Rule) -> None:
        self.delete()
        rule.allowBlank = rule.showErrorMessage = True
        rule.add(addresses.written(self._block.area).replace("$", ""))
        self._block.sheet.model.looks_like.add_data_validation(rule)


def _place(block: Block) -> str:
    return f"{a1.title(block.sheet.name)}!{addresses.written(block.area)}"
