"""Decides in which order the columns of a table stand, in which bands, and which are folded away.

A band's shown columns come first, the folded ones behind them, so that the + of the fold stands on
the last column that is shown. Computed columns stand beside their inputs.
"""

from dataclasses import dataclass

from cjm_sheets.tables import schema, spec
from cjm_sheets.words.mark import N_


@dataclass(frozen=True, slots=True)
class Band:
    """Columns that belong together: a title of one or two words, a tone, shown and folded keys."""

    title: str
    tone: str
    shown: tuple[str, ...]
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A column in its place; `opens_fold` tells that folded columns follow it."""

    column: spec.Column
    tone: str
    title: str
    folded: bool
    opens_fold: bool


_BANDS: dict[str, tuple[Band, ...]] = {
    "Maps": (
        Band(N_("The map"), "blue", ("id", "title", "type", "goal"),
             ("business_model", "vision", "scenario")),
        Band(N_("Scope"), "clay", ("personas", "scope_start", "scope_end"), ("based_on",)),
        Band(N_("Review"), "slate",
             ("owner", "shared_with", "status", "last_reviewed", "next_review"),
             ("cadence_days", "version")),
    ),
    "Personas": (
        Band(N_("Who"), "blue", ("id", "name", "summary"),
             ("age", "occupation", "household", "share")),
        Band(N_("What drives them"), "clay", ("needs", "goals", "motivations", "frustrations"),
             ("lifestyle", "habits", "decision_factors")),
        Band(N_("Reach them"), "plum", ("buying_stage",), ("buying_role", "channels", "message")),
        Band(N_("Proof"), "slate", ("quote", "evidence")),
    ),
    "Stages": (
        Band(N_("The stage"), "blue", ("id", "order", "name", "phase"), ("map",)),
        Band(N_("The customer"), "clay", ("customer_goal", "question", "answer"),
             ("entry_signal",)),
        Band(N_("Measure"), "plum",
             ("success_metric", "target", "actual", "better", "attainment")),
    ),
    "Touchpoints": (
        Band(N_("What happens"), "blue", ("id", "stage", "name", "channel", "action"),
             ("order", "medium", "ownership", "personas")),
        Band(N_("Think and feel"), "clay", ("thought", "emotion", "why"),
             ("feeling", "question")),
        Band(N_("Weight"), "plum", ("reach", "moment_of_truth"),
             ("importance", "satisfaction", "impact", "drop_off", "goal", "goal_met", "need",
              "motivation", "expectation")),
        Band(N_("Who and proof"), "slate", ("owner", "evidence"), ("resolves",)),
    ),
    "Blueprint": (
        Band(N_("In front"), "blue", ("id", "touchpoint", "frontstage"), ("physical_evidence",)),
        Band(N_("Behind"), "clay", ("backstage", "support", "technology"),
             ("people", "policy", "process")),
        Band(N_("When it fails"), "red", ("failure_point", "recovery")),
    ),
    "DayMoments": (
        Band(N_("When and where"), "blue", ("id", "time", "place", "platform"), ("touchpoint",)),
        Band(N_("What happens"), "clay", ("activity", "mood")),
        Band(N_("Our chance"), "green", ("with_brand", "unmet_need")),
    ),
    "Empathy": (
        Band(N_("The persona"), "blue", ("id", "persona", "quadrant", "note")),
        Band(N_("Proof"), "slate", ("evidence",)),
    ),
    "Pains": (
        Band(N_("Where it hurts"), "red", ("id", "touchpoint", "pain", "severity"),
             ("persona", "kind", "status")),
        Band(N_("How often"), "blue", ("hit", "observed", "guess", "frequency"),
             ("frequency_low", "reach")),
        Band(N_("Proof"), "slate", ("evidence", "sources", "grade")),
        Band(N_("Scores"), "plum", ("evidenced", "if_true", "gap"),
             ("extra_churn", "value_at_risk", "value_low", "value_high")),
    ),
    "Highs": (
        Band(N_("What delights"), "green", ("id", "touchpoint", "high"), ("persona",)),
        Band(N_("Proof"), "slate", ("evidence",)),
    ),
    "Opportunities": (
        Band(N_("The idea"), "green", ("id", "opportunity", "pains", "kind")),
        Band(N_("Worth it"), "plum", ("relief", "effort", "payoff")),
        Band(N_("Who"), "slate", ("owner", "status")),
    ),
    "Actions": (
        Band(N_("What to do"), "green", ("id", "action", "opportunity"), ("pains", "map")),
        Band(N_("Who and when"), "slate", ("owner", "due", "overdue", "status")),
        Band(N_("Does it work"), "plum", ("kpi", "baseline", "target", "after")),
    ),
    "Evidence": (
        Band(N_("Where from"), "slate",
             ("id", "source", "who", "kind", "date", "sample_size"), ("link",)),
        Band(N_("What it shows"), "blue", ("finding", "quote")),
    ),
    "Metrics": (
        Band(N_("The figure"), "plum", ("id", "name", "definition", "value", "unit", "n"),
             ("low", "high")),
        Band(N_("Measured at"), "blue", ("stage",), ("touchpoint",)),
        Band(N_("How fresh"), "slate", ("date", "source", "cadence_days")),
    ),
    "Changes": (Band(N_("What changed"), "slate", ("id", "date", "what", "significant")),),
    "Steps": (Band(N_("The work"), "slate", ("id", "step", "status", "date", "note")),),
    "Mutes": (
        Band(N_("Accepted findings"), "slate", ("rule", "table", "row", "reason", "until")),
    ),
    "Settings": (Band(N_("Settings"), "slate", ("key", "value", "note")),),
}  # fmt: skip

_SHOWN: dict[tuple[str, str], frozenset[str]] = {
    ("future", "Touchpoints"): frozenset({
        "id", "stage", "name", "channel", "action", "emotion", "expectation", "need", "resolves",
        "owner",
    }),
    ("day", "Touchpoints"): frozenset({"id", "name", "channel", "emotion"}),
    ("blueprint", "Touchpoints"): frozenset({
        "id", "stage", "name", "channel", "action", "emotion", "moment_of_truth", "owner",
    }),
    ("future", "Maps"): frozenset({
        "id", "title", "type", "goal", "vision", "personas", "based_on", "scope_start", "scope_end",
        "owner", "shared_with", "status", "last_reviewed", "next_review",
    }),
}  # fmt: skip
"""Where a kind of map shows other columns than the current state does."""


def bands(table: str, map_type: str) -> tuple[Band, ...]:
    """Return the bands of a table on a kind of map: what it shows first, the rest folded."""
    shown = _SHOWN.get((map_type, table))
    if shown is None:
        return _BANDS[table]
    split = []
    for band in _BANDS[table]:
        keys = (*band.shown, *band.folded)
        front = tuple(key for key in keys if key in shown)
        back = tuple(key for key in keys if key not in shown)
        split.append(Band(band.title, band.tone, front, back))
    return tuple(split)


def placed(table: str, map_type: str) -> tuple[Placed, ...]:
    """Return all columns of a table from left to right; helper columns come last, in no band."""
    of = schema.BY_KEY[table]
    row: list[Placed] = []
    for band in bands(table, map_type):
        keys = (*band.shown, *band.folded)
        for key in keys:
            opens = key == band.shown[-1] and bool(band.folded) if band.shown else False
            folded = key in band.folded
            row.append(Placed(of.by_key[key], band.tone, band.title, folded, opens))
    row += [Placed(c, "plum", "", folded=False, opens_fold=False) for c in of.columns if c.helper]
    return tuple(row)


_WIDTHS = {
    "id": 6.5, "text": 16, "long": 27, "int": 9.5, "num": 10.5, "pct": 9.5, "date": 11.5,
    "yes_no": 10, "list": 15, "ref": 22, "refs": 13, "url": 28, "any": 12,
}  # fmt: skip

_WIDER: dict[tuple[str, str], float] = {
    ("Touchpoints", "name"): 22,
    ("Touchpoints", "stage"): 19,
    ("Touchpoints", "thought"): 28,
    ("Touchpoints", "action"): 28,
    ("Touchpoints", "why"): 26,
    ("Touchpoints", "evidence"): 11,
    ("Pains", "pain"): 40,
    ("Pains", "severity"): 10,
    ("Pains", "grade"): 8,
    ("Pains", "evidence"): 13,
    ("Highs", "high"): 46,
    ("Highs", "touchpoint"): 26,
    ("Opportunities", "opportunity"): 50,
    ("Opportunities", "payoff"): 10.5,
    ("Actions", "action"): 40,
    ("Actions", "opportunity"): 28,
    ("Actions", "kpi"): 24,
    ("Evidence", "finding"): 46,
    ("Evidence", "quote"): 40,
    ("Evidence", "sample_size"): 11,
    ("Metrics", "name"): 28,
    ("Metrics", "source"): 20,
    ("Metrics", "cadence_days"): 12,
    ("Changes", "what"): 60,
    ("Changes", "significant"): 12,
    ("Steps", "note"): 60,
    ("Settings", "key"): 22,
    ("Settings", "note"): 70,
    ("Maps", "title"): 28,
    ("Maps", "shared_with"): 22,
    ("Maps", "personas"): 11,
    ("Personas", "name"): 18,
    ("Stages", "name"): 26,
    ("Stages", "success_metric"): 20,
    ("Stages", "order"): 8,
    ("Empathy", "note"): 60,
}


def width(table: str, column: spec.Column) -> float:
    """Return the width of a column in characters."""
    return _WIDER.get((table, column.key), _WIDTHS[column.kind.name])
