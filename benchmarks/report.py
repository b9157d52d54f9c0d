"""The class report of a large class in a browser: time to first use, time of a sort, time of a filter.

A sort is also measured against a yardstick in the same page: making and laying out a table of as many plain cells as
are in sight, which is what a browser takes on this machine, busy as it is.

    python benchmarks/report.py [STUDENTS]

Needs the `dev` extra and a Chromium on the PATH. The class is drawn, every status in it; a sort counts until the rows
are laid out.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from grader.results.report.page import report
from tests.results.report.classes import drawn_class

ORDERS = ("name", "score down", "mistakes", "mistake 5.1", "exercise 5 scaled_attention", "score")
SORT = "order => { const t = performance.now(); sortBy(order); grid.table.offsetHeight; return performance.now() - t }"
FILTER = """text => { const t = performance.now(); controls.text.value = text; update(); grid.table.offsetHeight;
    return performance.now() - t }"""
YARDSTICK = """() => { const t = performance.now(); const table = document.createElement("table");
    for (const row of grid.body.rows) { const line = table.insertRow();
        for (const cell of row.cells) line.insertCell().textContent = cell.textContent; }
    document.body.append(table); table.offsetHeight; table.remove(); return performance.now() - t }"""


def main() -> None:
    """Print milliseconds."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    started = time.perf_counter()
    page = report(drawn_class(students))
    print(f"made in {time.perf_counter() - started:.1f} s: {students} students, {len(page) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        file = Path(home) / "report.html"
        file.write_text(page, encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        _measure(browser.new_page(), file)
        browser.close()


def _measure(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    first = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    pairs = [(page.evaluate(SORT, order), page.evaluate(YARDSTICK)) for order in ORDERS * 3]
    sorts = [took for took, _ in pairs]
    filters = [page.evaluate(FILTER, text) for text in ("student-0", "0.275", "")]
    print(f"first use after {first:.0f} ms")
    print(f"a sort: median {statistics.median(sorts):.0f} ms, at most {max(sorts):.0f} ms")
    print(f"against the yardstick: {statistics.median(took / plain for took, plain in pairs):.1f} times")
    print(f"a filter by text: {', '.join(f'{took:.0f}' for took in filters)} ms (the first one reads all feedback)")


if __name__ == "__main__":
    main()
