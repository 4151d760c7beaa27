"""Decides how the buttons in Excel are put there by typing: excel install, remove and status."""

import click

from cjm_sheets.cli.speech import DONE, Speech, Verb, _, language
from cjm_sheets.words.languages import LANGUAGES

_FOLDER = click.option(
    "--folder",
    default="",
    type=click.Path(),
    help=_("Where the add-in is, if not in Excel's start folder."),
)


@click.group(
    help=_("Put a tab with a button a macro into Excel, and take it out again."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
def excel() -> None:
    """Speak of the add-in."""


@excel.command(
    cls=Verb,
    help=_("Put the tab Journey map into Excel. Close Excel first."),
    epilog=_("Example: cjm-sheets excel install --language de"),
)
@_FOLDER
@click.option(
    "--language",
    "code",
    type=click.Choice(LANGUAGES),
    metavar="CODE",
    help=_("Language of the tab: en, de, da, lv, af or ru."),
)
@click.pass_obj
def install(speech: Speech, folder: str, code: str | None) -> int:
    """Install the add-in."""
    from cjm_sheets import wiring

    done = wiring.install_addin(code or language(), folder)
    speech.document({"addin": done.addin, "settings": done.settings})
    lines = [_("The add-in is {file}.").format(file=done.addin)]
    if done.settings:
        lines.append(_("Buttons in workbooks find Python by {file}.").format(file=done.settings))
    lines.append(
        _("Start Excel, open a workbook with a map and look for the tab Journey map.")
        if not folder
        else _("Load it in Excel: File, Options, Add-ins, Go, Browse.")
    )
    speech.tell(lines)
    return DONE


@excel.command(
    cls=Verb,
    help=_("Take the tab out of Excel again. Close Excel first."),
    epilog=_("Example: cjm-sheets excel remove"),
)
@_FOLDER
@click.pass_obj
def remove(speech: Speech, folder: str) -> int:
    """Remove the add-in."""
    from cjm_sheets import wiring

    removed = wiring.remove_addin(folder)
    speech.document({"removed": removed})
    speech.tell(
        [_("Removed {file}.").format(file=removed) if removed else _("There is no add-in of ours.")]
    )
    return DONE


@excel.command(
    cls=Verb,
    help=_("Say whether the add-in is there, and whether it is the one of this version."),
    epilog=_("Example: cjm-sheets excel status"),
)
@_FOLDER
@click.pass_obj
def status(speech: Speech, folder: str) -> int:
    """Tell of the add-in."""
    from cjm_sheets import wiring

    addin, fresh = wiring.addin_there(folder)
    speech.document({"addin": addin, "there": fresh is not None, "fresh": bool(fresh)})
    if fresh is None:
        told = _("There is no add-in of ours. Install it: cjm-sheets excel install")
    elif fresh:
        told = _("The add-in is {file}.").format(file=addin)
    else:
        told = _(
            "{file} is of another version or starts another Python."
            " Install it anew: cjm-sheets excel install"
        ).format(file=addin)
    speech.tell([told])
    return DONE
