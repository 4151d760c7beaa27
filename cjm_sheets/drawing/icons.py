"""Decides the small pictures: channels, faces, diamonds and ticks, drawn from straight strokes."""

from cjm_sheets.drawing import palette
from cjm_sheets.drawing.blocks import Block
from cjm_sheets.drawing.shapes import Circle, Path, Rect, Shape, Step, polygon

SIZE = 14.0
"""Edge of the square in which a channel's picture lies."""

_OF_CHANNEL = {
    "search-engine": "lens",
    "website": "screen",
    "landing-page": "screen",
    "marketplace": "bag",
    "blog": "page",
    "app": "handset",
    "self-service": "handset",
    "email": "letter",
    "newsletter": "letter",
    "chatbot": "bubble",
    "social-post": "bubble",
    "word-of-mouth": "bubble",
    "review-site": "star",
    "social-ad": "horn",
    "paid-ad": "horn",
    "out-of-home": "horn",
    "local-listing": "pin",
    "store": "shop",
    "market-stand": "shop",
    "phone": "receiver",
    "customer-service": "receiver",
    "sales-person": "person",
    "event": "person",
    "print": "page",
    "brochure": "page",
    "business-card": "card",
    "packaging": "box",
    "delivery": "box",
}

_STROKES: dict[str, tuple[str, ...]] = {
    "screen": ("1 2 13 2 13 10 1 10 1 2", "4 13 10 13", "7 10 7 13"),
    "lens": ("9.2 9.2 13 13",),
    "bag": ("2 5 12 5 13 13 1 13 2 5", "4.5 7 4.5 3 6 1.5 8 1.5 9.5 3 9.5 7"),
    "page": ("3 1 9 1 12 4 12 13 3 13 3 1", "5.5 7 9.5 7", "5.5 10 9.5 10"),
    "handset": ("4 1 10 1 10 13 4 13 4 1", "6 11 8 11"),
    "letter": ("1 3 13 3 13 11.5 1 11.5 1 3", "1 3 7 8 13 3"),
    "bubble": ("1 2 13 2 13 10 7 10 4 13 4 10 1 10 1 2",),
    "star": ("7 1 8.8 5.2 13.2 5.5 9.8 8.4 10.9 12.8 7 10.4 3.1 12.8 4.2 8.4 0.8 5.5 5.2 5.2 7 1",),
    "horn": ("1 5 5 5 11 2 11 11 5 8.5 1 8.5 1 5", "3.5 8.5 4.5 12.5", "13 5.5 13 7.5"),
    "pin": ("7 13.2 3 7 3 4 5 1.5 9 1.5 11 4 11 7 7 13.2", "6 5 8 5"),
    "shop": ("2 6 2 13 12 13 12 6", "2 1.5 12 1.5 13.2 6 0.8 6 2 1.5", "5.5 13 5.5 9 8.5 9 8.5 13"),
    "receiver": (
        "3 1 5.5 1.5 6 4.5 4.5 5.5 8.5 9.5 9.5 8 12.5 8.5 13 11 11 13 6 10.5 3.5 8 1 3 3 1",
    ),
    "person": ("2 13 2.6 10 5 8.4 9 8.4 11.4 10 12 13",),
    "card": ("1 3 13 3 13 11 1 11 1 3", "3 8.5 7 8.5", "3 6 6 6"),
    "box": ("1 4 7 1 13 4 13 10.5 7 13.5 1 10.5 1 4", "1 4 7 7 13 4", "7 7 7 13.5"),
    "dot": (),
}
"""Strokes of the channels' pictures: x and y of each point, in a square of 14 by 14."""

_ROUND = {"lens": (5.5, 5.5, 4.5), "person": (7, 4, 3), "dot": (7, 7, 3.2)}


def channel(key: str, colour: str) -> Block:
    """Return the picture of a channel; a channel that the list does not know is a ring."""
    name = _OF_CHANNEL.get(key, "dot")
    shapes: list[Shape] = [
        Path(_stroke(points), colour, thickness=1.2) for points in _STROKES[name]
    ]
    if name in _ROUND:
        x, y, radius = _ROUND[name]
        shapes.append(Circle(x, y, radius, stroke=colour, thickness=1.2))
    return Block(SIZE, SIZE, tuple(shapes))


def _stroke(points: str) -> tuple[Step, ...]:
    figures = tuple(float(figure) for figure in points.split())
    first, *rest = zip(figures[::2], figures[1::2], strict=True)
    return (("M", first), *(("L", point) for point in rest))


def _pen(colour: str, *ends: float) -> Path:
    """Return a straight stroke: x1, y1, x2, y2."""
    return Path((("M", ends[:2]), ("L", ends[2:])), colour, thickness=1.4)


def diamond(size: float) -> Block:
    """Return the mark of a moment of truth."""
    half = size / 2
    corners = polygon((half, 0), (size, half), (half, size), (0, half))
    return Block(size, size, (Path(corners, palette.TRUTH, palette.TRUTH_FILL),))


def box(*, ticked: bool, colour: str) -> Block:
    """Return a box to tick."""
    frame = Rect(0.5, 0.5, 11, 11, colour if ticked else palette.PAPER, colour, 2)
    tick = Path(
        (("M", (3, 6.2)), ("L", (5.2, 8.6)), ("L", (9.2, 3.6))), palette.PAPER, thickness=1.8
    )
    return Block(12, 12, (frame, tick) if ticked else (frame,))


def plus(colour: str) -> Block:
    """Return the mark of a high: a plus in a disc."""
    strokes = (_pen(palette.PAPER, 6, 3, 6, 9), _pen(palette.PAPER, 3, 6, 9, 6))
    return Block(12, 12, (Circle(6, 6, 6, colour), *strokes))


def bulb(colour: str) -> Block:
    """Return the mark of an opportunity: a light bulb."""
    glass = Circle(6, 4.6, 3.9, stroke=colour, thickness=1.3)
    foot = (_pen(colour, 4.4, 10, 7.6, 10), _pen(colour, 5, 11.8, 7, 11.8))
    return Block(12, 12, (glass, *foot))


def face(mood: int, radius: float) -> Block:
    """Return the face of a mood -2..2; its mouth says what its colour says."""
    r = radius
    bend, corner = r * (1.35 + mood * 0.2), r * (1.35 - mood * 0.07)
    mouth: tuple[Step, ...] = (
        ("M", (r * 0.55, corner)),
        ("C", (r * 0.8, bend, r * 1.2, bend, r * 1.45, corner)),
    )
    eyes = (Circle(r * x, r * 0.8, r * 0.13, palette.PAPER) for x in (0.68, 1.32))
    head = Circle(r, r, r, palette.MOODS[mood], palette.PAPER, 2)
    return Block(2 * r, 2 * r, (head, *eyes, Path(mouth, palette.PAPER, thickness=1.4)))
