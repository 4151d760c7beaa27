"""Decides the live formula of every computed column, in one text that serves all programs.

In the canonical text `[@x]` is the cell of column x in the own row, `Table[x]` a column's data,
`Table[[#All],[x]]` the column with its header, and `cjm_...` a cell or range of the hidden sheet
Calc (see calc). Only functions that Excel 2016, LibreOffice 7 and Google Sheets share; no decimal
or array literal and no localised word, so that the text survives every locale. What each formula
must equal is written in scoring; why it is written just so is in docs/formulas.md.
"""

import re
from collections.abc import Callable

_OWN = re.compile(r"\[@([a-z_]+)\]")
_PART = re.compile(r"([A-Z][A-Za-z]+)\[\[#(All|Headers)\],\[([a-z_]+)\]\]")
_DATA = re.compile(r"([A-Z][A-Za-z]+)\[([a-z_]+)\]")
_QUOTED = re.compile(r'("(?:[^"]|"")*"|\'(?:[^\']|\'\')*\')')

_AT_STEP = "INDEX(Touchpoints[[#All],[{}]],[@touchpoint_row])"
_TOUCHPOINT_REACH = _AT_STEP.format("reach")
_TOUCHPOINT_MOMENT = _AT_STEP.format("moment_of_truth")
_FIRST_WORD = 'LEFT(TRIM([@touchpoint]),FIND(" ",TRIM([@touchpoint])&" ")-1)'
_LISTED = (
    'ISNUMBER(FIND(" "&UPPER(Evidence[[#All],[id]])&" ",[@evidence_list]))'
    '*(Evidence[[#All],[id]]<>"")*(Evidence[[#All],[source]]<>"")'
)
# Without it an id that two pains bear would make up for one that none bears.
_ONE_OF_ITS_ID = '--(COUNTIFS(Pains[id],Pains[id],Pains[evidenced],">=0")=1)'
_NAMED = 'ISNUMBER(FIND(" "&UPPER(Pains[id])&" ",[@pains_list]))*(Pains[id]<>"")'
_SPREAD = "cjm_z*SQRT([@frequency]*(1-[@frequency])/[@n_used]+cjm_z^2/(4*[@n_used]^2))"


def _tokens(column: str) -> str:
    """Return the text of a column of references, blank-separated, with blanks at both ends."""
    separators_out = f"SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(UPPER([@{column}]),"
    return f'=" "&TRIM({separators_out}CHAR(10)," "),";"," "),","," "))&" "'


def _score(share: str) -> str:
    """Return the geometric mean of severity, a share of people and reach, from 0 to 100."""
    return (
        "100*MIN(1,MAX([@severity_used],N(cjm_a=0))^cjm_a"
        f"*MAX([@{share}],N(cjm_b=0))^cjm_b"
        "*MAX([@reach_used],N(cjm_c=0))^cjm_c*[@moment_used])"
    )


def _scored(share: str, factor: str = "") -> str:
    """Return a score that is blank while one of its inputs is missing."""
    inputs = f"COUNT([@severity_used],[@{share}],[@reach_used],[@moment_used],cjm_a,cjm_b,cjm_c)"
    return f'=IFERROR(IF({inputs}<7,"",{_score(share)}{factor}),"")'


def _value(share: str) -> str:
    """Return what a pain puts at risk a year when this share of people has it."""
    inputs = f"COUNT(cjm_customers,cjm_annual_value,[@reach_used],[@{share}],[@extra_churn])"
    product = f"cjm_customers*[@reach_used]*[@{share}]*[@extra_churn]*cjm_annual_value"
    return f'=IF(AND({inputs}=5,N([@extra_churn])>=0,N([@extra_churn])<=1),{product},"")'


