"""Decides the colours of the wall map: a calm page, and colour only where it says something."""

from dataclasses import dataclass

PAPER = "#FFFFFF"
INK = "#1F2A37"
MUTED = "#556171"
FAINT = "#DDE2E9"
HAIR = "#E8ECF1"
WASH = "#F5F7FA"

LINE = "#3A5068"
"""The emotion curve of the first persona."""

PEOPLE = ("#3A5068", "#8A4F7D", "#2F6F73", "#8A5A1E")
"""One colour for each persona: avatar and curve."""

MOODS = {-2: "#B8402F", -1: "#C4701C", 0: "#6B7787", 1: "#4E8A4A", 2: "#2A7A55"}
NEUTRAL = "#B9C2CD"
"""The line between good and bad moods."""
MOOD_ABOVE = "#F1F8F3"
MOOD_BELOW = "#FCF3F0"

PAIN = "#B8402F"
PAIN_WASH = "#FDF3F0"
PAIN_EDGE = "#EFCFC7"
SHOWN = "#B8402F"
IF_TRUE = "#E9B3A7"

AMBER = "#8A5300"
AMBER_WASH = "#FFF6DF"
AMBER_EDGE = "#EBCB86"

HIGH = "#2A7A55"
HIGH_WASH = "#EFF8F2"
HIGH_EDGE = "#C3E2CF"

IDEA = "#4B4A9C"
IDEA_WASH = "#F3F3FC"
IDEA_EDGE = "#D3D3EE"

ACTION = "#2A5F8F"
ACTION_WASH = "#F1F7FC"
ACTION_EDGE = "#C7DDEF"

TRUTH = "#8A5A00"
TRUTH_FILL = "#E5A823"


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour with white writing on it, and the tint of the panel below it."""

    deep: str
    tint: str


STAGES = (
    Shade("#3B6A98", "#F3F7FB"),
    Shade("#2F7770", "#F1F8F7"),
    Shade("#5B7634", "#F5F8F0"),
    Shade("#96661C", "#FBF7F0"),
    Shade("#9C4F45", "#FBF4F3"),
    Shade("#6A5693", "#F6F4FA"),
)
LOOSE = Shade("#6A7482", "#F6F7F8")
"""What is not tied to a stage."""

GRADES = {"A": "#2A7A55", "B": "#4F7D2C", "C": "#96661C", "D": "#A2473A"}


def stage(index: int) -> Shade:
    """Return the colours of the stage with this index, over and over again."""
    return STAGES[index % len(STAGES)]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1..21, as WCAG 2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (_linear(part) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    threshold = 0.04045
    return part / 12.92 if part <= threshold else float(((part + 0.055) / 1.055) ** 2.4)
