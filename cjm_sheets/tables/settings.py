"""Decides which settings the Settings table offers, their first values, and what each one does."""

from dataclasses import dataclass

from cjm_sheets.model.scales import LIMITS
from cjm_sheets.words.mark import N_


@dataclass(frozen=True, slots=True)
class Offer:
    """One row of a fresh Settings table: key, first value (None: blank) and what it does."""

    key: str
    value: float | str | None
    note: str


OFFERS = (
    Offer(
        "weight_severity", 1, N_("How much severity counts in a score, beside the other weights")
    ),
    Offer("weight_frequency", 1, N_("How much frequency counts in a score")),
    Offer("weight_reach", 1, N_("How much reach counts in a score")),
    Offer("severity_1", 0.10, N_("What severity 1 counts (a nuisance)")),
    Offer("severity_2", 0.25, N_("What severity 2 counts")),
    Offer("severity_3", 0.50, N_("What severity 3 counts")),
    Offer("severity_4", 0.75, N_("What severity 4 counts")),
    Offer("severity_5", 1.00, N_("What severity 5 counts (they leave)")),
    Offer("grade_A", 1.0, N_("What trust A leaves of a score: 30 people and 2 kinds of source")),
    Offer("grade_B", 0.8, N_("What trust B leaves: 30 people, or 5 and 2 kinds of source")),
    Offer("grade_C", 0.5, N_("What trust C leaves: 5 people")),
    Offer("grade_D", 0.2, N_("What trust D leaves: all else")),
    Offer("moment_factor", 1.25, N_("How much more a moment of truth weighs")),
    Offer("z", 1.2816, N_("How cautious: 1.2816 means nine times in ten at least this often")),
    Offer("review_days", 90, N_("Review a map after so many days")),
    Offer("overdue_days", 182, N_("Warn when a map was not reviewed for so many days")),
    Offer("evidence_days", 365, N_("Evidence older than so many days is stale")),
    Offer("stages_fewest", LIMITS["stages_fewest"], N_("Remark on a map with fewer stages")),
    Offer("stages_most", LIMITS["stages_most"], N_("Remark on a map with more stages")),
    Offer(
        "touchpoints_in_stage",
        LIMITS["touchpoints_in_stage"],
        N_("Remark on a stage with more touchpoints"),
    ),
    Offer(
        "touchpoints_in_map",
        LIMITS["touchpoints_in_map"],
        N_("Remark on a map with more touchpoints"),
    ),
    Offer("personas_in_map", LIMITS["personas_in_map"], N_("Remark on a map with more personas")),
    Offer(
        "alike_share",
        LIMITS["alike_share"],
        N_("Two texts are nearly the same if so much of them agrees (0 to 1)"),
    ),
    Offer("few_people", LIMITS["few_people"], N_("Fewer people than this prove little")),
    Offer(
        "small_sample", LIMITS["small_sample"], N_("A figure from fewer people needs an interval")
    ),
    Offer(
        "unrated_share",
        LIMITS["unrated_share"],
        N_("Remark if a larger share of touchpoints has no emotion (0 to 1)"),
    ),
    Offer("flat_range", LIMITS["flat_range"], N_("A curve is flat if it moves no more than this")),
    Offer(
        "one_stage_share",
        LIMITS["one_stage_share"],
        N_("Remark if one stage holds a larger share of the touchpoints (0 to 1)"),
    ),
    Offer("moments_most", LIMITS["moments_most"], N_("Remark on more moments of truth in a map")),
    Offer("severe_from", LIMITS["severe_from"], N_("A pain is severe from this severity on")),
    Offer(
        "worst_share",
        LIMITS["worst_share"],
        N_("Remark if a larger share of the pains has severity 5 (0 to 1)"),
    ),
    Offer("customers", None, N_("How many customers you have")),
    Offer("annual_value", None, N_("What one customer is worth to you in a year")),
    Offer("retention_now", None, N_("Share of customers who stay for a year, now")),
    Offer("retention_target", None, N_("Share of customers who should stay for a year")),
    Offer("currency", "EUR", N_("Currency of the values")),
    Offer("language", None, N_("Language of this workbook: en, de, da, lv, af or ru")),
)
"""Scores are policy where they are not statistics: everything of policy can be changed here."""
