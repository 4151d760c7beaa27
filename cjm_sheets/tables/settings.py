"""Decides which settings the Settings table offers, their first values, and what each one does."""

from dataclasses import dataclass

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
    Offer("customers", None, N_("How many customers you have")),
    Offer("annual_value", None, N_("What one customer is worth to you in a year")),
    Offer("retention_now", None, N_("Share of customers who stay for a year, now")),
    Offer("retention_target", None, N_("Share of customers who should stay for a year")),
    Offer("currency", "EUR", N_("Currency of the values")),
    Offer("language", None, N_("Language of this workbook: en, de, da, lv, af or ru")),
)
"""Scores are policy where they are not statistics: everything of policy can be changed here."""
