"""Decides how the digest of a fleet is typed and told: fleet digest, and what a run sends."""

from typing import TYPE_CHECKING

import click

from cjm_sheets.cli.several import said
from cjm_sheets.cli.speech import DONE, Speech, Verb, _, language

if TYPE_CHECKING:
    from cjm_sheets.usecases.send_digest import Desk, Sent

_FORMS = {".md": "markdown", ".html": "html", ".htm": "html"}


def _days(context: click.Context, parameter: click.Parameter, value: str) -> int:
    """Return a stretch of time in whole days, 0 for none."""
    from cjm_sheets.fleet.settings import DAY
    from cjm_sheets.fleet.values import seconds_of
    from cjm_sheets.usecases.send_digest import KEPT_DAYS

    del context, parameter
    days = -(-seconds_of(value) // DAY)
    if value and not 0 < days <= KEPT_DAYS:
        words = _("It cannot be {value}. Give a number and d or w, such as 7d, up to {most}d.")
        raise click.BadParameter(words.format(value=value, most=KEPT_DAYS))
    return days


@click.command(
    cls=Verb,
    help=_(
        "Tell what is new of all pairs: values moved, new findings, conflicts to settle, maps due"
        " for review, pairs that keep failing. Looking changes nothing; --send mails it to those"
        " whom tell in the fleet file names, to each the pairs that name them."
    ),
    epilog=_("Example: cjm-sheets fleet digest --since 7d --out digest.html"),
)
@click.argument("file", type=click.Path(), default="fleet.toml")
@click.option(
    "--as",
    "form",
    type=click.Choice(["markdown", "html"]),
    help=_("What to make; otherwise the ending of --out decides, and then Markdown."),
)
@click.option("--out", default="", metavar="FILE", help=_("Write it there, over an older one."))
@click.option(
    "--since",
    "days",
    default="",
    metavar="7d|2w",
    callback=_days,
    help=_(
        "So many whole days back; otherwise since the last one that was sent, or 7d if none was."
    ),
)
@click.option("--send", is_flag=True, help=_("Mail it now, whatever is due."))
@click.pass_obj
def digest(  # noqa: PLR0913 - one argument an option
    speech: Speech, file: str, form: str | None, out: str, days: int, *, send: bool
) -> int:
    """Tell or send what is new."""
    from cjm_sheets import wiring

    if send and (days or out or form):
        raise click.UsageError(
            _("--send mails everybody what is new to them; leave the other options away.")
        )
    with wiring.fleet_work(wiring.FleetWish(file, language=language()), said) as work:
        if send:
            return _send(speech, work.desk, file)
        _show(speech, work.desk, (form or _form_of(out), out), days)
    return DONE


def _form_of(out: str) -> str:
    return next((form for end, form in _FORMS.items() if out.lower().endswith(end)), "markdown")


def _show(speech: Speech, desk: "Desk", where: tuple[str, str], days: int) -> None:
    """Print the digest, or write it into a file."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.digest_document import document
    from cjm_sheets.usecases.digest_html import as_html
    from cjm_sheets.usecases.digest_markdown import as_markdown
    from cjm_sheets.usecases.digest_words import SHOWN
    from cjm_sheets.usecases.send_digest import make_digest

    form, out = where
    made = make_digest(desk, days or None, None if speech.as_json else SHOWN)
    text = (as_html if form == "html" else as_markdown)(made, desk.language)
    if out:
        wiring.write_text(out, text)
        speech.tell([_("{file} is written.").format(file=out)])
    else:
        speech.tell([text.rstrip("\n")])
    speech.document({**document(made), "file": out or None})


def _send(speech: Speech, desk: "Desk", file: str) -> int:
    """Send everybody his digest; return the exit code of what went wrong."""
    from cjm_sheets.errors.fleet import NobodyToTellError, NoMailServerNamedError
    from cjm_sheets.usecases.send_digest import send_now
    from cjm_sheets.usecases.sent_report import sent_document

    if not desk.tell:
        raise NobodyToTellError(file)
    if not desk.has_mail:
        raise NoMailServerNamedError
    sent = send_now(desk)
    speech.document(sent_document(sent, said))
    tell_sent(speech, sent)
    return max((error.exit_code for error in sent.errors), default=DONE)


def tell_sent(speech: Speech, sent: "Sent") -> None:
    """Say what became of digests; what went wrong is said to those as well who want no more."""
    from cjm_sheets.usecases.sent_report import sent_lines, trouble_lines

    speech.tell(sent_lines(sent, language()))
    for line in trouble_lines(sent, language(), said):
        click.echo(line, err=True)
