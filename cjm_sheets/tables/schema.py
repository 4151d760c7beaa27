"""Decides which tables, columns and lists exist: the only place that names them.

Keys are the identity in code and never change. Labels are what people see: letters, digits and
single blanks only, unique in their table, so that structured references work in every program.
Their translations lie in the labels catalogues of words, under the context `Table.column`.
"""

from cjm_sheets.tables.kinds import (
    ANY,
    COUNT,
    DATE,
    ID,
    LONG,
    NUMBER,
    SHARE,
    TEXT,
    URL,
    YES_NO,
    choice,
    ref,
    refs,
    whole,
)
from cjm_sheets.tables.spec import Column, Table, helper, need, result

_ID = Column("id", "ID", ID, required=True)
_EVIDENCE = Column("evidence", "Evidence", refs("Evidence"))
_OWNER = Column("owner", "Owner", TEXT)

MAPS = Table("Maps", "Maps", "M", (
    _ID,
    need("title", "Title", TEXT),
    need("type", "Kind of map", choice("map_type")),
    Column("business_model", "Business model", choice("business_model")),
    need("goal", "Business goal", LONG),
    Column("vision", "Vision", LONG),
    Column("scenario", "Scenario", LONG),
    Column("scope_start", "Starts with", TEXT),
    Column("scope_end", "Ends with", TEXT),
    Column("personas", "Personas", refs("Personas")),
    Column("based_on", "Based on", refs("Maps")),
    need("owner", "Owner", TEXT),
    Column("shared_with", "Shared with", TEXT),
    Column("cadence_days", "Days between reviews", whole(1, 730), default=90),
    Column("last_reviewed", "Last reviewed", DATE),
    result("next_review", "Next review", DATE),
    Column("version", "Version", TEXT),
    Column("status", "Status", choice("map_status")),
))  # fmt: skip

PERSONAS = Table("Personas", "Personas", "P", (
    _ID,
    need("name", "Name", TEXT),
    Column("summary", "In one sentence", LONG),
    Column("age", "Age", whole(0, 120)),
    Column("occupation", "Occupation", TEXT),
    Column("household", "Household", TEXT),
    Column("lifestyle", "Lifestyle", LONG),
    Column("habits", "Habits", LONG),
    need("needs", "Needs", LONG),
    need("goals", "Goals", LONG),
    need("motivations", "Motivations", LONG),
    need("frustrations", "Frustrations", LONG),
    Column("decision_factors", "What decides", LONG),
    Column("message", "Tone that reaches them", LONG),
    Column("channels", "Channels they use", TEXT),
    Column("buying_role", "Role in buying", choice("buying_role")),
    Column("buying_stage", "Where they are in buying", TEXT),
    Column("share", "Share of customers", SHARE),
    Column("quote", "Quote", LONG),
    _EVIDENCE,
))  # fmt: skip

STAGES = Table("Stages", "Stages", "S", (
    _ID,
    Column("map", "Map", ref("Maps")),
    need("order", "Order", whole(1, 9999)),
    need("name", "Stage", TEXT),
    Column("phase", "Phase", choice("phase")),
    need("customer_goal", "What the customer wants", LONG),
    Column("question", "Question they ask", LONG),
    Column("answer", "Where it is answered", LONG),
    Column("entry_signal", "How we see they are here", LONG),
    Column("success_metric", "Measure of success", TEXT),
    Column("better", "Better is", choice("better")),
    Column("target", "Target", NUMBER),
    Column("actual", "Actual", NUMBER),
    result("attainment", "Attainment", SHARE),
))  # fmt: skip

