"""A source file in any encoding that Python knows, declared or not."""

from __future__ import annotations

import pytest

from grader.grading.intake.encodings import as_utf8

TEXT = "# Größe, café, naïve\nx = 'ä'\n"
DECLARED = ["utf-8", "latin-1", "cp1252", "iso-8859-15", "cp437", "mac_roman", "cp1250"]
FORMS = ["# -*- coding: {} -*-\n", "#!/usr/bin/python\n# coding={}\n", "# vim: set fileencoding={} :\n"]
CHINESE = "# 把每个头分开然后转置\n# 因果掩码不能看到未来\nx = 1\n"
JAPANESE = "# これはマスクです。未来を見てはいけない\nx = 1\n"
KOREAN = "# 미래를 볼 수 없는 마스크\nx = 1\n"
RUSSIAN = "# маска не видит будущего, веса складываются\nx = 1\n"


@pytest.mark.parametrize("encoding", DECLARED)
@pytest.mark.parametrize(
    "form", ["# -*- coding: {} -*-\n", "#!/usr/bin/python\n# coding={}\n", "# vim: set fileencoding={} :\n"]
)
def test_a_declared_encoding_is_honoured(encoding: str, form: str) -> None:
    text = form.format(encoding) + "# é\nx = 'é'\n"
    assert as_utf8(text.encode(encoding), "heads.py") == (text.encode(), "", "")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gbk", CHINESE),
        ("gb2312", CHINESE),
        ("shift_jis", JAPANESE),
        ("euc_jp", JAPANESE),
        ("euc_kr", KOREAN),
        ("koi8-r", RUSSIAN),
    ],
)
def test_declared_encodings_of_other_scripts_are_honoured(encoding: str, text: str) -> None:
    text = f"# coding: {encoding}\n{text}"
    assert as_utf8(text.encode(encoding), "heads.py") == (text.encode(), "", "")


@pytest.mark.parametrize(
    ("encoding", "text", "called"),
    [
        ("cp1252", TEXT, "cp1252"),
        ("cp1252", "# “quoted” — dash\n", "cp1252"),
        ("latin-1", "# \x81 é\n", "latin-1"),
        ("utf-16", TEXT, "utf-16"),
        ("utf-16-le", TEXT, "utf-16-le"),
        ("utf-16-be", TEXT, "utf-16-be"),
        ("utf-32", TEXT, "utf-32"),
        ("gbk", CHINESE, "gb18030"),
        ("cp949", KOREAN, "cp949"),
        ("cp932", JAPANESE, "cp932"),
        ("cp1251", RUSSIAN, "cp1251"),
    ],
)
def test_what_is_not_declared_is_what_it_can_only_be(encoding: str, text: str, called: str) -> None:
    content, note, problem = as_utf8(text.encode(encoding), "heads.py")
    assert not problem
    assert content.decode() == text
    assert f"read as {called}" in note


def test_utf8_needs_no_word_with_or_without_a_mark() -> None:
    assert as_utf8(TEXT.encode(), "heads.py") == (TEXT.encode(), "", "")
    assert as_utf8(TEXT.encode("utf-8-sig"), "heads.py") == (TEXT.encode(), "", "")
    assert as_utf8(b"", "heads.py") == (b"", "", "")


def test_a_wrong_declaration_is_noted_and_costs_nothing() -> None:
    text = "# -*- coding: utf-8 -*-\n# café\nx = 1\n"
    content, note, problem = as_utf8(text.encode("cp1252"), "heads.py")
    assert (content.decode(), problem) == (text, "")
    assert "it is not utf-8 as declared" in note


@pytest.mark.parametrize("encoding", ["klingon", "zlib", "rot13", "base64", "punycode", "undefined"])
def test_what_is_no_encoding_of_files_is_named(encoding: str) -> None:
    content, _, problem = as_utf8(f"# coding: {encoding}\nx = 1\n".encode(), "heads.py")
    assert not content
    assert repr(encoding) in problem
    assert "save it as UTF-8" in problem


def test_a_declaration_counts_in_the_first_two_lines_and_in_comments_only() -> None:
    for text in ("x = 1\n# coding: klingon\n", "\n\n# coding: klingon\n", "x = '# coding: klingon'\n"):
        assert as_utf8(text.encode(), "heads.py") == (text.encode(), "", "")