FORMULAS: dict[str, dict[str, str]] = {
    "Maps": {
        "next_review": (
            "=IF(ISNUMBER([@last_reviewed]),IFERROR([@last_reviewed]"
            '+IF(N([@cadence_days])>0,[@cadence_days],cjm_cadence),""),"")'
        ),
    },
    "Stages": {
        "attainment": (
            "=IF(COUNT([@target],[@actual])=2,IF(ISNUMBER(MATCH(TRIM([@better]),cjm_lower,0)),"
            'IF([@actual]=0,"",[@target]/[@actual]),IF([@target]=0,"",[@actual]/[@target])),"")'
        ),
    },
    "Pains": {
        "n_used": ('=IF(ISNUMBER([@frequency]),IF(N([@observed])>0,[@observed],2),"")'),
        "severity_used": (
            '=IF(ISNUMBER([@severity]),IFERROR(VLOOKUP([@severity],cjm_severity,2,FALSE),""),"")'
        ),
        "touchpoint_row": (
            f'=IF([@touchpoint]="","",IFERROR(MATCH({_FIRST_WORD},Touchpoints[[#All],[id]],0),""))'
        ),
        "reach_used": (
            '=IF([@reach]<>"",IF(ISNUMBER([@reach]),'
            'IF(AND([@reach]>=0,[@reach]<=1),[@reach],""),""),'
            f"IF(ISNUMBER([@touchpoint_row]),IF(ISNUMBER({_TOUCHPOINT_REACH}),"
            f"IF(AND({_TOUCHPOINT_REACH}>=0,{_TOUCHPOINT_REACH}<=1),"
            f'{_TOUCHPOINT_REACH},""),""),""))'
        ),
        "moment_used": (
            "=IF(ISNUMBER([@touchpoint_row]),"
            f"IF(ISLOGICAL({_TOUCHPOINT_MOMENT}),IF({_TOUCHPOINT_MOMENT},cjm_moment,1),"
            f"IF(ISNUMBER(MATCH(TRIM({_TOUCHPOINT_MOMENT}),cjm_yes,0)),cjm_moment,1)),1)"
        ),
        "evidence_list": _tokens("evidence"),
        "frequency": (
            "=IF(AND(ISNUMBER([@hit]),N([@observed])>0),"
            'IF(AND([@hit]>=0,[@hit]<=[@observed]),[@hit]/[@observed],""),'
            "IF(AND([@hit]=0,[@observed]=0,ISNUMBER([@guess])),"
            'IF(AND([@guess]>=0,[@guess]<=1),[@guess],""),""))'
        ),
        "frequency_low": (
            '=IF(COUNT([@frequency],[@n_used],cjm_z)<3,"",IF([@frequency]=0,0,'
            f"MAX(0,([@frequency]+cjm_z^2/(2*[@n_used])-{_SPREAD})/(1+cjm_z^2/[@n_used]))))"
        ),
        "frequency_high": (
            '=IF(COUNT([@frequency],[@n_used],cjm_z)<3,"",'
            f"MIN(1,([@frequency]+cjm_z^2/(2*[@n_used])+{_SPREAD})/(1+cjm_z^2/[@n_used])))"
        ),
        "sources": (
            f'=IF([@pain]="","",SUMPRODUCT({_LISTED}*(MATCH('
            f'{_LISTED}&"|"&Evidence[[#All],[source]],{_LISTED}&"|"&Evidence[[#All],[source]],0)'
            "=Evidence[[#All],[row_no]])))"
        ),
        "grade": (
            '=IF([@pain]="","",IF(N([@n_used])>=30,IF([@sources]>=2,"A","B"),'
            'IF(N([@n_used])>=5,IF([@sources]>=2,"B","C"),"D")))'
        ),
        "if_true": _scored("frequency"),
        "evidenced": _scored("frequency_low", "*VLOOKUP([@grade],cjm_grade,2,FALSE)"),
        "gap": '=IF(COUNT([@if_true],[@evidenced])=2,[@if_true]-[@evidenced],"")',
        "value_at_risk": _value("frequency_low"),
        "value_low": _value("frequency_low"),
        "value_high": _value("frequency_high"),
    },
    "Opportunities": {
        "pains_list": _tokens("pains"),
        "payoff": (
            '=IF(OR(TRIM([@pains_list])="",COUNT([@relief],[@effort])<2),"",'
            'IF(OR([@relief]<0,[@relief]>1,[@effort]<1),"",'
            f"IF(SUMPRODUCT({_NAMED},{_ONE_OF_ITS_ID},--ISNUMBER(Pains[evidenced]))"
            '=LEN([@pains_list])-LEN(SUBSTITUTE([@pains_list]," ",""))-1,'
            f'SUMPRODUCT({_NAMED},Pains[evidenced])*[@relief]/[@effort],"")))'
        ),
    },
    "Actions": {
        "overdue": (
            "=IF(ISNUMBER([@due]),IF(AND([@due]<cjm_today,ISNA(MATCH(TRIM([@status]),"
            'cjm_closed,0))),cjm_word_yes,cjm_word_no),"")'
        ),
    },
    "Evidence": {"row_no": "=ROW()-ROW(Evidence[[#Headers],[id]])+1"},
}


def structured(text: str, table: str, label: Callable[[str, str], str]) -> str:
    """Return a canonical formula of a table with structured references under people's labels.

    label(table, column) gives a column's label. Only the long form with the table's name and inner
    brackets works in Excel and LibreOffice alike.
    """
    text = _PART.sub(lambda m: f"{m[1]}[[#{m[2]}],[{label(m[1], m[3])}]]", text)
    text = _DATA.sub(lambda m: f"{m[1]}[{label(m[1], m[2])}]", text)
    return _OWN.sub(lambda m: f"{table}[[#This Row],[{label(table, m[1])}]]", text)


def plain(
    text: str,
    own: Callable[[str], str],
    column: Callable[[str, str, str], str],
) -> str:
    """Return a canonical formula with A1 references and semicolons, as every locale parses it.

    own(column) gives the own row's cell; column(table, column, part) gives a column's range:
    part is "All" (with its header), "Headers" (that cell alone) or "Data".
    """
    text = _PART.sub(lambda m: column(m[1], m[3], m[2]), text)
    text = _DATA.sub(lambda m: column(m[1], m[2], "Data"), text)
    text = _OWN.sub(lambda m: own(m[1]), text)
    pieces = _QUOTED.split(text)
    pieces[::2] = [piece.replace(",", ";") for piece in pieces[::2]]
    return "".join(pieces)