TOUCHPOINTS = Table("Touchpoints", "Touchpoints", "T", (
    _ID,
    need("stage", "Stage", ref("Stages")),
    Column("personas", "Personas", refs("Personas")),
    need("order", "Order", whole(1, 9999)),
    need("name", "Step", TEXT),
    need("channel", "Channel", choice("channel")),
    Column("medium", "Online or offline", choice("medium")),
    Column("ownership", "Owned paid or earned", choice("ownership")),
    need("action", "What they do", LONG),
    Column("thought", "What they think", LONG),
    Column("question", "What they ask", LONG),
    need("emotion", "Mood", whole(-2, 2)),
    Column("feeling", "Feeling in a word", TEXT),
    Column("why", "Why this mood", LONG),
    Column("motivation", "Motivation", LONG),
    Column("expectation", "Expectation", LONG),
    Column("need", "Need", LONG),
    Column("goal", "Goal here", LONG),
    Column("goal_met", "Goal met", choice("goal_met")),
    Column("importance", "Importance", whole(1, 5)),
    Column("satisfaction", "Satisfaction", whole(1, 5)),
    Column("impact", "Impact", whole(1, 5)),
    Column("moment_of_truth", "Moment of truth", YES_NO),
    Column("reach", "Reach", SHARE),
    Column("drop_off", "Drop off", SHARE),
    _OWNER,
    Column("resolves", "Resolves pains", refs("Pains")),
    _EVIDENCE,
))  # fmt: skip

BLUEPRINT = Table("Blueprint", "Blueprint", "B", (
    _ID,
    need("touchpoint", "At which step", ref("Touchpoints")),
    Column("physical_evidence", "What the customer sees", LONG),
    Column("frontstage", "Frontstage", LONG),
    Column("backstage", "Backstage", LONG),
    Column("support", "Support", LONG),
    Column("people", "People", TEXT),
    Column("policy", "Policy", TEXT),
    Column("technology", "Technology", TEXT),
    Column("process", "Process", TEXT),
    Column("failure_point", "Can fail here", YES_NO),
    Column("recovery", "How we recover", LONG),
))  # fmt: skip

DAY_MOMENTS = Table("DayMoments", "Day", "D", (
    _ID,
    Column("touchpoint", "At which step", ref("Touchpoints")),
    Column("time", "Time", TEXT),
    Column("place", "Place", TEXT),
    Column("platform", "Device or platform", TEXT),
    Column("mood", "Mood", whole(-2, 2)),
    Column("with_brand", "With our brand", YES_NO),
    need("activity", "What they do", LONG),
    Column("unmet_need", "Unmet need", LONG),
))  # fmt: skip

EMPATHY = Table("Empathy", "Empathy", "Y", (
    _ID,
    need("persona", "Persona", ref("Personas")),
    need("quadrant", "Quadrant", choice("quadrant")),
    need("note", "Note", LONG),
    _EVIDENCE,
))  # fmt: skip

PAINS = Table("Pains", "Pains", "N", (
    _ID,
    need("touchpoint", "At which step", ref("Touchpoints")),
    Column("persona", "Persona", ref("Personas")),
    need("pain", "What hurts in their words", LONG),
    Column("kind", "Kind of pain", choice("pain_kind")),
    need("severity", "Severity", whole(1, 5)),
    Column("hit", "Had it", COUNT),
    Column("observed", "Out of", COUNT),
    Column("guess", "Or guess", SHARE),
    Column("reach", "Reach", SHARE),
    _EVIDENCE,
    Column("extra_churn", "Extra churn", SHARE),
    Column("status", "Status", choice("pain_status")),
    result("frequency", "How often", SHARE),
    result("frequency_low", "How often at least", SHARE),
    result("sources", "Kinds of source", COUNT),
    result("grade", "Trust", TEXT),
    result("if_true", "Score if true", NUMBER),
    result("evidenced", "Score shown", NUMBER),
    result("gap", "Gap", NUMBER),
    result("value_at_risk", "Value at risk", NUMBER),
    result("value_low", "Value at least", NUMBER),
    result("value_high", "Value at most", NUMBER),
    helper("n_used", "Helper people"),
    helper("severity_used", "Helper severity"),
    helper("touchpoint_row", "Helper step"),
    helper("reach_used", "Helper reach"),
    helper("moment_used", "Helper moment"),
    helper("evidence_list", "Helper evidence", TEXT),
    helper("frequency_high", "Helper how often at most", SHARE),
))  # fmt: skip

HIGHS = Table("Highs", "Highs", "H", (
    _ID,
    need("touchpoint", "At which step", ref("Touchpoints")),
    Column("persona", "Persona", ref("Personas")),
    need("high", "What delights in their words", LONG),
    _EVIDENCE,
))  # fmt: skip

