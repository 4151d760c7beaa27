"""Decides how a digest becomes a page that stands alone, and that programs for mail can show.

Styles stand on the elements themselves, since many programs for mail drop all others; what these
do with dark windows is added for those that keep it. Nothing is fetched, and nothing is run.
"""

from datetime import tzinfo
from html import escape

from cjm_sheets.drawing import palette
from cjm_sheets.fleet.digest import Digest
from cjm_sheets.usecases.digest_words import Part, Point, telling

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_MONO = "font-family:ui-monospace,Consolas,Menlo,monospace"
_BREAK = "overflow-wrap:anywhere;word-break:break-word"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_LIGHT = {
    "fails": palette.PAIN,
    "conflict": palette.PAIN,
    "review": palette.AMBER,
    "behind": palette.AMBER,
    "soon": palette.ACTION,
    "finding": palette.ACTION,
    "good": palette.HIGH,
    "moved": palette.MUTED,
    "quiet": palette.MUTED,
}
"""The colour of each kind of thing that is told."""
_DARK = {
    "fails": "#F0907F",
    "conflict": "#F0907F",
    "review": "#E9B65B",
    "behind": "#E9B65B",
    "soon": "#8CBBE6",
    "finding": "#8CBBE6",
    "good": "#7CC9A0",
    "moved": "#A9B4C2",
    "quiet": "#A9B4C2",
}
_LIGHTER = frozenset({"moved", "quiet"})
"""What nobody has to do anything about is written less boldly."""
_DARK_STYLE = (
    ":root{color-scheme:light dark}@media (prefers-color-scheme:dark){"
    ".page{background:#12171E!important}.card{background:#1C232C!important;"
    "border-color:#2F3945!important}.ink{color:#E8ECF1!important}.muted{color:#A9B4C2!important}"
    + "".join(f".{kind}{{color:{colour}!important}}" for kind, colour in _DARK.items())
    + "}"
)


def as_html(
    made: Digest, language: str, zone: tzinfo | None = None, *, is_mail: bool = False
) -> str:
    """Return a digest as a page of HTML; times are those of where one is."""
    told = telling(made, language, zone, is_mail=is_mail)
    title = escape(told.title)
    heading = f'<h1 style="margin:0 0 4px;font-size:22px;line-height:1.3">{title}</h1>'
    body = [
        heading,
        _paragraph(told.span, "0 0 16px"),
        _card(_points(told.summary)),
        *map(_part, told.parts),
        *([_paragraph(told.more, "16px 0 0")] if told.more else []),
        *(_paragraph(each, "16px 0 0", 13) for each in told.foot),
    ]
    inside = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{_DARK_STYLE}</style>\n</head>\n"
        f'<body class="page" style="margin:0;padding:0;background:{palette.WASH}">\n'
        f'<div class="page" style="background:{palette.WASH};padding:24px 12px">\n'
        f'<div class="ink" style="max-width:680px;margin:0 auto;color:{palette.INK};{_FONT};'
        f'font-size:15px;line-height:1.5;{_BREAK}">\n'
        f"{inside}\n</div>\n</div>\n</body>\n</html>\n"
    )


def _part(part: Part) -> str:
    """Return what is told of a pair."""
    weight = 400 if part.name else 600
    name = f'<span style="{_MONO};font-weight:{weight}">{escape(part.workbook)}</span>'
    if part.name:
        name = f"{escape(part.name)} {name}"
    heading = f'<h2 style="margin:0 0 8px;font-size:16px;line-height:1.4">{name}</h2>'
    return _card(heading + _points(part.points))


def _card(inside: str) -> str:
    return (
        f'<div class="card" style="background:{palette.PAPER};border:1px solid {palette.FAINT};'
        f'border-radius:8px;padding:14px 18px;margin:0 0 14px">{inside}</div>'
    )


def _points(points: tuple[Point, ...]) -> str:
    items = "".join(map(_point, points))
    return f'<ul style="list-style:none;margin:0;padding:0">{items}</ul>'


def _point(point: Point) -> str:
    """Return a sentence in the colour of its kind, and what stands below it."""
    below = "".join(f"<li>{escape(each)}</li>" for each in point.below)
    weight = 400 if point.kind in _LIGHTER else 600
    inner = (
        f'<ul style="margin:2px 0 6px;padding:0 0 0 20px;font-size:14px">{below}</ul>'
        if below
        else ""
    )
    return (
        f'<li><span class="{point.kind}" style="color:'
        f'{_LIGHT[point.kind]};font-weight:{weight}">{escape(point.text)}</span>{inner}</li>'
    )


def _paragraph(text: str, margin: str, size: int = 14) -> str:
    return (
        f'<p class="muted" style="margin:{margin};color:{palette.MUTED};font-size:{size}px">'
        f"{escape(text)}</p>"
    )
