"""Decides how the wall map becomes one page: self-contained, without script, on one A3 sheet."""

from base64 import b64encode
from datetime import date
from hashlib import sha256

from cjm_sheets.drawing.choose import view
from cjm_sheets.drawing.content import Asked
from cjm_sheets.drawing.page_parts import parts
from cjm_sheets.drawing.page_style import WIDE, style
from cjm_sheets.drawing.scene import names, scene
from cjm_sheets.drawing.svg import escape, margin, svg
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.words.catalogue import say


def draw_html(
    workbook: Workbook,
    scores: tuple[PainScore, ...],
    language: str,
    *,
    map_id: str | None = None,
    as_of: date | None = None,
) -> str:
    """Return the wall map of a workbook as an HTML page that needs nothing from elsewhere.

    Without a map id the first map is drawn; NoSuchMapError if there is none of the id. Actions that
    were due before `as_of` are marked; without it none is. The page allows itself no script, no
    picture and no style but its own.
    """
    shown = view(Asked(workbook, scores, language, map_id, as_of))
    drawn = scene(shown)
    look = style(drawn.width)
    is_wide = drawn.width > WIDE
    beside = margin(names(drawn)) if is_wide else ""
    kind = "sheet wide" if is_wide else "sheet"
    title = escape(drawn.title)
    below = "\n".join(parts(shown))
    name = escape(say(language, "Map"))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(look)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{look}</style>\n</head>\n<body>\n<main>\n"
        f'<h1 class="unseen">{title}</h1>\n'
        f'<div class="{kind}" role="region" tabindex="0" aria-label="{name}">\n'
        f"{svg(drawn, language, links=True)}\n{beside}</div>\n{below}\n</main>\n</body>\n</html>\n"
    )


def _policy(look: str) -> str:
    """Return the content security policy: nothing but this one style sheet."""
    digest = b64encode(sha256(look.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
