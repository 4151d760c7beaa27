"""Decides how findings are told to GitHub Actions, which shows each as an annotation of a file."""

from collections.abc import Iterator, Sequence

from cjm_sheets.checks.finding import Finding

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def lines(file: str, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield a workflow command for each finding in a file, named by its path in the repository."""
    for finding in findings:
        where = " ".join(filter(None, (finding.rule, finding.cell or finding.table)))
        yield command(
            _LEVELS[finding.severity.value], file, where, f"{finding.message} {finding.fix}"
        )


def command(level: str, file: str, title: str, message: str) -> str:
    r"""Return one workflow command, escaped as GitHub's runner undoes it.

    >>> command("error", "a,b.xlsx", "CJ031 Pains!F7", "50 %\nof")
    '::error file=a%2Cb.xlsx,title=CJ031 Pains!F7::50 %25%0Aof'
    """
    return f"::{level} file={_property(file)},title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
