"""Decides the sentence for each thing that can be wrong in a fleet file."""

from cjm_sheets.errors.fleet import FleetProblem
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_SENTENCES = {
    "toml": N_("this is no TOML ({reason})."),
    "deep": N_("brackets stand too deep in each other."),
    "unknown": N_("{key} means nothing here. There are: {known}."),
    "missing": N_("{key} is missing in what begins here."),
    "blank": N_("{key} is empty. Fill it in, or leave it out."),
    "text": N_("{key} takes a text in quotation marks, not {value}."),
    "texts": N_("{key} takes texts in quotation marks, in square brackets, not {value}."),
    "choice": N_("{key} cannot be {value}. It can be: {known}."),
    "share": N_("{key} cannot be {value}. It is a part of the whole: above 0, and at most 1."),
    "yes_no": N_("{key} cannot be {value}. It is true or false, without quotation marks."),
    "whole": N_("{key} cannot be {value}. It is a whole number from 1 to {most}."),
    "every": N_(
        "{key} cannot be {value}. Give a number and s, m, h, d or w, such as 15m for a quarter of"
        " an hour, up to a year."
    ),
    "email": N_("{value} in {key} is no e-mail address."),
    "nobody": N_("{key} is {value}, but tell names nobody. Name somebody, or leave {key} out."),
    "rule": N_("{value} in {key} is no rule. Every finding shows the id of its rule."),
    "shared_copy": N_(
        "{key} cannot be {value}. Give remembered, new, local, or the address of a Google"
        " spreadsheet."
    ),
    "one_copy": N_(
        "the many workbooks of {workbook} cannot all have the same shared copy. Give remembered or"
        " new."
    ),
    "twice": N_("{key} is {value} in line {first} already."),
    "table": N_("{key} is a heading in square brackets, with lines below it."),
    "pairs": N_("write each pair below a heading [[pair]], in double brackets."),
    "no_pairs": N_('there is no pair yet. Write [[pair]], and below it workbook = "maps/*.xlsx".'),
}
KINDS = frozenset(_SENTENCES)


def problem_in_file(file: str, problem: FleetProblem, language: str) -> str:
    """Return one sentence: in which file and line, what is wrong, and what to do."""
    said = say(language, _SENTENCES[problem.kind], **problem.facts)
    where = say(language, N_("{file}, line {line}: "), file=file, line=problem.line)
    return f"{where}{said}"
