"""Decides that each refusal for want of quota is told, whoever keeps the budget."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from cjm_sheets.ports.observer import Event, Note
from cjm_sheets.ports.quota import Kind, Quota


@dataclass(frozen=True, slots=True)
class HeardQuota:
    """A budget like the one in it, which tells `note` of each request that was too much."""

    quota: Quota
    note: Note

    @property
    def waits(self) -> bool:
        """Whether it holds back requests by itself."""
        return self.quota.waits

    def passing(self, kind: Kind) -> AbstractContextManager[None]:
        """Wait until a request may leave; it is under way inside the block."""
        return self.quota.passing(kind)

    def refused(self, kind: Kind, seconds: float | None) -> None:
        """Hold back all requests of a kind, and tell."""
        self.quota.refused(kind, seconds)
        self.note(Event("requests_held", {"kind": kind, "retry_after": seconds}, "warning"))
