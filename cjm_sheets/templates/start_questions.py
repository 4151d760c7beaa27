"""Decides which questions Start asks of a map, and which columns answer them."""

from dataclasses import dataclass, replace

from cjm_sheets.tables import a1, naming, schema
from cjm_sheets.templates import layout, looks
from cjm_sheets.templates.content import Content, lies_at
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.plan import Cell, Style
from cjm_sheets.templates.start_part import LINK, B, C, D, Draft, E, F, Part, put
from cjm_sheets.words.mark import N_


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the table that answers it, and its columns there; the first is led to.

    `only` names the one kind of map that asks it; "" means all that show the table.
    """

    words: str
    table: str
    columns: tuple[str, ...]
    only: str = ""


TITLE = N_("Questions that the map answers")
_LEAD = N_(
    "Ask yourself, your colleagues and your customers."
    " What has a (+) is folded away: press the + above that sheet."
)
_WHERE, _HARD, _MOVES, _STAYS, _CHANGE, _KNOW = (
    N_("Where they go"),
    N_("Where it is hard"),
    N_("What matters to them"),
    N_("Whether they stay"),
    N_("What to change"),
    N_("How you know"),
)
BANK: dict[str, tuple[Question, ...]] = {
    _WHERE: (
        Question(
            N_("Where do they go, and how, when they have the problem that you solve?"),
            "Touchpoints",
            ("channel", "action"),
        ),
        Question(
            N_("Where do they find somebody who solves it?"),
            "Touchpoints",
            ("channel", "ownership"),
        ),
        Question(
            N_("Where do they decide to buy?"), "Touchpoints", ("moment_of_truth", "channel")
        ),
        Question(N_("Where do they meet you again after that?"), "Stages", ("phase", "name")),
        Question(
            N_("Where are they, at what time, and in which mood?"),
            "DayMoments",
            ("time", "place", "mood"),
            "day",
        ),
    ),
    _HARD: (
        Question(N_("Can they reach their goals there?"), "Touchpoints", ("goal", "goal_met")),
        Question(N_("Where is the most friction?"), "Pains", ("touchpoint", "severity")),
        Question(N_("Where do they leave?"), "Touchpoints", ("drop_off",)),
        Question(N_("Why do they leave, and what stops them from buying?"), "Pains", ("pain",)),
        Question(
            N_("What happens behind a step, and can it fail there?"),
            "Blueprint",
            ("backstage", "failure_point"),
            "blueprint",
        ),
    ),
    _MOVES: (
        Question(
            N_("What do they say, think, do and feel?"),
            "Empathy",
            ("quadrant", "note"),
            "empathy",
        ),
        Question(N_("What do they need, and what are their goals?"), "Personas",
                 ("needs", "goals")),
        Question(N_("What do they struggle with?"), "Personas", ("frustrations",)),
        Question(N_("What do they have to do?"), "Touchpoints", ("action",)),
        Question(N_("How do they feel at each step, and why?"), "Touchpoints", ("emotion", "why")),
        Question(N_("What drives them on?"), "Touchpoints", ("motivation",)),
        Question(N_("What do they ask, and where is it answered?"), "Stages",
                 ("question", "answer")),
        Question(
            N_("What is their biggest goal in each stage, and how close do you come?"),
            "Stages",
            ("customer_goal", "attainment"),
        ),
        Question(N_("Which need does nobody meet?"), "DayMoments", ("unmet_need",), "day"),
    ),
    _STAYS: (
        Question(N_("Why do they come back?"), "Highs", ("high",)),
        Question(
            N_("Why do they not come back, or send it back?"), "Pains", ("kind",)
        ),
        Question(N_("What do they buy next?"), "Opportunities", ("kind",)),
        Question(N_("Which channels work best?"), "Metrics", ("touchpoint", "value")),
    ),
    _CHANGE: (
        Question(
            N_("What should you improve, create, or build anew?"),
            "Opportunities",
            ("opportunity", "kind"),
        ),
        Question(
            N_("Which small change would have a large effect?"),
            "Opportunities",
            ("payoff", "effort"),
        ),
        Question(N_("Who does what, until when?"), "Actions", ("action", "due")),
        Question(
            N_("Which pains of today does the new way resolve?"),
            "Touchpoints",
            ("resolves",),
            "future",
        ),
    ),
    _KNOW: (
        Question(
            N_("What do interviews, surveys and user tests show?"),
            "Evidence",
            ("finding", "quote"),
        ),
        Question(
            N_("What do support mails, your staff and your figures tell?"),
            "Evidence",
            ("source", "sample_size"),
        ),
    ),
}  # fmt: skip


_TOPIC = Style(bold=True, color=looks.DEEP, over=looks.RULE, align="left", indent=1)
_ASKED = Style(align="left", wrap=True, indent=1)
_ANSWER = replace(LINK, line="", wrap=False)


def questions(facts: Facts) -> Part:
    """Return the questions that this kind of map has a column for."""
    draft = Draft(facts)
    draft.title(draft.say(TITLE), draft.say(_LEAD))
    for topic, bank in BANK.items():
        asked = [question for question in bank if _fits(question, facts.content)]
        for at, question in enumerate(asked):
            over = looks.RULE if at == 0 else ""
            row = [
                put(D, draft.say(question.words), replace(_ASKED, over=over)),
                replace(_answer(draft, question), style=replace(_ANSWER, over=over)),
            ]
            if at == 0:
                row += [
                    put(B, draft.say(topic), _TOPIC),
                    put(C, None, _TOPIC),
                    put(F, None, _TOPIC),
                ]
            draft.add(18, *row)
    return draft.part()


def _fits(question: Question, content: Content) -> bool:
    if question.table not in content.shown or question.only not in {"", content.map_type}:
        return False
    return any(lies_at(content, question.table, key) for key in question.columns)


def _answer(draft: Draft, question: Question) -> Cell:
    """Return the columns as a link to the first of them; (+) tells that one is folded away."""
    of = schema.BY_KEY[question.table]
    sheet = naming.table_label(draft.language, of)
    content = draft.facts.content
    placed = {p.column.key: p for p in layout.placed(of.key, content.map_type)}
    there = [key for key in question.columns if lies_at(content, of.key, key)]
    words = ", ".join(
        naming.column_label(draft.language, of, of.by_key[key])
        + (" (+)" if placed[key].folded else "")
        for key in there
    )
    spot = a1.cell(*(lies_at(content, of.key, there[0]) or (1, 1)))
    return replace(put(E, f"{sheet}: {words}", _ANSWER, link=sheet), spot=spot)
