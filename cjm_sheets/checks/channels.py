"""Decides what a channel says of a step whose cells do not: online or not, owned or earned."""

from cjm_sheets.model.journey import Touchpoint

_ONLINE = frozenset({
    "search-engine", "website", "landing-page", "app", "email", "newsletter", "chatbot",
    "social-post", "social-ad", "review-site", "marketplace", "blog",
})  # fmt: skip
_OFFLINE = frozenset({
    "store", "phone", "event", "market-stand", "print", "brochure", "business-card", "packaging",
    "delivery", "out-of-home",
})  # fmt: skip
_OWNED = frozenset({
    "website", "landing-page", "app", "email", "newsletter", "chatbot", "blog", "store", "phone",
    "sales-person", "brochure", "business-card", "packaging", "customer-service", "self-service",
})  # fmt: skip
_PAID = frozenset({"paid-ad", "social-ad", "out-of-home"})
_EARNED = frozenset({"review-site", "word-of-mouth", "local-listing"})


def medium(step: Touchpoint) -> str:
    """Return online or offline, as the step says or its channel always is; "" if unknown.

    >>> medium(Touchpoint(channel="store")), medium(Touchpoint(channel="word-of-mouth"))
    ('offline', '')
    """
    by_channel = {"online": _ONLINE, "offline": _OFFLINE}
    return step.medium or next((m for m, of in by_channel.items() if step.channel in of), "")


def ownership(step: Touchpoint) -> str:
    """Return owned, paid or earned, as the step says or its channel mostly is; "" if unknown.

    >>> ownership(Touchpoint(channel="app", ownership="earned")), ownership(Touchpoint())
    ('earned', '')
    """
    by_channel = {"owned": _OWNED, "paid": _PAID, "earned": _EARNED}
    return step.ownership or next((o for o, of in by_channel.items() if step.channel in of), "")
