"""Decides what the columns ask for that say what hurts, what delights and what to do."""

from cjm_sheets.tables.hints.shared import (
    EVIDENCE,
    ID,
    OWNER,
    PERSONA,
    RELIEVES,
    STATUS,
    STEP,
    TARGET,
)

HINTS = {
    "Pains.id": ID,
    "Pains.touchpoint": STEP,
    "Pains.persona": PERSONA,
    "Pains.pain": (
        "Their problem, as they say it: I cannot see which one suits me. Not: no chatbot."
    ),
    "Pains.kind": "What sort of trouble it is. Pick the nearest.",
    "Pains.severity": (
        "For those who have it: 1 a nuisance, 2 costs time, 3 needs help, 4 nearly gives up, 5 "
        "leaves."
    ),
    "Pains.hit": "How many of the people you looked at had this? 9, next to Out of 12.",
    "Pains.observed": "How many people did you look at or ask in all? 12 interviews: 12.",
    "Pains.guess": (
        "Only if you counted nobody: your guess of how many have it, 60%. It scores low until you "
        "ask."
    ),
    "Pains.reach": (
        "Only if other than at its step: of 100 customers, how many come past? Type 45% for 45."
    ),
    "Pains.evidence": EVIDENCE,
    "Pains.extra_churn": (
        "Of 100 who have this pain, how many more leave you in a year because of it? Type 5% for 5."
    ),
    "Pains.status": (
        "Where it stands: open, in work, solved, or accepted because you choose to live with it."
    ),
    "Pains.frequency": "Worked out: had it divided by out of, or else your guess.",
    "Pains.frequency_low": (
        "Worked out, with caution: with few people asked it lies far below How often."
    ),
    "Pains.sources": "Worked out: how many different kinds of source your evidence comes from.",
    "Pains.grade": (
        "Worked out: A is firm (30 people and 2 kinds of source), D is hardly more than a guess."
    ),
    "Pains.if_true": "Worked out, 0 to 100: how bad it is if all in this row is true.",
    "Pains.evidenced": (
        "Worked out, 0 to 100: how bad it is as far as you can show. Mend the highest first."
    ),
    "Pains.gap": (
        "Worked out: score if true less score shown. A big gap says where to ask customers next."
    ),
    "Pains.value_at_risk": (
        "Worked out, money a year: customers × reach × how often at least × extra churn × what one "
        "is worth (Settings)."
    ),
    "Pains.value_low": "Worked out: the same sum if the pain is as rare as your numbers allow.",
    "Pains.value_high": "Worked out: the same sum if the pain is as common as your numbers allow.",
    "Highs.id": ID,
    "Highs.touchpoint": STEP,
    "Highs.persona": PERSONA,
    "Highs.high": "What they loved, as they say it: It was there two hours later!",
    "Highs.evidence": EVIDENCE,
    "Opportunities.id": ID,
    "Opportunities.pains": RELIEVES,
    "Opportunities.opportunity": (
        "What you could do better for them: show the benefit before the specs."
    ),
    "Opportunities.kind": "How you would go about it. A small change can do more than a rebuild.",
    "Opportunities.relief": "How much of the pain would be gone? Type 50% for half of it.",
    "Opportunities.effort": "How much work it is: 1 a day, 3 some weeks, 5 a big project.",
    "Opportunities.owner": OWNER,
    "Opportunities.status": STATUS,
    "Opportunities.payoff": (
        "Worked out: the scores shown of its pains × relief ÷ effort. Begin with the highest."
    ),
    "Actions.id": ID,
    "Actions.opportunity": "Pick the opportunity it serves from the list: O1 Show benefits fast.",
    "Actions.pains": RELIEVES,
    "Actions.map": (
        "Pick the map it belongs to, if it serves a whole map: M1 Buying a vacuum cleaner."
    ),
    "Actions.action": (
        "What will be done, starting with a verb: Put three benefits above the specs."
    ),
    "Actions.owner": OWNER,
    "Actions.due": "The day it should be done.",
    "Actions.status": STATUS,
    "Actions.kpi": "How you will see that it helped: Drop off at the checkout.",
    "Actions.baseline": (
        "The number before you start: 40. Measure it first, or you will never know."
    ),
    "Actions.target": TARGET,
    "Actions.after": "The number afterwards, measured the same way: 28.",
    "Actions.overdue": (
        "Worked out: yes if the due day has passed and it is neither done nor dropped."
    ),
}
