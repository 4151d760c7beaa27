"""Decides how the page around the wall map looks, and that it prints on one sheet of A3."""

from cjm_sheets.drawing import palette, styles
from cjm_sheets.drawing.svg import FAMILY, figure

WIDE = 2400.0
"""From this width on a map is scrolled sideways, and the titles of its lanes stay in sight."""
_SMALLEST = 0.74
"""How much a map may be made smaller to fit a window."""
_STYLE = """
*{box-sizing:border-box}
html{background:#EDF0F4;color:INK;font:16px/1.5 FAMILY;-webkit-text-size-adjust:100%}
body{margin:0}
main{padding:24px;max-width:WIDESTpx;margin:0 auto}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;
clip-path:inset(50%);white-space:nowrap}
.sheet{background:#FFFFFF;border-radius:10px;box-shadow:0 1px 3px #1F2A3726,0 8px 28px #1F2A3714;
overflow-x:auto}
.sheet:focus-visible,a:focus-visible,summary:focus-visible{
outline:3px solid #2A5F8F;outline-offset:2px}
.sheet svg{display:block;width:100%;height:auto;min-width:LEASTpx}
.wide{display:grid}
.sheet.wide svg{grid-area:1/1;width:LEASTpx}
.sheet.wide svg.names{position:sticky;left:0;min-width:0;width:NAMESpx;pointer-events:none}
svg a:hover rect:first-of-type{stroke:INK}
section.part,details.part{background:#FFFFFF;border-radius:10px;
padding:22px 28px 26px;margin-top:20px;
box-shadow:0 1px 3px #1F2A3720;overflow-x:auto}
h2{font-size:20px;line-height:1.3;margin:0 0 6px}
p{margin:0 0 14px;color:MUTED;max-width:80ch}
table{border-collapse:collapse;width:100%;font-size:14.5px;line-height:1.4}
th{text-align:start;font-weight:600;color:MUTED;font-size:13px;vertical-align:bottom}
th,td{padding:8px 14px 8px 0;border-bottom:1px solid FAINT}
td{vertical-align:top;overflow-wrap:anywhere;min-width:5ch}
tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}
tbody th{color:INK;font-size:inherit;vertical-align:top;min-width:16ch;overflow-wrap:anywhere}
.figure{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
.grade{display:inline-block;min-width:22px;text-align:center;border-radius:4px;color:#FFFFFF;
font-weight:600}
GRADES
.lacks td,.lacks th{background:AMBERWASH}
.lacks td:first-child{border-left:3px solid AMBER}
.late{color:PAIN;font-weight:600}
.done{color:HIGH;font-weight:600}
a{color:#2A5F8F}
tr:target td,tr:target th{background:#EAF2FA}
summary{font-size:20px;font-weight:700;cursor:pointer}
details[open] summary{margin-bottom:12px}
dl{display:grid;gap:10px 28px;margin:0;font-size:14.5px;
grid-template-columns:repeat(auto-fit,minmax(270px,1fr))}
dt{font-weight:600}
dd{margin:0;color:MUTED}
@page{size:A3 landscape;margin:0}
@media print{
html{background:#FFFFFF}
main{padding:0;max-width:none}
.sheet{border-radius:0;box-shadow:none;overflow:hidden;width:420mm;height:296.5mm}
.sheet svg,.sheet.wide svg{width:420mm;height:296.5mm;min-width:0}
.sheet.wide svg.names{display:none}
.part,.unseen{display:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
"""


def style(width: float) -> str:
    """Return the style sheet of a page with a map of a width, in pixels."""
    grades = "\n".join(f".grade-{g}{{background:{colour}}}" for g, colour in palette.GRADES.items())
    values = {
        "INK": palette.INK,
        "MUTED": palette.MUTED,
        "FAINT": palette.FAINT,
        "FAMILY": FAMILY,
        "AMBERWASH": palette.AMBER_WASH,
        "AMBER": palette.AMBER,
        "PAIN": palette.PAIN,
        "HIGH": palette.HIGH,
        "GRADES": grades,
        "LEAST": figure(round(width * _SMALLEST)),
        "NAMES": figure((styles.MARGIN + styles.LABELS - 2) * round(width * _SMALLEST) / width),
        "WIDEST": figure(round(width * 1.25) + 48),
    }
    text = _STYLE
    for name, value in values.items():
        text = text.replace(name, value)
    return text
