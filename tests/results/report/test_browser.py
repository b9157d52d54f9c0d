"""The class report in a real browser: it sorts, filters, opens students, prints, and shows hostile text as text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from grader.results.report.content import ClassContent
from grader.results.report.page import report
from tests.results.report.classes import HOSTILE, drawn_class

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on the PATH")
FEW, SMALL, LARGE = 4, 40, 400
NAMES = "#grid tbody th a"
DRAWN = "#student img.picture"
# Only violations are told in full: the rest takes most of the time. In the dark, colours alone are other ones.
VIOLATIONS = {"resultTypes": ["violations"]}
RULES = {"light": VIOLATIONS, "dark": {**VIOLATIONS, "runOnly": ["color-contrast"]}}
PLACES = {"#map": "#class", "#student=3": "#student", "#mistake-5.9": "#pages"}
LONG = {f"#student={len(HOSTILE) - 1}": "#student"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def small() -> ClassContent:
    return drawn_class(SMALL)


@pytest.fixture(scope="module")
def file(small: ClassContent, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report(small), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of few students: axe looks at every cell."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report(drawn_class(FEW)), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    with opened(browser, file) as page:
        yield page


class opened:
    """A page in a context of its own. At the end: it raised nothing, asked for nothing, and kept its title."""

    def __init__(self, browser: Browser, file: Path, **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **context})
        self.file = file
        self.requests: list[str] = []
        self.errors: list[str] = []

    def __enter__(self) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text))
        page.on("dialog", lambda dialog: self.errors.append(dialog.message))
        page.set_default_timeout(60_000)
        page.goto(self.file.as_uri())
        self.page = page
        return page

    def __exit__(self, *problem: object) -> None:
        title = self.page.title()
        self.context.close()
        if problem[0] is None:
            assert self.errors == []
            assert self.requests == [self.file.as_uri()]
            assert title == "Class report"


def go(page: Page, place: str) -> None:
    page.evaluate("place => { location.hash = place }", place)


def names(page: Page) -> list[str]:
    return page.locator(NAMES).all_text_contents()


def test_the_map_begins_with_the_fewest_points_and_sorts_by_its_headings(page: Page, small: ClassContent) -> None:
    shares = {student.name: student.share for student in small.students}
    page.get_by_role("button", name="Points").click()
    assert shares[names(page)[0]] == max(shares.values())
    page.get_by_role("button", name="Points").click()
    assert shares[names(page)[0]] == min(shares.values())
    expect(page.locator("#grid th[aria-sort=ascending]")).to_have_text("Points")
    expect(page.get_by_role("button", name="Points")).to_be_focused()
    page.get_by_role("button", name="Student").click()
    assert [name for name in names(page) if name.startswith("student-")] == sorted(
        name for name in names(page) if name.startswith("student-")
    )


def test_it_sorts_by_a_mistake_and_by_a_check(page: Page, small: ClassContent) -> None:
    page.get_by_label("Sort by").select_option("mistake 5.1")
    columns = [n for n, column in enumerate(small.columns) if column.label == "5.1"]
    made = {s.name: sum(s.marks[n] == "m" for n in columns) for s in small.students}
    assert [made[name] for name in names(page)] == sorted((made[name] for name in names(page)), reverse=True)
    place = columns[0]
    page.locator("#grid thead tr").nth(1).locator("button").nth(place).click()
    marks = {student.name: student.marks[place] for student in small.students}
    assert ["mweotbp-".index(marks[name]) for name in names(page)] == sorted(
        "mweotbp-".index(marks[name]) for name in names(page)
    )


def test_it_filters_by_stage_status_and_text(page: Page, small: ClassContent) -> None:
    page.get_by_label("Stage").select_option("5")
    columns = [n for n, column in enumerate(small.columns) if column.stage == 5]
    expect(page.locator("#grid thead tr").nth(1).locator("th")).to_have_count(len(columns))
    page.get_by_label("Somewhere").select_option("o")
    found = {s.name for s in small.students if any(s.marks[n] == "o" for n in columns)}
    expect(page.locator("#count")).to_have_text(f"{len(found)} of {SMALL} students")
    assert 0 < len(found) < SMALL
    page.get_by_label("Somewhere").select_option("")
    page.get_by_role("searchbox").fill("STUDENT-0007")
    expect(page.locator(NAMES)).to_have_text("student-0007")


def test_a_bar_holds_the_names_behind_it_and_leads_to_a_student(page: Page, small: ClassContent) -> None:
    bar = small.mistakes()[0]
    row = page.locator("#mistakes tbody tr").first
    row.locator("summary").click()
    assert row.locator("li").count() == bar.count
    name = row.locator("li a").first.inner_text()
    row.locator("li a").first.click()
    expect(page.locator("#student h2").first).to_have_text(name)
    expect(page.locator("#class")).to_be_hidden()


def test_a_student_is_opened_by_the_keyboard_and_a_mistake_by_its_link(page: Page, small: ClassContent) -> None:
    page.get_by_role("searchbox").fill("student-")
    page.locator(NAMES).first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(page.locator(NAMES).last).to_be_focused()
    last = names(page)[-1]
    page.keyboard.press("Enter")
    expect(page.locator("#student h2").first).to_have_text(last)
    expect(page.locator("#student")).to_be_focused()
    go(page, "#student=20")
    expect(page.locator("#student h2").first).to_have_text(small.students[20].name)
    link = page.get_by_text("The page about").first
    wanted = link.inner_text().removeprefix("The page about ")
    link.click()
    expect(page.locator("article.page:visible")).to_have_count(1)
    expect(page.locator("article.page:visible h2")).to_contain_text(f"{wanted} · ")
    page.go_back()
    expect(page.locator("#student h2").first).to_have_text(small.students[20].name)


def test_hostile_students_are_text(page: Page, small: ClassContent) -> None:
    for student in small.students[: len(HOSTILE)]:
        go(page, f"#student={student.number}")
        expect(page.locator("#student h2").first).to_have_text(student.name, use_inner_text=False)
        assert page.locator("#student").locator("script, img:not(.picture)").count() == 0
        if any(verdict.status == "error" for verdict in student.verdicts):
            expect(page.locator("#student article pre").first).to_contain_text("x = ")
            expect(page.locator("#student .source mark").first).to_contain_text("def ")
        drawn = page.locator(DRAWN)
        assert drawn.count() == sum(verdict.picture is not None for verdict in student.verdicts)
        if drawn.count():
            page.wait_for_function(
                f"() => [...document.querySelectorAll('{DRAWN}')].every((i) => i.naturalWidth > 300)"
            )


def test_dark_and_light_are_two_themes(browser: Browser, file: Path) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        with opened(browser, file, color_scheme=scheme) as page:
            colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


def test_all_rows_are_printed_and_only_the_open_student(browser: Browser, file: Path) -> None:
    count = "() => { window.printed = document.querySelectorAll('#grid tbody th').length }"
    with opened(browser, file, viewport={"width": 1200, "height": 200}) as page:
        page.evaluate(f"addEventListener('beforeprint', {count})")
        assert page.locator(NAMES).count() < SMALL
        assert page.pdf().startswith(b"%PDF")
        assert page.evaluate("window.printed") == SMALL
        page.emulate_media(media="print")
        expect(page.locator("#controls")).to_be_hidden()
        go(page, "#student=20")
        expect(page.locator("#student")).to_be_visible()
        expect(page.locator("#class")).to_be_hidden()


@pytest.mark.parametrize("width", [1200, pytest.param(380, marks=pytest.mark.long)])
def test_axe_finds_nothing(browser: Browser, few: Path, width: int) -> None:
    with opened(browser, few, viewport={"width": width, "height": 800}) as page:
        for place, view in PLACES.items():
            go(page, place)
            expect(page.locator(view)).to_be_visible()
            for scheme, options in RULES.items():
                page.emulate_media(color_scheme=scheme)
                found = Axe().run(page, options=options).response["violations"]
                assert [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found] == [], place


def test_a_phone_need_not_scroll_sideways(browser: Browser, file: Path) -> None:
    with opened(browser, file, viewport={"width": 380, "height": 800}) as page:
        for place, view in {**PLACES, **LONG}.items():
            go(page, place)
            expect(page.locator(view)).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= 380, place


def test_the_page_ends_where_its_content_ends(page: Page) -> None:
    end = page.evaluate("document.querySelector('#map').getBoundingClientRect().bottom + window.scrollY")
    assert page.evaluate("document.documentElement.scrollHeight") <= end + 100


def test_of_hundreds_of_students_only_the_rows_in_sight_exist(browser: Browser, tmp_path: Path) -> None:
    content = drawn_class(LARGE)
    file = tmp_path / "report.html"
    file.write_text(report(content), encoding="utf-8")
    with opened(browser, file) as page:
        expect(page.locator("#count")).to_have_text(f"{LARGE} of {LARGE} students")
        assert page.locator(NAMES).count() < 100
        page.get_by_label("Sort by").select_option("name")
        page.locator("#grid").evaluate("grid => { grid.scrollTop = grid.scrollHeight }")
        expect(page.locator(NAMES).last).to_have_text("x" * 255)
        assert page.locator(NAMES).count() < 100
        name = content.students[LARGE - 12].name
        page.get_by_role("searchbox").fill(name)
        expect(page.locator(NAMES)).to_have_text(name)
