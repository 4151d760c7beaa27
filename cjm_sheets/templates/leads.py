"""Decides what the line under the title of each sheet says."""

from cjm_sheets.words.mark import N_

LEADS: dict[str, str] = {
    "Maps": N_("What this map is about, whom it follows, and when you look at it again."),
    "Personas": N_(
        "The one or two people whose way you follow. What drives them counts more"
        " than their age."
    ),
    "Stages": N_("The big parts of the way, and what the customer wants in each."),
    "Touchpoints": N_(
        "One row for each step your customers take. A name and a reach are enough"
        " for a first score."
    ),
    "Blueprint": N_(
        "What stands behind each step: who does what, with which tools, and where"
        " it can fail."
    ),
    "DayMoments": N_(
        "A whole day, with your brand or without it. Look for the needs that nobody"
        " meets."
    ),
    "Empathy": N_("What they say, think, do and feel. One note a row, as you heard or saw it."),
    "Pains": N_(
        "What hurts, in the customers' own words: how badly, and how many of those"
        " you asked had it."
    ),
    "Highs": N_("What delights. Keep these moments when you mend the others."),
    "Opportunities": N_(
        "What would relieve the pains. Payoff is the score it takes away for each"
        " point of effort."
    ),
    "Actions": N_("Who does what until when, and how you will see that it worked."),
    "Evidence": N_(
        "What you know it from. Two kinds of source and thirty people make a firm"
        " ground."
    ),
    "Metrics": N_("Figures that you follow, with how many people stand behind them."),
    "Changes": N_("What changed in your product or service since the map was made."),
    "Steps": N_("The work itself, from focus to review. Skip none without a reason."),
    "Mutes": N_("Findings that you decided to live with, why, and until when."),
    "Settings": N_("All that is policy can be changed here; every score follows at once."),
}  # fmt: skip

ILLUSTRATIVE = N_("An example: its people, quotes and numbers are illustrative.")
