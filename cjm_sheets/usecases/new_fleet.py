"""Decides what a new fleet file says: one entry that works, and comments on what can be asked."""

from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_HEAD = N_("Pairs of workbooks and shared copies that are kept in step together.")
_RUN = N_("Run it as often as you like, by hand or by a scheduler: cjm-sheets fleet run {file}")
_LINES: tuple[tuple[str, str], ...] = (
    (N_("The part of Google's quota that may be used; the rest is left to others."),
     "quota_share = 0.8"),
    (N_("How long a pair waits from one sync to the next: s, m, h, d or w."), 'every = "15m"'),
    (N_("Which findings fail a run: error, warning, info, never, or a list of rules."),
     'fail_on = "error"'),
    (N_("Draw each map beside its workbook, and let the tab Map keep up, with each sync."),
     "# wall_map = true"),
    (N_("Whom a digest tells by mail what is new, and how often: daily, weekly or never."),
     '# tell = ["you@example.org"]\n# digest = "weekly"'),
    (N_("Into how many parts the pairs are dealt, one for each machine."), "# shards = 1"),
)  # fmt: skip
_PAIR: tuple[tuple[str, str], ...] = (
    (N_("A file, a folder, or a pattern; seen from where this file lies."),
     "workbook = {workbook}"),
    (N_("new, local, remembered, or the address of a spreadsheet."), "shared_copy = {shared_copy}"),
    (N_("both, push (only to the shared copy) or pull (only to the workbook)."),
     '# direction = "both"'),
    (N_("The shared copies lie in a shared drive: each is asked for changes by itself."),
     "# shared_drive = true"),
    (N_("The part of the quota that these pairs may use together."), "# quota_share = 1.0"),
)  # fmt: skip


def new_fleet(file: str, workbook: str, shared_copy: str, language: str) -> str:
    """Return the text of a fleet file with one entry; comments are in a language."""
    lines = [f"# {say(language, _HEAD)}", f"# {say(language, _RUN, file=file)}", "", "[fleet]"]
    for comment, line in _LINES:
        lines += [f"# {say(language, comment)}", line]
    lines += ["", "[[pair]]"]
    values = {"workbook": _quoted(workbook), "shared_copy": _quoted(shared_copy)}
    for comment, line in _PAIR:
        lines += [f"# {say(language, comment)}", line.format(**values)]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    r"""Return a text as TOML has it.

    >>> print(_quoted('C:\\maps "new"'))
    "C:\\maps \"new\""
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
