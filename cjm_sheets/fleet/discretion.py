"""Decides what of a text could be a secret, and is left out of whatever is written down.

What is written is made of facts that hold none. This is the second line: somebody else's error may
quote what was sent, and an address may hold a password.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

HIDDEN = "[hidden]"
_SHORTEST = 6
"""Signs of a known secret that is looked for; a shorter one would be found in any word."""
_DEEPEST = 6

_KEY = re.compile(
    r"(?i)(?:^|[_\-. ])(?:authorization|password|passwd|secret|token|api[_-]?key|private[_-]?key"
    r"|credentials?|cookie)s?$"
)
_NAMES = (
    r"(?:proxy-)?authorization|(?:access|refresh|id|auth)[_-]?token|token|api[_-]?key"
    r"|(?:client[_-]?)?secret|password|passwd|pwd|assertion|private[_-]?key"
)
_PARAMETERS = rf"{_NAMES}|key|code|signature|sig"
_FREE = r"(?![\s'\"]|\[hidden\]|(?:bearer|basic|digest|negotiate)\b)[^\s&;,'\"<>)}]+"
_LOGIN = r"(?:[^\s/:\"'<>]*:(?!\d{1,5}[/\s])[^\s\"'<>]*|[^\s/\"'<>]*)"
_SUSPICIOUS = re.compile(r"(?i)[=:@]|bearer|basic|digest|negotiate|ya29|1//0|AIza|GOCSPX|eyJ|-----")
"""What some sign of each pattern is: most texts have none, and are looked at once."""
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (
            r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)",
            HIDDEN,
        ),
        # redis://:PASSWORD@HOST; a password may hold a stroke and an @, a port is none.
        (
            rf"(?i)\b([a-z][a-z0-9+.\-]*://){_LOGIN}@(?=[\w.\[])",
            rf"\1{HIDDEN}@",
        ),
        (r"(?i)\b(bearer|basic|digest|negotiate)(\s+|%20)[\w\-.~+/=%]{6,}", rf"\1\2{HIDDEN}"),
        (
            rf"(?i)(['\"]?)\b({_NAMES})\1(\s*[:=]\s*)(['\"])(?:\\.|(?!\4).)*\4",
            rf"\1\2\1\3\4{HIDDEN}\4",
        ),
        (rf"(?i)\b({_NAMES})(=|:\s?){_FREE}", rf"\1\2{HIDDEN}"),
        (rf"(?i)([?&])({_PARAMETERS})={_FREE}", rf"\1\2={HIDDEN}"),
        # As Google writes tokens, keys, and secrets of clients; and tokens that are signed.
        (r"\bya29\.[\w\-.]{6,}|\b1//0[\w\-]{10,}|\bAIza[\w\-]{20,}|\bGOCSPX-[\w\-]{10,}", HIDDEN),
        (r"\beyJ[\w\-]{8,}\.[\w\-]{4,}(?:\.[\w\-]*)?", HIDDEN),
    )
)


class Discretion:
    """Leaves out secrets: those that are known, and whatever looks like one."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known: tuple[str, ...] = ()
        self.learn(known)

    def learn(self, secrets: Iterable[str]) -> None:
        """Leave these out as well from now on, however they are written."""
        fresh = {
            form
            for secret in secrets
            if len(secret) >= _SHORTEST and secret not in self._known
            for form in (secret, _quoted(secret), repr(secret)[1:-1])
        }
        if not fresh:
            return
        self._known = tuple(sorted(fresh.union(self._known), key=len, reverse=True))

    def text(self, text: str) -> str:
        r"""Return a text without its secrets.

        >>> Discretion(["hunter22"]).text("redis://:a@b/9@host said hunter22, Bearer abc.def-123")
        'redis://[hidden]@host said [hidden], Bearer [hidden]'
        """
        for secret in self._known:
            text = text.replace(secret, HIDDEN)
        if _SUSPICIOUS.search(text):
            for pattern, instead in _PATTERNS:
                text = pattern.sub(instead, text)
        return text

    def of(self, value: Any, key: str = "", depth: int = 0) -> Any:  # noqa: ANN401 - as JSON has it
        """Return a value, known by a key, without its secrets: plain values, lists and mappings."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if key and _KEY.search(key):
            return HIDDEN
        if isinstance(value, Mapping) and depth < _DEEPEST:
            return {
                self.text(str(name)): self.of(each, str(name), depth + 1)
                for name, each in value.items()
            }
        if isinstance(value, list | tuple | set | frozenset) and depth < _DEEPEST:
            return [self.of(each, "", depth + 1) for each in value]
        return self.text(str(value))


def _quoted(text: str) -> str:
    """Return a text as an address has it."""
    return "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "_.-~") else _escaped(sign)
        for sign in text
    )


def _escaped(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "surrogatepass"))
