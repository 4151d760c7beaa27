"""Decides which rules there are: those that stand in the modules of the package rules."""

import importlib
import pkgutil
from functools import cache

from cjm_sheets.checks import rules
from cjm_sheets.checks.registry import Rule
from cjm_sheets.errors.asked import UnknownRuleError


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return all rules, sorted by id."""
    modules = pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")
    members = (
        member
        for module in modules
        if not module.ispkg
        for member in vars(importlib.import_module(module.name)).values()
    )
    found = (member for member in members if isinstance(member, Rule))
    return tuple(sorted(found, key=lambda each: each.id))


def rule_by_id(id_: str) -> Rule:
    """Return a rule; UnknownRuleError if there is none of this id."""
    wanted = id_.strip().upper()
    for each in all_rules():
        if each.id == wanted:
            return each
    raise UnknownRuleError(id_)
