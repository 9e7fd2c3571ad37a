"""
`python -m bench.papers`: how long a statutory paper takes to set, form by form.

Pure computing: no database, no disk. Every paper is looked at: it must be a PDF of as many pages.
"""

import argparse
import json
import os
import statistics
import time

GOAL_MS_A_PAGE = 50  # of processor time: other work on the machine says nothing about us


def main() -> int:
    """Set each form as often as asked, print milliseconds, and fail above the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--rows", type=int, default=1000, help="lines of the long register")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings.test")
    import django

    django.setup()
    from motcua.dossiers.definitions import shipped_forms
    from motcua.dossiers.lifecycle import Paper
    from tests import pdf
    from tests.dossiers.sheets import BOOK, SLIP, facts_for, printed

    figures = {}
    for form in shipped_forms():
        first = time.process_time()
        with pdf.opened(printed(form)) as file:
            pages = len(file.pages)
        first = (time.process_time() - first) * 1000
        took = []
        for number in range(options.times):
            # Never the same twice, so that nothing is answered from the compiler's memory.
            facts = {**facts_for(form), "code": SLIP["code"][:-4] + f"{number:04}"}
            started = time.process_time()
            printed(form, facts)
            took.append((time.process_time() - started) * 1000)
        figures[f"{form.circular}-{form.number}"] = {
            "pages": pages,
            "first_ms": round(first, 1),
            "p50_ms": round(statistics.median(took), 1),
            "p95_ms": round(statistics.quantiles(took, n=20)[-1], 1),
            "ms_a_page": round(statistics.median(took) / pages, 1),
        }
    [book] = [f for f in shipped_forms() if f.paper is Paper.REGISTER and "2018" in f.circular]
    started = time.process_time()
    rows = [{**BOOK["rows"][0], "serial": n} for n in range(1, options.rows + 1)]
    content = printed(book, {**BOOK, "rows": rows})
    took_ms = (time.process_time() - started) * 1000
    with pdf.opened(content) as file:
        figures[f"register of {options.rows}"] = {
            "pages": len(file.pages),
            "ms": round(took_ms),
            "ms_a_page": round(took_ms / len(file.pages), 1),
        }
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    return 0 if all(each["ms_a_page"] <= GOAL_MS_A_PAGE for each in figures.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
