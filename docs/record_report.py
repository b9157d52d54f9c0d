"""Take the pictures of the class report: `python docs/record_report.py`, into docs/pictures/report-*.png.

The class is that of `misstep demo`, under names of people. Its milestones are run, and a headless Chromium looks at the
page: at the class in the light theme, at the map in the dark one, and at a student with a picture.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
NAMES = (
    *("anil", "bo", "chidi", "dana", "dilan", "eva", "fatima", "greta", "hana", "ida", "jun", "kofi"),
    *("lena", "mira", "noor", "otto", "priya", "quinn", "rosa", "sami", "umar", "vera", "wen", "yuki"),
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WIDTH = 1200


def record(home: Path) -> None:
    """Grade the class in a folder, and take all pictures."""
    from grader.frontends.cli import main
    from grader.frontends.commands._sample_class import make_class

    batch, out = home / "class", home / "results"
    for name, folder in zip(NAMES, make_class(batch, ROOT / "solutions"), strict=True):
        folder.rename(batch / name)
    isolation = ["--isolation", "none"]
    main(["grade", str(batch), "--out", str(out), "--seed", "1", *isolation])
    main(["milestone", str(batch), "--results", str(out), *isolation])
    main(["report", str(out)])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        _take(browser, out / "report.html")
        browser.close()


def _take(browser: Browser, report: Path) -> None:
    page = _opened(browser, report, 900, "light")
    page.screenshot(path=PICTURES / "report-class.png")
    page = _opened(browser, report, 760, "dark")
    page.evaluate("document.querySelector('#map').scrollIntoView()")
    page.screenshot(path=PICTURES / "report-map.png")
    page = _opened(browser, report, 860, "light")
    student = page.evaluate("DATA.students.find(one => JSON.stringify(one.feedback).includes('\"5.9\"')).name")
    page.get_by_role("link", name=student, exact=True).first.click()
    page.locator("img.picture").first.wait_for()
    page.evaluate("document.querySelector('img.picture').closest('article').previousElementSibling.scrollIntoView()")
    page.screenshot(path=PICTURES / "report-student.png")


def _opened(browser: Browser, report: Path, height: int, scheme: str) -> Page:
    page = browser.new_page(viewport={"width": WIDTH, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(report.as_uri())
    return page


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        record(Path(folder))
