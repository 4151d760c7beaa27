"""Decides what the columns ask for that say how we know, and that keep the workbook in order."""

from cjm_sheets.tables.hints.shared import ID, STEP

HINTS = {
    "Evidence.id": ID,
    "Evidence.source": "What kind of source it is. Two kinds that agree make a pain much firmer.",
    "Evidence.who": "Who told or showed you this? Ask lost customers and prospects too.",
    "Evidence.kind": "Numbers say how many, words say why. You want both.",
    "Evidence.date": "The day of the interview, or the last day of the survey.",
    "Evidence.sample_size": "How many people stand behind it: 12 interviews are 12.",
    "Evidence.link": (
        "Where to find it, beginning with https://. Leave it blank rather than invent one."
    ),
    "Evidence.finding": (
        "What you learnt from it, in one sentence: 9 of 12 could not log in the first time."
    ),
    "Evidence.quote": (
        "Their own words. Leave out names, addresses and numbers that tell who it was."
    ),
    "Metrics.id": ID,
    "Metrics.stage": "Pick the stage that it measures: S2 Compare. Or name a step instead.",
    "Metrics.touchpoint": STEP,
    "Metrics.name": "What you call it: Checkout drop-off.",
    "Metrics.definition": (
        "What kind of number it is. Keep to one kind for the same name, so that stages compare."
    ),
    "Metrics.value": "The number as measured: 40.",
    "Metrics.low": "The lower end of what it could really be, if your survey tool says so: 35.",
    "Metrics.high": "The upper end of what it could really be, if your survey tool says so: 45.",
    "Metrics.n": "How many people or visits it was measured on: 1030.",
    "Metrics.unit": "What the number counts: %, minutes, points.",
    "Metrics.date": "The day or the last day it was measured.",
    "Metrics.source": "Where the number comes from: web analytics, till system.",
    "Metrics.cadence_days": "After how many days is this number too old? 30 is once a month.",
    "Changes.id": ID,
    "Changes.date": "The day when customers first met the change.",
    "Changes.what": (
        "What is new in product or service: The checkout no longer asks for an account."
    ),
    "Changes.significant": "Yes if the map may be wrong because of it: then it asks for a review.",
    "Steps.id": ID,
    "Steps.step": "Which part of the work this row is about. Skipping one makes the map weaker.",
    "Steps.status": "How far you are with it. Not needed is an answer too: say why in the note.",
    "Steps.date": "The day when you finished it.",
    "Steps.note": "What came out of it, or what is still missing.",
    "Mutes.rule": "The rule to keep quiet, as the sheet of findings names it: CJ031.",
    "Mutes.table": "The sheet it is about: Pains.",
    "Mutes.row": "The id of the row: N7. Blank means every row of the sheet.",
    "Mutes.reason": "Why it may stay as it is: Interviews are booked for May.",
    "Mutes.until": "The day when you want to be told again.",
    "Settings.key": "Leave it: the program finds its setting by this name.",
    "Settings.value": (
        "The value to work with. What you do not know yet may stay blank: nothing is guessed."
    ),
    "Settings.note": "What the setting does. You may add why you chose your value.",
}