OPPORTUNITIES = Table("Opportunities", "Opportunities", "O", (
    _ID,
    Column("pains", "Pains it relieves", refs("Pains")),
    need("opportunity", "Opportunity", LONG),
    Column("kind", "Kind of change", choice("opportunity_kind")),
    Column("relief", "Relief", SHARE),
    Column("effort", "Effort", whole(1, 5)),
    _OWNER,
    Column("status", "Status", choice("action_status")),
    result("payoff", "Payoff", NUMBER),
    helper("pains_list", "Helper pains", TEXT),
))  # fmt: skip

ACTIONS = Table("Actions", "Actions", "A", (
    _ID,
    Column("opportunity", "Opportunity", ref("Opportunities")),
    Column("pains", "Pains it relieves", refs("Pains")),
    Column("map", "Map", ref("Maps")),
    need("action", "Action", LONG),
    need("owner", "Owner", TEXT),
    need("due", "Due", DATE),
    Column("status", "Status", choice("action_status")),
    need("kpi", "Measured by", TEXT),
    Column("baseline", "Before", NUMBER),
    Column("target", "Target", NUMBER),
    Column("after", "After", NUMBER),
    result("overdue", "Overdue", YES_NO),
))  # fmt: skip

EVIDENCE = Table("Evidence", "Evidence", "E", (
    _ID,
    need("source", "Source", choice("source_type")),
    Column("who", "Who was asked", choice("who")),
    Column("kind", "Numbers or words", choice("evidence_kind")),
    need("date", "Date", DATE),
    Column("sample_size", "How many people", COUNT),
    Column("link", "Link", URL),
    Column("finding", "What it shows", LONG),
    Column("quote", "Quote", LONG),
    helper("row_no", "Helper row"),
))  # fmt: skip

METRICS = Table("Metrics", "Metrics", "K", (
    _ID,
    Column("stage", "Stage", ref("Stages")),
    Column("touchpoint", "At which step", ref("Touchpoints")),
    need("name", "Name", TEXT),
    Column("definition", "Kind of metric", choice("metric")),
    Column("value", "Value", NUMBER),
    Column("low", "Low", NUMBER),
    Column("high", "High", NUMBER),
    Column("n", "How many people", COUNT),
    Column("unit", "Unit", TEXT),
    Column("date", "Date", DATE),
    Column("source", "Source", TEXT),
    Column("cadence_days", "Days between updates", whole(1, 730)),
))  # fmt: skip

CHANGES = Table("Changes", "Changes", "C", (
    _ID,
    need("date", "Date", DATE),
    need("what", "What changed", TEXT),
    Column("significant", "Significant", YES_NO),
))  # fmt: skip

STEPS = Table("Steps", "Work steps", "W", (
    _ID,
    need("step", "Work step", choice("workflow_step")),
    Column("status", "Status", choice("step_status")),
    Column("date", "Date", DATE),
    Column("note", "Note", LONG),
))  # fmt: skip

MUTES = Table("Mutes", "Muted findings", "", (
    need("rule", "Rule", TEXT),
    need("table", "Sheet", TEXT),
    Column("row", "Row", TEXT),
    need("reason", "Reason", LONG),
    need("until", "Until", DATE),
), identity=("rule", "table", "row"))  # fmt: skip

SETTINGS = Table("Settings", "Settings", "", (
    need("key", "Setting", TEXT),
    Column("value", "Value", ANY),
    Column("note", "What it does", LONG),
), identity=("key",))  # fmt: skip

TABLES = (
    MAPS, PERSONAS, STAGES, TOUCHPOINTS, BLUEPRINT, DAY_MOMENTS, EMPATHY, PAINS, HIGHS,
    OPPORTUNITIES, ACTIONS, EVIDENCE, METRICS, CHANGES, STEPS, MUTES, SETTINGS,
)  # fmt: skip
"""All tables of which each row means something; the sheet of lists is in `lists`."""

BY_KEY = {table.key: table for table in TABLES}
