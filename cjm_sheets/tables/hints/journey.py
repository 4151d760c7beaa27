"""Decides what the columns ask for that tell the journey itself."""

from cjm_sheets.tables.hints.shared import EVIDENCE, ID, ORDER, OWNER, STEP, TARGET

HINTS = {
    "Stages.id": ID,
    "Stages.map": "Pick the map that this stage belongs to: M1 Buying a vacuum cleaner.",
    "Stages.order": ORDER,
    "Stages.name": "A short name, from the customer’s side: Compare, not Lead nurturing.",
    "Stages.phase": "Does it happen before, during or after the purchase?",
    "Stages.customer_goal": "What they want here, in their words: Find out which one suits me.",
    "Stages.question": "The question in their head: Will it still work in five years?",
    "Stages.answer": (
        "Where they find the answer today: Product page, below the price. Nowhere is an answer too."
    ),
    "Stages.entry_signal": "What people do that tells you they are here: They ask for a quote.",
    "Stages.success_metric": (
        "What you count to see that this stage works: Share who put one in the basket."
    ),
    "Stages.better": (
        "Is a higher number better, or a lower one? Sales: higher. Waiting time: lower."
    ),
    "Stages.target": TARGET,
    "Stages.actual": "The number you have today, measured the same way as the target: 9.",
    "Stages.attainment": (
        "Worked out: actual divided by target, or the other way round where lower is better."
    ),
    "Touchpoints.id": ID,
    "Touchpoints.stage": "Pick the stage from the list: S2 Compare.",
    "Touchpoints.personas": (
        "Only if not everybody passes here: P1; P2. Blank means all personas of the map."
    ),
    "Touchpoints.order": ORDER,
    "Touchpoints.name": "Where customer and company meet, in a few words: Product page.",
    "Touchpoints.channel": (
        "Pick where it happens. Steps that you do not own count too: reviews, word of mouth."
    ),
    "Touchpoints.medium": "Proposed from the channel. Change it where it does not fit.",
    "Touchpoints.ownership": (
        "Proposed from the channel: your own place, one you pay for, or one that others give you."
    ),
    "Touchpoints.action": (
        "What the customer does, not you: I scan 14 specs and look for the weight."
    ),
    "Touchpoints.thought": (
        "What goes through their head, as they would say it: Too much. What matters?"
    ),
    "Touchpoints.question": (
        "What they ask here, aloud or in a search box: Does it fit under the sofa?"
    ),
    "Touchpoints.emotion": (
        "How they feel here: -2 very bad, -1 bad, 0 neither, 1 good, 2 very good. Leave blank if "
        "you do not know."
    ),
    "Touchpoints.feeling": "One word for it: annoyed, relieved, proud.",
    "Touchpoints.why": "What makes them feel so: The benefits are hidden below the specs.",
    "Touchpoints.motivation": (
        "Why they take this step at all: wants to be sure before spending 400."
    ),
    "Touchpoints.expectation": "What they think will happen: to see the price at once.",
    "Touchpoints.need": "What they need to go on: a comparison of three models.",
    "Touchpoints.goal": (
        "What they want to have done when they leave this step: picked two to compare."
    ),
    "Touchpoints.goal_met": "Do they get it done today? Partly means: with a detour or with help.",
    "Touchpoints.importance": (
        "How much this step matters to the customer: 1 hardly, 5 most of all."
    ),
    "Touchpoints.satisfaction": (
        "How content they are here, by what they told you: 1 not at all, 5 fully."
    ),
    "Touchpoints.impact": (
        "How much this step decides about the whole journey: 1 hardly, 5 it can end it."
    ),
    "Touchpoints.moment_of_truth": (
        "Yes where they make up their mind about you. Three on a map are plenty."
    ),
    "Touchpoints.reach": (
        "Of 100 customers, how many pass here? Type 45% for 45. Leave blank if you do not know."
    ),
    "Touchpoints.drop_off": (
        "Of 100 who come here, how many leave and do not go on? Type 30% for 30."
    ),
    "Touchpoints.owner": OWNER,
    "Touchpoints.resolves": "On a future map: ids of the pains that this new step ends: N2; N5.",
    "Touchpoints.evidence": EVIDENCE,
    "Blueprint.id": ID,
    "Blueprint.touchpoint": STEP,
    "Blueprint.physical_evidence": "What they see, hold or hear: order mail, box, receipt.",
    "Blueprint.frontstage": (
        "What your people or screens do in front of the customer: The driver rings and carries it "
        "in."
    ),
    "Blueprint.backstage": (
        "What your people do out of sight for this step: The warehouse picks and packs."
    ),
    "Blueprint.support": (
        "Other teams, suppliers or systems that it hangs on: courier, stock system."
    ),
    "Blueprint.people": "Who takes part: driver, warehouse, service desk.",
    "Blueprint.policy": "The rule behind it: returns within 30 days.",
    "Blueprint.technology": "The tools behind it: shop system, tracking.",
    "Blueprint.process": "The process behind it: pick, pack, hand to courier.",
    "Blueprint.failure_point": "Yes if this step goes wrong often or badly: the parcel comes late.",
    "Blueprint.recovery": "What you do when it fails: call first, then send a new one.",
}
