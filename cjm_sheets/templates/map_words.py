"""Decides what the Map sheet says: the names of its lanes, what it asks while a lane is empty."""

from dataclasses import dataclass

from cjm_sheets.words.mark import N_

NO_TITLE = N_("Your journey map")
NO_STAGE = N_("Without a stage")
NO_STEP = N_("No step yet")
WHO, SCENARIO, GOAL, FIRST = (
    N_("Who"),
    N_("What for"),
    N_("What we want"),
    N_("What to mend first"),
)
PERSON = N_("{name}: {summary}")
ASK_WHO = N_("Write on the sheet {sheet} whose way this is.")
ASK_SCENARIO = N_("Write on the sheet {sheet} what they are trying to get done.")
ASK_GOAL = N_("Write on the sheet {sheet} what we want to reach with this map.")

STAGE, STEP, CURVE = N_("Stage"), N_("Step"), N_("Mood")
SCALE = N_("from −2, fed up, to 2, delighted")
PEAK, LOW, END = N_("peak"), N_("low point"), N_("end")
NEXT_STEP = N_("Type the next step on the sheet {sheet}.")
MOMENT = N_("◆ moment of truth")
FAILS = N_("can fail here")
PAIN = N_("{rank}. {pain} (trust {grade})")
UNSCORED = N_("no score yet")
MORE = N_("{text} … and {n} more")
UNFOLD = N_("{n} steps go on below: press the + at the left edge.")
NOT_SHOWN = N_("{n} steps are not on this map: let the program draw it anew.")
LEGEND = N_(
    "Score: 0 to 100, as far as your evidence shows. Trust: A is 30 people and two kinds of source,"
    " D is hardly more than a guess."
)
FOLLOWS = N_("Nothing is typed here: the map says what stands in the sheets behind it.")
ALT = N_(
    "Line of the customers' mood, step by step from left to right, from −2 to 2."
    " The numbers stand in the line below it."
)


@dataclass(frozen=True, slots=True)
class Lane:
    """What a lane is called, and what it asks on a map without steps."""

    title: str
    asks: str


LANES = {
    "channel": Lane(N_("Where"), N_("Where does it happen?")),
    "action": Lane(N_("What they do"), N_("What do they do there?")),
    "thought": Lane(N_("What they think"), N_("In their own words.")),
    "emotion": Lane(N_("Mood"), ""),
    "why": Lane(N_("Why"), N_("Why do they feel like that?")),
    "expectation": Lane(N_("What they expect"), N_("What should happen here?")),
    "need": Lane(N_("What they need"), N_("What do they need here?")),
    "resolves": Lane(N_("Resolves"), N_("Which pains of today are gone?")),
    "reach": Lane(N_("Reach"), N_("How many of 100 come past?")),
    "moment_of_truth": Lane(N_("What decides"), N_("Is the choice made here?")),
    "pains": Lane(N_("Pains"), N_("What hurts here?")),
    "highs": Lane(N_("Highs"), N_("What delights?")),
    "ideas": Lane(N_("Ideas"), N_("What could we do?")),
    "frontstage": Lane(N_("Frontstage"), N_("Who is in front of them?")),
    "backstage": Lane(N_("Backstage"), N_("Who works behind?")),
    "support": Lane(N_("Support"), N_("What carries it?")),
    "technology": Lane(N_("Technology"), N_("With which tools?")),
    "failure_point": Lane(N_("When it fails"), N_("Can it fail here?")),
    "time": Lane(N_("When"), N_("At what time?")),
    "place": Lane(N_("Place"), N_("Where are they?")),
    "with_brand": Lane(N_("With us"), N_("With your brand, or without it?")),
    "unmet_need": Lane(N_("Unmet need"), N_("Which need does nobody meet?")),
}
