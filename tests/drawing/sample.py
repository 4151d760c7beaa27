"""Decides the sample map of the drawing tests: Curious Colleen looks for a vacuum that lasts."""

from datetime import date

from cjm_sheets.model.journey import (
    Action,
    Evidence,
    High,
    Map,
    Opportunity,
    Pain,
    Persona,
    Stage,
    Touchpoint,
)
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook

MAP = Map(
    "M1",
    "Buying a vacuum that lasts",
    "current",
    "b2c",
    "Win customers who look for quality, and keep them after the first year",
    scenario="Her vacuum broke on a Saturday. She wants the next one to last, and has little time "
    "to look for it.",
    scope_start="the old one breaks",
    scope_end="her own review",
    personas=("P1",),
    owner="Dana, customer experience",
    shared_with="Sales, service, product",
    last_reviewed=date(2026, 3, 5),
    version="3, illustrative",
    status="agreed",
)

COLLEEN = Persona(
    "P1",
    "Curious Colleen",
    "Has two incomes, no children and little time; buys quality once rather than twice.",
    32,
    "self-employed with her partner",
    "two incomes, no children",
    needs="To see quickly which one lasts, and proof from people like her.",
    goals="A vacuum that will not break again, delivered to her door.",
    frustrations="Sifting through content that says nothing; poor quality.",
    quote="I can research anything. I just do not have the evening for it.",
    share=0.35,
    evidence=("E3",),
)

STAGES = (
    Stage("S1", "M1", 1, "Notice", "before", "Know what is broken, and what a good one costs"),
    Stage(
        "S2",
        "M1",
        2,
        "Compare",
        "before",
        "Be sure that it lasts, in less than an evening",
        success_metric="Comparisons finished",
        target=0.6,
        actual=0.42,
    ),
    Stage("S3", "M1", 3, "Buy", "during", "Pay in two minutes, know when it comes"),
    Stage("S4", "M1", 4, "Live with it", "after", "Never think about vacuums again"),
)

TOUCHPOINTS = (
    Touchpoint(
        "T1", "S1", (), 1, "It breaks", "other", "offline",
        action="The vacuum dies on a Saturday, in the middle of the living room",
        thought="Not again. I want one that lasts.", emotion=-2, feeling="annoyed",
        why="It is the second one in three years", reach=1.0,
    ),
    Touchpoint(
        "T2", "S1", (), 2, "Search", "search-engine", "online",
        action="Searches for “durable vacuum” on her phone",
        thought="Every site says the same.", question="Which makes last longest?",
        emotion=-1, feeling="doubtful", why="The first page is all advertising", reach=0.6,
    ),
    Touchpoint(
        "T3", "S2", (), 3, "Read reviews", "review-site", "online",
        action="Reads tests and ratings, notes two models", thought="At last, real people.",
        emotion=1, feeling="relieved", why="People like her say what broke, and when", reach=0.7,
    ),
    Touchpoint(
        "T4", "S2", (), 4, "Product page", "landing-page", "online",
        action="Scans 14 specifications of three models", thought="Too much. What matters?",
        question="What do I get for 80 more?", emotion=-2, feeling="overwhelmed",
        why="Benefits stand below the fold, watts above", moment_of_truth=True, reach=0.8,
        drop_off=0.31,
    ),
    Touchpoint(
        "T5", "S2", (), 5, "Ask the chatbot", "chatbot", "online",
        action="Asks about filters and spare parts", thought="Quick, fine.",
        question="Does my old filter fit?", emotion=1, feeling="helped", reach=0.2,
    ),
    Touchpoint(
        "T6", "S3", (), 6, "Checkout", "website", "online",
        action="Has to create an account to pay", thought="Why do you need all this?",
        emotion=-1, feeling="irritated", why="Eleven fields for one vacuum",
        moment_of_truth=True, reach=0.45, drop_off=0.4,
    ),
    Touchpoint(
        "T7", "S3", (), 7, "Delivery", "delivery", "offline",
        action="Waits at home; the parcel comes in the promised hour", thought="Right on time.",
        emotion=2, feeling="delighted", why="A message an hour before", reach=0.3,
    ),
    Touchpoint(
        "T8", "S4", (), 8, "First clean", "packaging", "offline",
        action="Unpacks it, sets it up without the manual", thought="Wow, it is quiet.",
        emotion=2, feeling="proud", why="It worked at once", moment_of_truth=True, reach=0.9,
    ),
    Touchpoint(
        "T9", "S4", (), 9, "Get help", "social-post", "online",
        action="Asks on social media where to buy bags", thought="Anyone there?",
        question="Which bags fit?", emotion=-1, feeling="ignored",
        why="The answer came after two days", reach=0.2,
    ),
)  # fmt: skip

