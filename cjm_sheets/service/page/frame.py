"""Decides what stands where on the page of a map, before its scripts fill it."""

import json
from dataclasses import dataclass
from html import escape

from cjm_sheets.service.page.texts import texts
from cjm_sheets.service.page.visitors import OWNER
from cjm_sheets.service.refusals import Json
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.languages import LANGUAGES, NAMES
from cjm_sheets.words.mark import N_

_LANGUAGE = N_("Language")


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is to look: language, the nonce of its styles, whether it can be edited."""

    language: str
    nonce: str
    role: str
    name: str = ""
    grid: bool = True


def frame(file_id: str, title: str, look: Look) -> str:
    """Return the body of the page of a map."""
    words = texts(look.language)
    told = {key: escape(text, quote=True) for key, text in words.items()}
    facts = {
        "id": file_id,
        "role": look.role,
        "name": look.name,
        "language": look.language,
        "nonce": look.nonce,
        "words": words,
    }
    return (
        f'<a class="skip" href="#grid">{told["skip"]}</a>\n{_bar(file_id, title, look, told)}\n'
        f'<main id="main">{_tables(told)}{_wall(told)}</main>\n{_asides(told)}\n'
        f'<script type="application/json" id="facts">{_json(facts)}</script>'
    )


def _bar(file_id: str, title: str, look: Look, told: dict[str, str]) -> str:
    """Return the head: where one is, who one is, and what there is beside the table."""
    is_owner = look.role == OWNER
    home = f'<a class="home" href="/?lang={look.language}">{told["all_maps"]}</a>'
    links = f'<button type="button" id="open-links">{told["links"]}</button>'
    file = escape(f"{title}.xlsx", quote=True)
    return f"""<header class="bar"><div class="name">{home if is_owner else ""}
<h1>{escape(title)}</h1></div>
<div class="tools">
<label class="you">{told["your_name"]} <input id="your-name" maxlength="60" autocomplete="name"
 title="{told["name_hint"]}"></label>
<a class="button" id="download" href="/page/{file_id}/download.xlsx"
 download="{file}">{told["download"]}</a>
<button type="button" id="open-history">{told["history"]}</button>
{links if is_owner else ""}
<button type="button" id="open-keys" aria-label="{told["keys"]}" title="{told["keys"]}">?</button>
{languages(look)}</div></header>"""


def _tables(told: dict[str, str]) -> str:
    return f"""<section class="edit" aria-labelledby="tables-title">
<h2 id="tables-title" class="unseen">{told["tables"]}</h2>
<div class="tabs" id="tabs" role="tablist" aria-label="{told["tables"]}"></div>
<div class="actions" role="toolbar" aria-label="{told["table"]}">
<button type="button" id="undo">{told["undo"]}</button>
<button type="button" id="redo">{told["redo"]}</button>
<button type="button" id="add-row">{told["add_row"]}</button>
<button type="button" id="delete-row">{told["delete_row"]}</button>
<span id="state" role="status"></span></div>
<div id="grid" role="tabpanel" tabindex="-1"></div>
<p id="note" class="note" hidden></p></section>
"""


def _wall(told: dict[str, str]) -> str:
    return f"""<section class="wall" aria-labelledby="wall-title"><div class="wall-head">
<h2 id="wall-title">{told["wall_map"]}</h2>
<label id="which" hidden>{told["which_map"]} <select id="which-map"></select></label>
{_zoom("smaller", "−", told)}
{_zoom("bigger", "+", told)}
<button type="button" id="fit">{told["fit"]}</button></div>
<div id="drawing" tabindex="0" role="region" aria-labelledby="wall-title"></div>
<div class="health"><h2>{told["health"]}: <strong id="grade">–</strong></h2>
<details><summary><span id="counts">…</span></summary><ul id="findings"></ul></details></div>
</section>"""


def _asides(told: dict[str, str]) -> str:
    """Return what is out of sight until there is something to say or to ask."""
    return f"""<div id="news" class="unseen" aria-live="polite" role="log"></div>
<div id="toast" hidden></div>
<dialog id="side" aria-labelledby="side-title"><div class="side-head"><h2 id="side-title"></h2>
<button type="button" id="side-close">{told["close"]}</button></div>
<div id="side-body"></div></dialog>
<dialog id="ask" aria-labelledby="ask-title"><h2 id="ask-title"></h2><div id="ask-body"></div>
<div class="choices" id="ask-choices"></div></dialog>"""


def _zoom(name: str, sign: str, told: dict[str, str]) -> str:
    words = told[name]
    return f'<button type="button" id="{name}" aria-label="{words}" title="{words}">{sign}</button>'


def _json(facts: Json) -> str:
    """Return JSON for a script element: nothing in it can end the element."""
    text = json.dumps(facts, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def languages(look: Look) -> str:
    """Return the links to the page in the other languages."""
    items = "".join(
        f'<a href="?lang={code}" hreflang="{code}" lang="{code}" title="{NAMES[code]}"'
        + (' aria-current="true"' if code == look.language else "")
        + f'><span aria-hidden="true">{code}</span><span class="unseen">{NAMES[code]}</span></a>'
        for code in LANGUAGES
    )
    return (
        f'<nav class="languages" aria-label="{escape(say(look.language, _LANGUAGE))}">{items}</nav>'
    )
