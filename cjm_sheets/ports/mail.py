"""Decides what sending mail can do, whichever server takes it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one person, in two forms that say the same.

    `mark` is the same, and no other letter has it, where a letter is sent once more because nobody
    knows whether it was taken.
    """

    to: str
    subject: str
    text: str
    html: str
    language: str
    mark: str


class Mail(Protocol):
    """A mail server."""

    def send(self, letter: Letter) -> None:
        """Hand over a letter.

        Raises:
            NotDeliveredError: this letter was not taken; others may be.
            MailServerError, PlainPasswordError: none will be.
        """
        ...

    def close(self) -> None:
        """Let go of the server."""
        ...
