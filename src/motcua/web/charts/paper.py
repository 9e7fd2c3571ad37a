"""A chart on paper: no style sheet there, and black ink."""

from django.utils.safestring import SafeString

_INK = """
text{font-family:Tinos;font-size:13px;fill:#000}.mc-chart__scale{font-size:12px}
.mc-chart__grid{stroke:#bbb;stroke-width:.6}.mc-chart__bar{fill:#777}.mc-chart__bar--short{fill:#ccc}
.mc-chart__hatch{stroke:#555;stroke-width:1}.mc-chart__target{stroke:#000;stroke-width:2}
.mc-chart__before{stroke:#000;stroke-width:1;stroke-dasharray:2 1}
.mc-chart__foretold{fill:#fff;stroke:#000;stroke-width:1.5}.mc-chart__band{fill:#e2e2e2}
.mc-chart__fan{fill:none;stroke:#000;stroke-width:1.2;stroke-dasharray:5 3}
.mc-chart__line{fill:none;stroke:#000;stroke-width:1.8}.mc-chart__point{fill:#000}
"""


def printed(chart: SafeString) -> str:
    """Return the chart as a file of its own, in black and grey."""
    head, _end, rest = str(chart).partition(">")
    return f"{head}><style>{_INK.strip()}</style>{rest}"
