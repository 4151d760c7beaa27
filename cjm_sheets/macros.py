"""Decides how the buttons in Excel speak: progress below, one summary, or one plain sentence.

Each macro takes the workbook that it is to work on; without one it is the workbook from which it
was called (*Run main* of the xlwings add-in, or RunPython).
"""

from collections.abc import Sequence
from typing import Any

from cjm_sheets.errors import CjmError

__all__ = ["check", "draw", "explain", "fix", "main", "run", "score", "sync"]


def main(book: Any = None) -> None:  # noqa: ANN401 - an xlwings.Book, whose types nobody knows
    """Check, score and draw the map."""
    run("main", book)


def check(book: Any = None) -> None:  # noqa: ANN401 - as above
    """Find what an expert would send back, and mark it on the cells."""
    run("check", book)


def score(book: Any = None) -> None:  # noqa: ANN401 - as above
    """Rank the pains, and let all sheets show the numbers of today."""
    run("score", book)


def draw(book: Any = None) -> None:  # noqa: ANN401 - as above
    """Draw the sheet with the map anew."""
    run("draw", book)


def fix(book: Any = None) -> None:  # noqa: ANN401 - as above
    """Mend what needs no judgement."""
    run("fix", book)


def sync(book: Any = None, to: str = "") -> None:  # noqa: ANN401 - as above
    """Bring the workbook and its shared copy in step; `to` names one, as in ``sync --to``."""
    run("sync", book, to)


def explain(book: Any = None) -> None:  # noqa: ANN401 - as above
    """Explain the pain or the finding under the cursor."""
    run("explain", book)


def run(name: str, book: Any = None, to: str = "") -> Sequence[str]:  # noqa: ANN401 - as above
    """Run a macro, say in a message box what came of it, and return that.

    A failure that a person can mend is said in its one sentence, and nothing is returned.
    """
    from cjm_sheets import wiring  # noqa: PLC0415 - Excel waits for no more than is needed
    from cjm_sheets.usecases.at_a_click import press  # noqa: PLC0415 - the same
    from cjm_sheets.words.failures import sentence_in_excel  # noqa: PLC0415 - the same

    open_book = wiring.calling_workbook() if book is None else book
    app = open_book.app  # the workbook may be closed by the time that something is to be said
    language = wiring.system_language()  # as long as nobody knows what the workbook speaks
    with wiring.notes() as notes:
        try:
            with wiring.desk_of(open_book, to) as desk:
                language = desk.language
                said = [*press(name, desk), *dict.fromkeys(notes)]
        except CjmError as error:
            wiring.tell_in_excel(app, sentence_in_excel(error, language), bad=True)
            return ()
    wiring.tell_in_excel(app, "\n".join(said))
    return said
