"""Decides what the page says below the wall map, in tables that can be read, heard and copied."""

from collections.abc import Iterable, Iterator

from cjm_sheets.drawing import cards, footer, formats, header, tidy
from cjm_sheets.drawing.content import View
from cjm_sheets.drawing.page_table import Cell, Row, table
from cjm_sheets.drawing.ranking import Ranked
from cjm_sheets.drawing.svg import escape
from cjm_sheets.model import journey
from cjm_sheets.tables.naming import word
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_


def parts(view: View) -> Iterator[str]:
    """Yield the parts of the page below the map; those without content are left out."""
    if view.ranking:
        yield _part(view, N_("Ranking of the pains"), _ranking(view), _ABOUT_SCORES)
    if view.opportunities:
        yield _part(view, N_("Opportunities"), _opportunities(view))
    if view.actions:
        yield _part(view, N_("Actions"), _actions(view))
    if view.evidence:
        yield _part(view, N_("What the map rests on"), _evidence(view))
    if not view.is_empty:
        yield _legend(view)
    if view.columns:
        summary = escape(say(view.language, "The map as a table"))
        yield f'<details class="part"><summary>{summary}</summary>{_steps(view)}</details>'


_ABOUT_SCORES = N_(
    "The score shown is as bad as the evidence can show; the score if true is as bad as it would "
    "be if all that is claimed is true. A large gap means: ask more people first."
)


def _part(view: View, heading: str, table: str, about: str = "") -> str:
    words = f"<p>{escape(say(view.language, about))}</p>" if about else ""
    title = escape(say(view.language, heading))
    return f'<section class="part"><h2>{title}</h2>{words}{table}</section>'


# ---- pains ------------------------------------------------------------------------

_PAIN_HEADS = (
    (N_("Rank"), ""),
    (N_("Pain"), ""),
    (N_("Step"), ""),
    (N_("Score shown"), "figure"),
    (N_("Score if true"), "figure"),
    (N_("Trust"), ""),
    (N_("How often"), ""),
    (N_("Kinds of source"), "figure"),
)


def _ranking(view: View) -> str:
    steps = _names_of_steps(view)
    rows = (_pain(found, view, steps.get(found.pain.touchpoint, "")) for found in view.ranking)
    return table(view.language, _PAIN_HEADS, rows)


def _pain(found: Ranked, view: View, step: str) -> Row:
    language, here, there = view.language, f"pain-{found.position}", f"card-{found.position}"
    words = tidy.text(found.pain.pain) or say(language, "Pain without words")
    if found.rank is None or found.shown is None or found.if_true is None:
        lacks = Cell(cards.missing_sentence(found, language))
        empty = Cell("", "figure")
        cells = (Cell("–"), Cell(words, link=there, heads=True), Cell(step), empty, empty, Cell(""))
        return Row((*cells, lacks, empty), here, "lacks")
    return Row(
        (
            Cell(str(found.rank)),
            Cell(words, link=there, heads=True),
            Cell(step),
            Cell(formats.number(language, found.shown, 1), "figure"),
            Cell(formats.number(language, found.if_true, 1), "figure"),
            Cell(tidy.words(found.grade), f"grade grade-{_letter(found.grade)}"),
            Cell(cards.counted(found, language)),
            Cell(formats.number(language, found.sources), "figure"),
        ),
        here,
    )


def _letter(grade: str) -> str:
    return grade if grade in {"A", "B", "C", "D"} else "none"


def _names_of_steps(view: View) -> dict[str, str]:
    steps = [at.touchpoint for at in view.columns if at.touchpoint]
    return {step.id: tidy.words(step.name) for step in reversed(steps) if step.id}


# ---- opportunities, actions, evidence ---------------------------------------------


def _relieves(view: View, ids: Iterable[str]) -> str:
    ranks = sorted(rank for rank in map(view.rank_of, dict.fromkeys(ids)) if rank)
    return ", ".join(map(str, ranks))


def _opportunities(view: View) -> str:
    language = view.language
    heads = (
        (N_("Opportunity"), ""),
        (N_("Kind of change"), ""),
        (N_("Pains, by rank"), ""),
        (N_("Share it would remove"), "figure"),
        (N_("Effort, 1 to 5"), "figure"),
        (N_("Owner"), ""),
    )
    rows = (
        Row(
            (
                Cell(tidy.text(row.opportunity), heads=True),
                Cell(word(language, "opportunity_kind", tidy.words(row.kind))),
                Cell(_relieves(view, tidy.ids(row.pains))),
                Cell(_percent(language, row.relief), "figure"),
                Cell(_number(language, row.effort), "figure"),
                Cell(tidy.words(row.owner)),
            )
        )
        for row in view.opportunities
    )
    return table(language, heads, rows)


