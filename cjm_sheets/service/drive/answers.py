"""Decides what part of a Drive answer is sent: what the mask names, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from cjm_sheets.service.calls import Call
from cjm_sheets.service.drive.refusing import (
    bad_fields,
    fields_needed,
    invalid_parameter,
    out_of_range,
)
from cjm_sheets.service.drive.shapes import Shape, check_mask
from cjm_sheets.service.fields import EVERYTHING, Mask, below, select
from cjm_sheets.service.refusals import Json, RefusedError

_Item = TypeVar("_Item")
Maker: TypeAlias = Callable[[_Item], Json]
_MOST = 1000


def mask_of(call: Call, shape: Shape) -> Mask | None:
    """Return the checked mask of a call, None without one."""
    try:
        mask = call.mask()
    except RefusedError:
        raise bad_fields(call.one("fields")) from None
    if mask is not None:
        check_mask(mask, shape)
    return mask


def needed_mask(call: Call, shape: Shape) -> Mask:
    """Return the mask of a method that needs one."""
    mask = mask_of(call, shape)
    if mask is None:
        raise fields_needed()
    return mask


def default_mask(names: str) -> Mask:
    """Return the mask that holds where a call brings none."""
    return {name: {} for name in names.split()}


def masked(whole: Json, mask: Mask) -> Json:
    """Return the part of an object that a mask names."""
    selected: Json = select(whole, mask)
    return selected


@dataclass(frozen=True, slots=True)
class Listing:
    """How a list is answered: its kind, the name of its items, what an item shows by default."""

    kind: str
    items: str
    shape: Shape
    default: Mask
    size: int = 100
    most: int = _MOST


def page(call: Call, listing: Listing, found: Sequence[_Item], make: Maker[_Item]) -> Json:
    """Return one page of what was found; only the items of the page are made."""
    mask = mask_of(call, listing.shape)
    start, size = page_token(call, 0), page_size(call, listing.size, listing.most)
    answer: Json = {"kind": listing.kind}
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    inner = listing.default if mask is None else below(mask, listing.items)
    if inner is not None:
        answer[listing.items] = [
            masked(make(item), inner or EVERYTHING) for item in found[start : start + size]
        ]
    return masked(answer, dict.fromkeys(mask or {}, EVERYTHING))


def page_size(call: Call, default: int, most: int = _MOST) -> int:
    """Return how many items a page has."""
    text = call.one("pageSize")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise out_of_range("pageSize", text, most)
    return int(text)


def page_token(call: Call, default: int) -> int:
    """Return the number that a page token of ours holds."""
    text = call.one("pageToken")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise invalid_parameter("pageToken")
    return int(text)
