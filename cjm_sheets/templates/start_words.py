"""Decides what Start says: how a kind of map is filled in, and when a sheet has enough."""

from dataclasses import dataclass

from cjm_sheets.words.mark import N_


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the table of steps: what is enough, and which rows are there, and which are done.

    A row is there when the columns `there` are filled in, done when those of `done` are as well.
    """

    enough: str
    so_far: str
    there: str
    done: str


PROMISE = N_("See what your customers go through, and what to mend first.")
COLOURS = N_(
    "White cells are yours. Tinted cells work themselves out."
    " What you do not know, leave blank: nothing is guessed for you."
)
FOLDED = N_(
    "More columns are folded away: press the + above a sheet to open them."
    " Add your own columns, notes and colours anywhere: they are kept."
)
WHAT, ENOUGH, SO_FAR, DONE = (
    N_("What to fill in"),
    N_("Enough for a first score"),
    N_("So far"),
    N_("Done"),
)
NEXT = N_("Next")
WORST = N_("What hurts most, as far as you can show")
HEALTH_AND_ASK = N_("Map health, and whom to ask next")
QUESTIONS = N_("Questions, words")
RANK, PAIN, STEP, TRUST, SCORE = (
    N_("Rank"),
    N_("Pain"),
    N_("At which step"),
    N_("Trust"),
    N_("Score"),
)

FILL: dict[str, str] = {
    "current": N_(
        "Fill three sheets, in this order: the steps they take, what hurts there, and how you know."
        " Ten rows give a first ranking."
    ),
    "future": N_(
        "Say where you want to go, then walk the way as it should be:"
        " each step names the pains of today that it resolves."
    ),
    "day": N_(
        "Follow one whole day, with your brand or without it: where they are, how they feel,"
        " and which need nobody meets."
    ),
    "empathy": N_(
        "After your interviews, note what people say, think, do and feel. There is no order;"
        " every note names what you know it from."
    ),
    "blueprint": N_(
        "Start from the steps of the customer, then write behind each one"
        " who does what, with which tools, and where it can fail."
    ),
}

STEPS: dict[str, Step] = {
    "Touchpoints": Step(
        N_("The step, its stage, the mood there, and how many of 100 customers come past."),
        N_("{part} of {all} steps with a reach"),
        "name",
        "reach",
    ),
    "Pains": Step(
        N_("At which step, what hurts, severity 1 to 5, had it … out of …"),
        N_("{part} of {all} pains scored"),
        "pain",
        "evidenced",
    ),
    "Evidence": Step(
        N_("What you know it from: interview, survey, analytics. Its id goes into the pains."),
        N_("{part} of {all} sources say what they show"),
        "source",
        "finding",
    ),
    "Opportunities": Step(
        N_("What would relieve which pains, how much of them, for how much effort."),
        N_("{part} of {all} ideas with a payoff"),
        "opportunity",
        "payoff",
    ),
    "Actions": Step(
        N_("Who does it until when, and how you will see that it worked."),
        N_("{part} of {all} actions with a day"),
        "action",
        "due",
    ),
    "Maps": Step(
        N_("A title, the business goal, and what the way should feel like."),
        N_("{part} of {all} maps with a goal"),
        "title",
        "goal",
    ),
    "Personas": Step(
        N_("One or two people: what they need, and what drives and wears them out."),
        N_("{part} of {all} personas with needs"),
        "name",
        "needs",
    ),
    "DayMoments": Step(
        N_("The time, the place, what they do, and their mood."),
        N_("{part} of {all} moments with an unmet need"),
        "activity",
        "unmet_need",
    ),
    "Empathy": Step(
        N_("Who, whether it is said, thought, done or felt, and the note itself."),
        N_("{part} of {all} notes with evidence"),
        "note",
        "evidence",
    ),
    "Blueprint": Step(
        N_("The step, who is in front of the customer, and what happens behind."),
        N_("{part} of {all} steps with something behind"),
        "touchpoint",
        "backstage",
    ),
}

NO_PAIN_YET = N_("Write down the first pain, in a customer's own words, on the sheet {sheet}.")
NO_DOUBT_YET = N_("Here you will see about which pain to ask more customers.")
NO_MEND_YET = N_("Here you will see what to mend first.")
UNSCORED = N_("{id} “{pain}” has no score yet. Fill in: {column}.")
ALL_SCORED = N_("Every pain that you wrote down has a score.")
DOUBTFUL = N_(
    "{id} “{pain}” could be as bad as {if_true}, but what you know shows only {evidenced}."
    " Ask more customers."
)
FIRM = N_("No pain is much worse than what you can show: your evidence holds.")
MEND = N_("Mend first: {id} “{pain}” (score {evidenced}, trust {grade}).")

ASK = N_("Whom to ask next: the widest gaps between what could be and what you can show")
ASK_WHY = N_(
    "“{gap}” is “{if_true}” less “{evidenced}”."
    " Thirty people and two kinds of source make a firm ground."
)
FEW, FIRM_PEOPLE, FIRM_SOURCES = 5, 30, 2
"""Below so many people and kinds of source a score is less firm, as the trust grades have it."""

MISSING = N_("What is missing")
ASKED_SO_FAR = N_("People asked: {people}, kinds of source: {sources}.")
ASK_FEW = N_("Ask at least five customers.")
ASK_BOTH = N_("Ask more, and find a second source.")
ASK_PEOPLE = N_("Ask more people, up to thirty.")
ASK_SOURCE = N_("Find a second kind of source.")
ASK_MORE = N_("Ask more: the share is still unsure.")