PAINS = (
    Pain("N1", "T4", "P1", "I cannot see which one suits me", "confusion", 4, guess=0.9),
    Pain("N2", "T6", "P1", "I gave up when it wanted an account", "drop-off", 4, 412, 1030, evidence=("E1", "E2")),
    Pain("N3", "T6", "P1", "My password was never right", "access", 3, 9, 12, reach=0.6, evidence=("E3",)),
    Pain("N4", "T8", "P1", "It broke within a year", "quality", 5, 6, 200, evidence=("E1", "E4")),
    Pain("N5", "T9", "P1", "Nobody answers on social media", "waiting", 3, 18, 60, evidence=("E5",)),
    Pain("N6", "T7", "P1", "I stood in a long queue to collect it", "waiting", 3, 55, 140, evidence=("E4",)),
    Pain("N7", "T5", "P1", "It did not know my model", "service", 2, 4),
)  # fmt: skip

HIGHS = (
    High("H1", "T3", "P1", "Someone with two dogs wrote what broke, and when"),
    High("H2", "T7", "P1", "They told me the hour, and kept it"),
    High("H3", "T8", "P1", "I did not need the manual"),
)

OPPORTUNITIES = (
    Opportunity("O1", ("N1",), "Show benefits first, in three lines", "rebuild", 0.5, 3, status="planned"),
    Opportunity("O2", ("N1",), "Compare with competitors: benefit and cost", "create", 0.6, 4),
    Opportunity("O3", ("N2", "N3"), "Let people buy as guests", "small-change", 0.7, 2),
    Opportunity("O4", ("N5",), "Answer within two hours", "improve", 0.8, 2),
    Opportunity("O5", (), "Let happy customers speak on every page", "educate", effort=2),
)  # fmt: skip

ACTIONS = (
    Action("A1", "O1", (), "M1", "Benefit-first statements on every landing page", "Mikkel", date(2026, 4, 30), "doing", "finished comparisons", 0.42, 0.6),
    Action("A2", "O2", (), "M1", "Build the comparison tool", "Ieva", date(2026, 6, 15), "planned"),
    Action("A3", "O3", (), "M1", "Guest checkout", "Jonas", date(2026, 2, 20), "done", "checkout drop-off", 0.4, 0.25),
    Action("A4", "O4", (), "M1", "Chatbot for bags, filters and spare parts", "Sanet", date(2026, 2, 28), "doing", "minutes to answer", 2880, 120),
    Action("A5", "O5", (), "M1", "Survey whose quotes become testimonials", "Olga", date(2026, 5, 20), "idea"),
)  # fmt: skip

EVIDENCE = (
    Evidence("E1", "analytics", "current", "quantitative", date(2026, 2, 1), 1030),
    Evidence("E2", "survey", "current", "quantitative", date(2026, 2, 10), 200),
    Evidence("E3", "interview", "prospect", "qualitative", date(2026, 1, 20), 12),
    Evidence("E4", "support-ticket", "current", "quantitative", date(2026, 1, 31), 140),
    Evidence("E5", "social", "past", "qualitative", date(2026, 2, 20), 60),
)

VACUUM = Workbook(
    maps=(MAP,),
    personas=(COLLEEN,),
    stages=STAGES,
    touchpoints=TOUCHPOINTS,
    pains=PAINS,
    highs=HIGHS,
    opportunities=OPPORTUNITIES,
    actions=ACTIONS,
    evidence=EVIDENCE,
)


def score(position: int, grade: str, if_true: float | None, evidenced: float | None) -> PainScore:
    """Return a score of a pain of the sample; without scores its frequency is missing."""
    there = if_true is not None
    return PainScore(
        position=position,
        id=PAINS[position].id if position < len(PAINS) else f"N{position + 1}",
        frequency=0.5 if there else None,
        n=100 if there else None,
        frequency_low=0.4 if there else None,
        frequency_high=0.6 if there else None,
        severity=0.5,
        reach=0.5,
        moment=1.0,
        sources=2 if grade == "A" else 1,
        grade=grade,
        if_true=if_true,
        evidenced=evidenced,
    )


SCORES = (
    score(0, "D", 87.7, 13.9),
    score(1, "A", 51.3, 50.5),
    score(2, "C", 60.8, 27.7),
    score(3, "A", 32.3, 27.2),
    score(4, "B", 31.1, 22.8),
    score(5, "B", 38.9, 29.7),
    score(6, "D", None, None),
)
