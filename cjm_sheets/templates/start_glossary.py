"""Decides which words Start explains; words for columns are the labels that people see."""

from dataclasses import dataclass

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import looks, start_health, titles
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.plan import Style
from cjm_sheets.templates.start_part import B, D, Draft, Part, put
from cjm_sheets.words.mark import N_

TITLE = N_("What the words mean")


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means.

    `words` may be `Table.column`, which stands for that column's label. `table` is the one without
    which nobody meets the word; "" if everybody does.
    """

    words: str
    means: str
    table: str = ""


_MAP = "Map"
"""Stands for what the sheet with the wall map is called."""

TERMS = (
    Term(
        _MAP,
        N_("One way of one or two personas, from the first moment until long after the purchase."),
    ),
    Term(
        N_("Customer journey"),
        N_("All that a customer goes through with you. Buyer journey is another word for it."),
    ),
    Term(N_("Persona"), N_("A person made up from real data, who stands for many customers.")),
    Term(
        "Stages.name",
        N_("A big part of the way, such as comparing or buying."),
        "Stages",
    ),
    Term(
        N_("Touchpoint"),
        N_("A step at which they meet you or hear of you: online or offline, yours or not."),
        "Touchpoints",
    ),
    Term(
        "Touchpoints.moment_of_truth",
        N_("A step at which they decide to stay or to go. What hurts there counts more."),
        "Touchpoints",
    ),
    Term(
        "Touchpoints.reach",
        N_("How many of 100 customers come past a step."),
        "Touchpoints",
    ),
    Term(
        N_("Frontstage and backstage"),
        N_("What customers see of your work, and what happens behind it so that it works."),
        "Blueprint",
    ),
    Term(
        N_("Empathy map"),
        N_("Four parts without any order: what people say, think, do and feel."),
        "Empathy",
    ),
    Term(N_("Pain"), N_("What makes it hard, slow or annoying, in the customers' own words."),
         "Pains"),
    Term(N_("High"), N_("What delights them. Keep it when you mend the rest."), "Highs"),
    Term(
        N_("Evidence"),
        N_("What you know something from: interviews, surveys, figures. Without it you guess."),
        "Evidence",
    ),
    Term(
        "Pains.if_true",
        N_("How bad a pain would be if all that its row says were true, from 0 to 100."),
        "Pains",
    ),
    Term(
        "Pains.evidenced",
        N_("How bad you can show it to be. Few people or few sources make it smaller."),
        "Pains",
    ),
    Term(
        "Pains.gap",
        N_("What lies between the two scores. Where it is wide, ask more customers."),
        "Pains",
    ),
    Term(
        "Pains.grade",
        N_("A to D, worked out from how many people you asked and how many kinds of source."),
        "Pains",
    ),
    Term(
        N_("Firmness"),
        N_("Whether the order of the pains holds when you weigh things a little differently."),
        "Pains",
    ),
    Term(
        "Opportunities.payoff",
        N_("How much pain an idea takes away for each point of effort."),
        "Opportunities",
    ),
    Term(
        start_health.TITLE,
        N_("A grade from A to F for the map itself: how much of it is missing or cannot be read."),
    ),
)  # fmt: skip

_TERM = Style(bold=True, color=looks.DEEP, align="left", indent=1)
_MEANS = Style(align="left", indent=1)


def glossary(facts: Facts) -> Part:
    """Return the words that this kind of map uses, explained."""
    draft = Draft(facts)
    draft.title(draft.say(TITLE))
    shown = {"", *facts.content.shown}
    for term in TERMS:
        if term.table in shown:
            draft.add(
                19,
                put(B, _term(draft, term.words), _TERM),
                put(D, draft.say(term.means), _MEANS),
            )
    return draft.part()


def _term(draft: Draft, words: str) -> str:
    """Return a word as people see it."""
    if words == _MAP:
        return titles.map_sheet(draft.language)
    table, _, column = words.partition(".")
    if not column:
        return draft.say(words)
    of = schema.BY_KEY[table]
    return naming.column_label(draft.language, of, of.by_key[column])
