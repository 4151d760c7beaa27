"""Decides what the columns ask for that say who the customers are and which map is theirs."""

from cjm_sheets.tables.hints.shared import EVIDENCE, ID, PERSONA, STEP

HINTS = {
    "Maps.id": ID,
    "Maps.title": "The name your team calls this map by: Buying a vacuum cleaner.",
    "Maps.type": (
        "Current state shows the journey as it is. Start there, even if you want to plan the "
        "future."
    ),
    "Maps.business_model": (
        "B2C if people buy for themselves, B2B if companies buy: then several people decide."
    ),
    "Maps.goal": "What your company wants from this work: Fewer people leave at the checkout.",
    "Maps.vision": (
        "For a future map: what the journey should feel like. Anyone finds the right model in five "
        "minutes."
    ),
    "Maps.scenario": (
        "The situation in one or two sentences: Her vacuum broke on a Saturday and guests come on "
        "Sunday."
    ),
    "Maps.scope_start": "The first thing that belongs to this journey: The old one breaks.",
    "Maps.scope_end": "The last thing that belongs to this journey: She tells a friend about it.",
    "Maps.personas": "Whose journey is it? One persona, or two at most: P1; P2.",
    "Maps.based_on": (
        "For a future map: pick the map of today that it starts from: M1 Buying a vacuum cleaner."
    ),
    "Maps.owner": "The person who keeps this map alive: Anna, marketing.",
    "Maps.shared_with": "Teams who have seen it: Service, Sales, Web.",
    "Maps.cadence_days": "After how many days should you look at it again? 90 is once a quarter.",
    "Maps.last_reviewed": "The day when your team last went through it together.",
    "Maps.next_review": "Worked out: the last review plus the days between reviews.",
    "Maps.version": "Your own mark for this state of the map: 2, or spring 2026.",
    "Maps.status": (
        "Draft until the people in it have seen it; agreed once the teams stand behind it."
    ),
    "Personas.id": ID,
    "Personas.name": "A name that is easy to remember: Curious Colleen.",
    "Personas.summary": (
        "Who is it, in one sentence: Self-employed, short of time, wants things that last."
    ),
    "Personas.age": "One number for a typical person of this group: 32.",
    "Personas.occupation": "What they do all day: runs a small design studio.",
    "Personas.household": "Who they live with: with her partner, two incomes, no children.",
    "Personas.lifestyle": (
        "How they live, as far as it matters to you: long days, weekends outdoors, shops online at "
        "night."
    ),
    "Personas.habits": "What they do again and again: reads ten reviews before she buys.",
    "Personas.needs": "What they cannot do without: a clean home without thinking about it.",
    "Personas.goals": "What they want to reach: buy once, and not again for ten years.",
    "Personas.motivations": "What drives them: quality, and not being taken for a fool.",
    "Personas.frustrations": (
        "What wears them out, in general: too many pages that all say the same."
    ),
    "Personas.decision_factors": (
        "What tips the balance when they choose: five years of warranty, a friend’s word."
    ),
    "Personas.message": "How to talk to them so that they listen: short, honest, benefit first.",
    "Personas.channels": "Where you can meet them: search, Instagram at lunch, podcasts.",
    "Personas.buying_role": (
        "For companies that buy: which part does this person play in the decision?"
    ),
    "Personas.buying_stage": "How far they are: only looking, comparing two models, ready to buy.",
    "Personas.share": "Of 100 of your customers, how many are like this? Type 40% for 40.",
    "Personas.quote": "One sentence that they really said: “I just want one that does not break.”",
    "Personas.evidence": EVIDENCE,
    "Empathy.id": ID,
    "Empathy.persona": PERSONA,
    "Empathy.quadrant": "Which of the four is it: something they say, think, do or feel?",
    "Empathy.note": "One thing you saw or heard, one row each: “I never read manuals.”",
    "Empathy.evidence": EVIDENCE,
    "DayMoments.id": ID,
    "DayMoments.touchpoint": STEP,
    "DayMoments.time": "The time of day: 12:30.",
    "DayMoments.place": "Where they are: on the train, at the desk, in the kitchen.",
    "DayMoments.platform": "What they look at or use: phone, Instagram, radio.",
    "DayMoments.mood": "How they feel at that moment: -2 very bad, 0 neither, 2 very good.",
    "DayMoments.with_brand": "Yes if your brand plays a part in this moment. No is just as useful.",
    "DayMoments.activity": "What they do at that time of day: scrolls through her phone at lunch.",
    "DayMoments.unmet_need": (
        "What is missing for them in this moment, even if they do not know it yet."
    ),
}
