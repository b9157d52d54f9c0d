"""Text of a submission cannot leave its place."""

from __future__ import annotations

import pytest

from grader.results.escape import cell, html, markdown, one_line, shortened, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 数", "plain é 数"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb", "a\\nb"),
        ("caf\udce9", "caf\\xe9"),
        ("\ud800", "\\ud800"),
        ("right\u202eleft", "right\\u202eleft"),
        ("\u2028", "\\u2028"),
        ("\u200cjoined", "\u200cjoined"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_its_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "  =", "\uff1d"])
def test_a_cell_that_could_start_a_formula_gets_an_apostrophe(start: str) -> None:
    assert cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("start", ["\t", "\r", "\n", "\x00"])
def test_a_control_character_hides_no_formula(start: str) -> None:
    assert not cell(f"{start}=1").startswith(("=", start))


def test_an_ordinary_cell_is_left_as_it_is() -> None:
    assert cell("Mary O'Neil-Smith") == "Mary O'Neil-Smith"


def test_markup_is_shown_and_not_obeyed_in_html() -> None:
    assert html("<script>\"'&") == "&lt;script&gt;&quot;&#x27;&amp;"


def test_markdown_shows_markup_links_and_mentions_as_text() -> None:
    shown = markdown("<b>[x](http://y) @teacher #1 |`a` **b** $c$\n# d &amp;")
    assert "<b>" not in shown
    assert "@teacher" not in shown
    assert "http://" not in shown
    assert "\n" not in shown
    assert "\\[x\\]\\(" in shown
    assert "\\|\\`a\\`" in shown
    assert "&amp;amp;" in shown


@pytest.mark.parametrize("text", ["1. x", "- x", "+ x", "* x", "# x", "> x", "===", "---", "    x", "| a |", "[^1]"])
def test_markdown_text_begins_no_block(text: str) -> None:
    shown = markdown(text)
    assert shown.startswith(("1\\.", "\\", "x"))


def test_one_line_is_one_line_and_bounded() -> None:
    assert one_line("a\r\n b\u2028c") == "a b c"
    assert len(one_line("x" * 5000, limit=100)) == 100


@pytest.mark.parametrize(
    ("text", "shown"), [("\n ::notice::x", "\\x3a:notice::x"), ("a ##[x", "a #\\x23[x"), ("a::b", "a::b")]
)
def test_one_line_is_no_command_to_githubs_log(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_shortened_keeps_lines() -> None:
    assert shortened("a\nb", 10) == "a\nb"
    assert shortened("a" * 20, 10) == "a" * 9 + "…"


def test_a_formula_behind_a_separator_is_made_harmless_and_a_sentence_is_left_alone() -> None:
    assert cell("x;=HYPERLINK(0)") == "x;'=HYPERLINK(0)"
    assert cell('x;"=1+1') == "x;\"'=1+1"
    assert cell("x; \t@SUM(A1)", lines=True) == "x; \t'@SUM(A1)"
    assert cell("5.1; errors: heads (a, -0.3)") == "5.1; errors: heads (a, -0.3)"
