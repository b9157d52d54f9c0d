"""Behind the wall there is all of the standard library and of numpy, what the course allows, and no other file."""

from __future__ import annotations

import pytest

from grader.isolation.errors import LibraryMissing, WallError
from grader.isolation.libraries import find_libraries
from grader.isolation.sandbox import Sandbox, open_sandbox
from tests.isolation.conftest import ask, session_of

LIBRARY = """
import asyncio, concurrent.futures, ctypes.wintypes, curses, email.mime.text, http.client, lib2to3, logging.handlers
import multiprocessing.pool, sqlite3.dbapi2, ssl, statistics, tkinter, unittest.mock, winreg, wsgiref, xml.dom.minidom
import numpy.f2py, numpy.ma.mrecords, numpy.matlib, numpy.polynomial.chebyshev, numpy.testing
from numpy import *
"""


@pytest.mark.parametrize("kind", ["wall", "no_wall"])
def test_all_of_the_library_can_be_imported(request: pytest.FixtureRequest, kind: str) -> None:
    sandbox: Sandbox = request.getfixturevalue(kind)
    text = f"{LIBRARY}\ndef answer():\n    return float(statistics.NormalDist().cdf(0.0)), array([1.0]).sum()\n"
    with session_of(sandbox, mine=text) as session:
        assert ask(session, "answer") == [0.5, 1.0]


def test_what_the_course_allows_is_there_and_nothing_of_ours() -> None:
    text = (
        "import iniconfig, pytest\ndef answer():\n    return iniconfig.__name__\n"
        "def other():\n    return pytest.x\ndef path():\n    return open(iniconfig.__file__).read(0)\n"
        "def ours():\n    import grader\n    return open('/etc/passwd').read()\n"
    )
    try:
        sandbox = open_sandbox("full", allow=["iniconfig"])
    except WallError as error:
        pytest.skip(f"this machine cannot lock a child in: {error}")
    with sandbox, session_of(sandbox, mine=text) as session:
        assert ask(session, "answer") == "iniconfig"
        assert "there are numpy, iniconfig and the standard library" in str(ask(session, "other"))
        assert "PermissionError" in str(ask(session, "ours"))


def test_the_import_that_was_there_before_ours_finds_nothing_that_knows_an_answer(wall: Sandbox) -> None:
    text = (
        "import builtins, sys\n"
        "def get(name):\n    try:\n        builtins.__import__(name)\n    except ImportError:\n        return False\n"
        "    return True\n"
        "def held():\n    return [n for n in sys.modules if n.split('.')[0] in ('grader', 'pytest', 'tests')]\n"
    )
    rooms = ("course.catalogue", "course.suites", "grading.reference", "results.records", "isolation.sandbox")
    with session_of(wall, mine=text) as session:
        assert not any(ask(session, "get", name) for name in (*(f"grader.{room}" for room in rooms), "pytest", "tests"))
        held = ask(session, "held")
    assert "grader.student.loader" in held
    assert not [
        name for name in held if name != "grader" and not name.startswith(("grader.isolation", "grader.student"))
    ]


def test_a_library_comes_with_what_it_requires_and_never_with_ours() -> None:
    found = find_libraries(["pytest"])
    assert {"pytest", "_pytest", "pluggy", "iniconfig"} <= set(found.roots)
    assert "grader" not in found.roots
    assert not any(path.endswith("grader") for path in found.readable)


def test_a_library_that_is_not_installed_is_named() -> None:
    with pytest.raises(LibraryMissing, match="names 'nowhere', which is not installed here"):
        find_libraries(["nowhere"])
