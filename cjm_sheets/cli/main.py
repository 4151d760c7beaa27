"""Decides which verbs there are, and loads the one that is asked for."""

from importlib import import_module

import click

from cjm_sheets import __version__
from cjm_sheets.cli.speech import _

_VERBS = {
    "demo": ("demo", _("Show the whole loop on a sample map, in under a minute.")),
    "new": ("maps", _("Make a workbook from a template.")),
    "add": ("maps", _("Add a table to a workbook.")),
    "check": ("checking", _("Find what an expert would send back.")),
    "fix": ("mending", _("Mend what needs no judgement.")),
    "explain": ("maps", _("Explain a rule, or where the score of a pain comes from.")),
    "score": ("maps", _("Rank the pains, and say how firm the ranking is.")),
    "draw": ("maps", _("Draw the wall map.")),
    "sync": ("sharing", _("Keep a workbook and its shared copy in step.")),
    "status": ("keeping", _("Say how workbooks and their shared copies stand.")),
    "history": ("keeping", _("Tell what runs changed, and what stood there before.")),
    "undo": ("keeping", _("Put back what a run replaced.")),
    "share": ("accounts", _("Let people open the shared copy.")),
    "auth": ("accounts", _("Sign in to Google, and out again.")),
    "run-macro": ("macros", _("Run a macro of the buttons in Excel, without Excel.")),
    "excel": ("excel", _("Put buttons into Excel, and take them out again.")),
    "serve": ("sharing", _("Share maps on this machine, as Google Sheets would.")),
}


class Verbs(click.Group):
    """A group whose commands are loaded when they are called: --help must be quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of a first day's work."""
        del ctx
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb, loaded from its module."""
        del ctx
        if cmd_name not in _VERBS:
            return None
        module = import_module(f"cjm_sheets.cli.{_VERBS[cmd_name][0]}")
        found = getattr(module, cmd_name.replace("-", "_"))
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs with one line each, without loading them."""
        del ctx
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, text) for name, (module, text) in _VERBS.items()])


@click.command(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Customer journey maps that live in a spreadsheet."),
    epilog=_("Start with: cjm-sheets demo"),
)
@click.version_option(__version__, prog_name="cjm-sheets")
def main() -> None:
    """Speak to the program."""