def _actions(view: View) -> str:
    heads = (
        (N_("Action"), ""),
        (N_("Owner"), ""),
        (N_("Due"), ""),
        (N_("Status"), ""),
        (N_("Pains, by rank"), ""),
        (N_("Measure"), ""),
    )
    return table(view.language, heads, (_action(row, view) for row in view.actions))


def _action(row: journey.Action, view: View) -> Row:
    language, due = view.language, tidy.day(row.due)
    status = word(language, "action_status", tidy.words(row.status))
    late = cards.overdue(row, view.as_of)
    if late:
        status = ", ".join(part for part in (status, say(language, "overdue")) if part)
    done = "done" if row.status == "done" else ""
    return Row(
        (
            Cell(tidy.text(row.action), heads=True),
            Cell(tidy.words(row.owner)),
            Cell(formats.day(language, due) if due else ""),
            Cell(f"✓ {status}" if done else status, "late" if late else done),
            Cell(_relieves(view, view.pains_of_action(row))),
            Cell(cards.measured(row, language)),
        )
    )


def _evidence(view: View) -> str:
    language = view.language
    heads = (
        (N_("Source"), ""),
        (N_("Who was asked"), ""),
        (N_("People"), "figure"),
        (N_("Date"), ""),
        (N_("Finding"), ""),
    )
    rows = []
    for source in view.evidence:
        day = tidy.day(source.date)
        rows.append(
            Row(
                (
                    Cell(word(language, "source_type", tidy.words(source.source)), heads=True),
                    Cell(word(language, "who", tidy.words(source.who))),
                    Cell(_number(language, source.sample_size), "figure"),
                    Cell(formats.day(language, day) if day else ""),
                    Cell(tidy.text(source.finding)),
                )
            )
        )
    return table(language, heads, rows)


def _number(language: str, value: object) -> str:
    found = tidy.number(value)
    return "" if found is None else formats.short(language, found)


def _percent(language: str, value: object) -> str:
    found = tidy.share(value)
    return "" if found is None else formats.percent(language, found)


# ---- legend and steps -------------------------------------------------------------


def _legend(view: View) -> str:
    language = view.language
    pairs = [
        (say(language, "Trust {grade}", grade=letter), say(language, words))
        for letter, words in footer.GRADES
    ]
    pairs += [
        (say(language, "Moment of truth"), say(language, "A step that decides whether they stay.")),
        (say(language, "Mood"), say(language, "From −2, very bad, to +2, very good.")),
        (say(language, "Peak and end"), say(language, "What people remember of a journey.")),
    ]
    entries = "".join(f"<div><dt>{escape(a)}</dt><dd>{escape(b)}</dd></div>" for a, b in pairs)
    remarks = "".join(f"<p>{escape(note)}</p>" for note in footer.remarks(view))
    title = escape(say(language, "How to read the map"))
    return f'<section class="part"><h2>{title}</h2>{remarks}<dl>{entries}</dl></section>'


_STEP_HEADS = (
    (N_("Step"), ""),
    (N_("Stage"), ""),
    (N_("Channel"), ""),
    (N_("What they do"), ""),
    (N_("What they think"), ""),
    (N_("What they ask"), ""),
    (N_("Mood"), "figure"),
    (N_("Reach"), "figure"),
    (N_("Highs"), ""),
)


def _steps(view: View) -> str:
    stages = [
        tidy.words(band.stage.name) if band.stage else say(view.language, "Not tied to a stage")
        for band in view.bands
        for _ in range(band.columns)
    ]
    rows = []
    for at, stage in zip(view.columns, stages, strict=True):
        step, highs = at.touchpoint or journey.Touchpoint(), at.hung.highs
        emotion = formats.signed(at.emotion) if at.emotion is not None else ""
        rows.append(
            Row(
                (
                    Cell(tidy.text(step.name), heads=True),
                    Cell(stage),
                    Cell(word(view.language, "channel", tidy.words(step.channel))),
                    Cell(tidy.text(step.action)),
                    Cell(tidy.text(step.thought)),
                    Cell(tidy.text(step.question)),
                    Cell(emotion, "figure"),
                    Cell(_percent(view.language, step.reach), "figure"),
                    Cell("\n".join(tidy.words(high.high) for high in highs)),
                )
            )
        )
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(words)}</dd></div>"
        for name, words in (*header.long_facts(view), *header.short_facts(view))
    )
    return f"<dl>{facts}</dl>{table(view.language, _STEP_HEADS, rows)}"
