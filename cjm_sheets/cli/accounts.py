"""Decides how the verbs about people are typed and told: share and auth."""

from typing import TYPE_CHECKING

import click

from cjm_sheets.cli.speech import DONE, Speech, Verb, _, language

if TYPE_CHECKING:
    from cjm_sheets.ports.permissions import Role

_REMOTE = 4


@click.command(
    cls=Verb,
    help=_("Let people open the shared copy of a workbook, and see who may."),
    epilog=_("Example: cjm-sheets share map.xlsx --with mia@example.org --role writer"),
)
@click.argument("workbook", type=click.Path())
@click.option(
    "--with", "emails", multiple=True, metavar="EMAIL", help=_("Who may open it; several times.")
)
@click.option(
    "--role",
    type=click.Choice(["reader", "commenter", "writer"]),
    default="reader",
    show_default=True,
    help=_("What they may do there."),
)
@click.option("--anyone", is_flag=True, help=_("Let everybody in who has the address."))
@click.option("--list", "only_list", is_flag=True, help=_("Only say who may open it."))
@click.option(
    "--stop",
    multiple=True,
    metavar="EMAIL",
    help=_("Who may open it no more; anyone for everybody with the address."),
)
@click.option("--credentials", default="", metavar="FILE", help=_("A Google key file."))
@click.pass_obj
def share(  # noqa: PLR0913, PLR0917 - one argument an option
    speech: Speech,
    workbook: str,
    emails: tuple[str, ...],
    role: "Role",
    stop: tuple[str, ...],
    credentials: str,
    *,
    anyone: bool,
    only_list: bool,
) -> int:
    """Share one map."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.known_link import known, link_of
    from cjm_sheets.usecases.share_map import share_map, wish_for

    if only_list and (emails or stop or anyone):
        raise click.UsageError(_("--list changes nothing: leave it out to let people in."))
    wish = wish_for(emails, role, stop, anyone=anyone)
    link = link_of(known(wiring.workbook_file(workbook)))
    with wiring.permissions_of(link, credentials) as (address, permissions):
        shared = share_map(link, address, permissions, wish)
    speech.document(shared.document())
    speech.tell(shared.lines(language()))
    return DONE


class Group(click.Group):
    """A verb that has verbs of its own, listed in the language of the terminal."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs with the first sentence of each."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, one.help or "") for name, one in found if one is not None])


@click.group(
    cls=Group,
    help=_("Sign in to Google, see who is signed in, and sign out."),
    epilog=_("Example: cjm-sheets auth login --client client_secret.json"),
)
def auth() -> None:
    """Speak of accounts."""


@auth.command(
    cls=Verb,
    help=_("Sign in as a person, in a browser on this machine, or as a service account."),
    epilog=_("Example: cjm-sheets auth login --client client_secret.json"),
)
@click.option(
    "--client", default="", metavar="FILE", help=_("An OAuth client for desktop apps, of Google.")
)
@click.option("--key", default="", metavar="FILE", help=_("The key of a service account."))
@click.option("--no-browser", is_flag=True, help=_("Open no browser, only say the address."))
@click.pass_obj
def login(speech: Speech, client: str, key: str, *, no_browser: bool) -> int:
    """Sign in."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases import account_report

    if client and key:
        raise click.UsageError(_("--client and --key do not go together. Choose one of them."))

    def show(address: str) -> None:
        click.echo(_("Open this address in a browser on this machine:"), err=True)
        click.echo(address, err=True)
        if not no_browser:
            click.launch(address)

    accounts = wiring.accounts()
    account = accounts.keep_key(key) if key else accounts.consent(client, show)
    speech.document(account_report.document(account, works=None))
    speech.tell(account_report.lines(account, language(), works=None))
    return DONE


@auth.command(
    cls=Verb,
    help=_("Say with whose credentials Google is asked, and whether Google takes them."),
    epilog=_("Example: cjm-sheets auth status --offline"),
)
@click.option("--offline", is_flag=True, help=_("Ask no network."))
@click.option("--credentials", default="", metavar="FILE", help=_("A Google key file."))
@click.pass_obj
def status(speech: Speech, credentials: str, *, offline: bool) -> int:
    """Tell who is signed in."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases import account_report

    accounts = wiring.accounts(credentials, offline=offline)
    account = accounts.current()
    works = None if offline else accounts.works()
    speech.document(account_report.document(account, works=works))
    speech.tell(account_report.lines(account, language(), works=works))
    return _REMOTE if works is False else DONE


@auth.command(
    cls=Verb,
    help=_("Take back what signing in left on this machine. Key files of your own stay."),
    epilog=_("Example: cjm-sheets auth logout"),
)
@click.pass_obj
def logout(speech: Speech) -> int:
    """Sign out."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases import account_report

    account = wiring.accounts().forget()
    speech.document({"signed_out": account is not None})
    speech.tell(account_report.signed_out(account, language()))
    return DONE
