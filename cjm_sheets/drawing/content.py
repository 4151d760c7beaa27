"""Decides what a wall map consists of, before anybody thinks of shapes."""

from dataclasses import dataclass, replace
from datetime import date

from cjm_sheets.drawing import tidy
from cjm_sheets.drawing.ranking import Ranked
from cjm_sheets.model import journey
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be drawn, of what, in which language; overdue is what was due before `as_of`."""

    workbook: Workbook
    scores: tuple[PainScore, ...]
    language: str
    map_id: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbouring columns of one stage; without a stage they are what is not tied to one."""

    stage: journey.Stage | None
    columns: int


@dataclass(frozen=True, slots=True)
class Hung:
    """Everything that hangs on one touchpoint, or on none."""

    pains: tuple[Ranked, ...] = ()
    highs: tuple[journey.High, ...] = ()
    opportunities: tuple[journey.Opportunity, ...] = ()
    actions: tuple[journey.Action, ...] = ()
    blueprint: tuple[journey.BlueprintStep, ...] = ()
    moments: tuple[journey.DayMoment, ...] = ()
    resolves: tuple[journey.Pain, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if nothing hangs here."""
        return self == Hung()


@dataclass(frozen=True, slots=True)
class Column:
    """One touchpoint, or the place of what has none; `loose` if it is not tied to a stage."""

    touchpoint: journey.Touchpoint | None
    hung: Hung = Hung()
    loose: bool = False

    @property
    def emotion(self) -> int | None:
        """The mood -2..2 here: the touchpoint's, else that of its first moment of the day."""
        own = tidy.mood(self.touchpoint.emotion) if self.touchpoint else None
        moods = [own, *(tidy.mood(moment.mood) for moment in self.hung.moments)]
        return next((mood for mood in moods if mood is not None), None)


@dataclass(frozen=True, slots=True)
class View:
    """All that one wall map shows; `based_on` holds titles of maps."""

    language: str
    map: journey.Map
    personas: tuple[journey.Persona, ...]
    bands: tuple[Band, ...]
    columns: tuple[Column, ...]
    ranking: tuple[Ranked, ...]
    notes: tuple[journey.EmpathyNote, ...]
    evidence: tuple[journey.Evidence, ...]
    based_on: tuple[str, ...]
    as_of: date | None

    @property
    def opportunities(self) -> tuple[journey.Opportunity, ...]:
        """The ideas of the map, from left to right."""
        return tuple(idea for column in self.columns for idea in column.hung.opportunities)

    @property
    def actions(self) -> tuple[journey.Action, ...]:
        """The actions of the map, from left to right."""
        return tuple(action for column in self.columns for action in column.hung.actions)

    @property
    def is_empty(self) -> bool:
        """True if the map has no stage, no step, no note, nor anything that hangs on them."""
        return not self.columns and not self.notes

    def without_bare_place(self) -> "View":
        """Return the map without a last column in which only ideas and actions hang.

        They hang on the column before it then: for drawings in which these stand in no column.
        """
        *others, last = self.columns or (Column(None),)
        ideas = Hung(opportunities=last.hung.opportunities, actions=last.hung.actions)
        if not others or last.touchpoint is not None or last.hung != ideas or not last.loose:
            return self
        *others, before = others
        hung = replace(
            before.hung,
            opportunities=(*before.hung.opportunities, *ideas.opportunities),
            actions=(*before.hung.actions, *ideas.actions),
        )
        band = self.bands[-1]
        rest = (replace(band, columns=band.columns - 1),) if band.columns > 1 else ()
        columns = (*others, replace(before, hung=hung))
        return replace(self, columns=columns, bands=(*self.bands[:-1], *rest))

    def pains_of_action(self, action: journey.Action) -> tuple[str, ...]:
        """Return the ids of the pains of an action, its own or those of the idea behind it."""
        ideas = (idea for idea in self.opportunities if idea.id == action.opportunity)
        through = (pain for idea in ideas if idea.id for pain in tidy.ids(idea.pains))
        return (*tidy.ids(action.pains), *through)

    def rank_of(self, pain_id: str) -> int | None:
        """Return the rank of a pain, None if it has none on this map."""
        return next((r.rank for r in self.ranking if r.pain.id == pain_id), None)
