"""Decides what Start says of the work: nine steps in their order, where each is done, how far."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import map_shape, titles
from cjm_sheets.templates.facts import STATUSES, Facts
from cjm_sheets.templates.live import Live, sentence, text
from cjm_sheets.templates.start_part import (
    HEAD,
    LINK,
    LIVE,
    NUMBER,
    TEXT,
    B,
    C,
    D,
    Draft,
    E,
    F,
    Part,
    put,
)
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

MAP = "Map"
"""Stands for the sheet with the wall map among the keys of tables."""


@dataclass(frozen=True, slots=True)
class Task:
    """A step of the work: where it is done (the first sheet that is shown), and what to do.

    The sentence may name columns as {Table_column}; some kinds of map have sentences of their own.
    """

    sheets: tuple[str, ...]
    todo: str
    other: Mapping[str, str] = field(default_factory=dict)


TASKS: dict[str, Task] = {
    "focus": Task(
        ("Maps",),
        N_("Say what the map is for ({Maps_goal}), where it starts and where it ends."),
    ),
    "personas": Task(
        ("Personas",),
        N_("Choose one or two people to follow; leave the others for a map of their own."),
    ),
    "research": Task(
        ("Evidence",),
        N_("Ask customers and staff, read reviews, look at figures. A row for each source."),
    ),
    "touchpoints": Task(
        ("DayMoments", "Touchpoints", "Empathy"),
        N_("List all that they meet, large and small, online and offline, in its order."),
        {
            "day": N_("Write down the whole day: a row for each moment, with you or without you."),
            "empathy": N_("Write down what you heard and saw. A row for each note."),
        },
    ),
    "build": Task(
        (MAP, "Empathy"),
        N_("Put everything in its place, then look at the map as a whole: what stands out?"),
        {
            "empathy": N_("Sort the notes: said, thought, done or felt. What stands out?"),
        },
    ),
    "walk": Task(
        ("DayMoments", "Touchpoints", "Empathy"),
        N_("Walk the way yourself. Note how you felt at each step, and why."),
        {
            "future": N_("Try the new way with a draft before you build it. Where does it catch?"),
            "day": N_("Spend such a day yourself, or beside a customer. Note the mood, and why."),
            "empathy": N_("Spend an hour beside a customer. Does what they do fit what they say?"),
        },
    ),
    "analyse": Task(
        ("Opportunities",),
        N_("Take the worst pains: what would relieve them, and who does what until when?"),
        {
            "empathy": N_("What would help these people, and who does what until when?"),
        },
    ),
    "share": Task(
        ("Maps",),
        N_("Show it to every department, and write down to whom ({Maps_shared_with})."),
    ),
    "review": Task(
        ("Maps",),
        N_("Look again every quarter, and after each big change ({Maps_last_reviewed})."),
    ),
}

TITLE = N_("The work, step by step")
_LEAD = N_("How far each step is comes from the sheet {sheet}. Skip none without a reason.")
_HEADS = (N_("Step of the work"), N_("What to do"), N_("Where"))
_DONE = N_("{part} of {all} done")
_SIGNS = dict(zip(STATUSES, "✓–●○", strict=True))
_STEP = replace(TEXT, bold=True)


def working(facts: Facts) -> Part:
    """Return the table of the steps of the work, with how many of them are done."""
    draft = Draft(facts)
    sheet = naming.table_label(draft.language, schema.BY_KEY["Steps"])
    draft.title(draft.say(TITLE), draft.say(_LEAD, sheet=sheet))
    draft.head("", *map(draft.say, _HEADS))
    line = len(draft.heights)
    draft.cells.append(replace(draft.live(F, _count(facts), HEAD), line=line))
    for number, (key, task) in enumerate(TASKS.items(), start=1):
        title = _sheet(facts, task)
        step = naming.word(draft.language, "workflow_step", key)
        draft.add(
            21,
            put(B, number, NUMBER),
            put(C, step[:1].upper() + step[1:], _STEP),
            put(D, _todo(facts, task), TEXT),
            put(E, title, LINK, link=title),
            draft.live(F, _status(facts, number), LIVE),
        )
    return draft.part()


def _sheet(facts: Facts, task: Task) -> str:
    """Return the title of the first sheet of a task that this kind of map shows."""
    language = facts.content.language
    shown = {*facts.content.shown, *([MAP] if map_shape.has_map(facts.content) else [])}
    key = next((key for key in task.sheets if key in shown), "Steps")
    if key == MAP:
        return titles.map_sheet(language)
    return naming.table_label(language, schema.BY_KEY[key])


def _todo(facts: Facts, task: Task) -> str:
    language, maps = facts.content.language, schema.BY_KEY["Maps"]
    labels = {
        f"Maps_{key}": naming.column_label(language, maps, maps.by_key[key])
        for key in ("goal", "shared_with", "last_reviewed")
    }
    return say(language, task.other.get(facts.content.map_type, task.todo), **labels)


def _status(facts: Facts, number: int) -> Live:
    """Return the status of a step in the language of the workbook, with a sign."""
    language = facts.content.language
    shown = [f"{sign} {naming.word(language, 'step_status', key)}" for key, sign in _SIGNS.items()]
    quoted = ",".join(text(words).formula for words in shown)
    code = facts.work[number - 1][1]
    return Live(f"CHOOSE(INDEX(cjm_work,{number},2),{quoted})", shown[code - 1])


def _count(facts: Facts) -> Live:
    """Return how many steps are done of those that are needed."""
    codes = [code for _, code in facts.work]
    done, spared = (STATUSES.index(key) + 1 for key in ("done", "not-needed"))

    def count(code: int) -> str:
        return f"SUMPRODUCT(--(INDEX(cjm_work,0,2)={code}))"

    part = Live(count(done), codes.count(done))
    needed = Live(f"({len(codes)}-{count(spared)})", len(codes) - codes.count(spared))
    return sentence(say(facts.content.language, _DONE), {"part": part, "all": needed})
