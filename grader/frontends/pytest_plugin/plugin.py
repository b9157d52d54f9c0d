"""The pytest front: `pytest exercises/stage5` collects the hidden checks for the files of a stage."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.frontends.pytest_plugin import guard, turns
from grader.frontends.pytest_plugin.items import CheckItem
from grader.frontends.pytest_plugin.nodes import StageDirectory
from grader.frontends.pytest_plugin.turns import verdict_of

if TYPE_CHECKING:
    from xdist.scheduler import Scheduling

TIME_LIMIT = 10.0
_STATUS = pytest.StashKey[int]()
MAX_CAPTURED = 10_000
LETTERS = {"mistake": "M", "wrong": "W", "blocked": "B", "todo": "T", "error": "E", "timeout": "H"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of the checks; they do nothing where no exercise is collected."""
    from grader.frontends.commands._arguments import not_negative, positive, seed

    group = parser.getgroup("misstep", "exercises that name the exact mistake")
    group.addoption("--misstep-seed", type=seed, default=None, help="seed of all inputs (default: the public one)")
    group.addoption(
        "--misstep-timeout",
        type=positive,
        default=TIME_LIMIT,
        metavar="SECONDS",
        help="time limit of an exercise (default: %(default)g)",
    )
    group.addoption("--misstep-pictures", action="store_true", help="draw what was seen, as grids of characters")
    group.addoption(
        "--misstep-line-seconds",
        type=not_negative,
        default=2.0,
        metavar="SECONDS",
        help="search so long for the line of an undocumented slip (default: %(default)g; 0: not at all)",
    )


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take over the directories that hold the files of a stage."""
    from grader.course.pages import stage_of

    number = stage_of(path)
    return StageDirectory.from_parent(parent, path=path, number=number) if number else None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Count failures as a student would."""
    session.config.pluginmanager.register(turns.FailureCount(session))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where `--stepwise` goes on, leave out nothing that only waited."""
    if config.getoption("stepwise", False) and config.cache is not None:
        found = config.cache.get("cache/stepwise", None)
        items[:] = turns.resumed(items, str(found.get("last_failed")) if isinstance(found, dict) else str(found))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run what a check waits for before it."""
    chosen = turns.before(item) if isinstance(item, CheckItem) else item
    if chosen is item:
        return None
    follows = item if nextitem is chosen else nextitem
    item.config.hook.pytest_runtest_protocol(item=chosen, nextitem=follows)
    return True


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    """Give all checks of an exercise to one process where exercises are asked for."""
    return turns.scheduler(config, log) if config.getvalue("dist") == "load" and _asks_for_a_stage(config) else None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a process of pytest-xdist whether it has all checks of an exercise."""
    dist = node.config.getvalue("dist")
    node.workerinput[turns.TOGETHER] = dist in ("loadscope", "loadfile") or (
        dist == "load" and _asks_for_a_stage(node.config)
    )


def _asks_for_a_stage(config: pytest.Config) -> bool:
    """Whether a path of the command line lies in the directory of a stage, or has one at most two levels below."""
    from grader.course.pages import stage_of

    for argument in config.args:
        path = config.invocation_params.dir / argument.partition("::")[0]
        folder = path if path.is_dir() else path.parent
        places = (folder, *folder.glob("*/"), *folder.glob("*/*/"))
        if any(place.is_dir() and stage_of(place) for place in places):
            return True
    return False


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Go on where nothing that a student's code does ends the run without a word."""
    if any(isinstance(item, CheckItem) for item in session.items) and guard.is_safe(session.config):
        guard.watch(session)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """The run is over, and has shown all that it has to show."""
    watched = config.stash.get(guard.KEY, None)
    status = config.stash.get(_STATUS, None)
    if watched is not None and status is not None:
        watched.done(status)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing but exercises failed, pytest's own list of failures gives way to the feedback."""
    session.config.stash[_STATUS] = int(session.exitstatus)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    failed = reporter.stats.get("failed", []) + reporter.stats.get("error", [])
    if failed and all(verdict_of(report) is not None for report in failed):
        session.config.option.tbstyle = "no"
        reporter.reportchars = ""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Cut long noise that the student's code printed, before it is stored or sent anywhere."""
    outcome: Any = yield
    if isinstance(item, CheckItem):
        report = outcome.get_result()
        report.sections = [(name, text[:MAX_CAPTURED]) for name, text in report.sections]


@pytest.hookimpl(wrapper=True)
def pytest_report_teststatus(report: pytest.TestReport) -> Generator[None, Any, Any]:
    """A letter and a word for each status; all but passed stay failures. Others (VS Code) are asked as well."""
    status = yield
    found = verdict_of(report)
    if found is None or not report.failed:
        return status
    word = str(found["status"])
    colours = {"red": word != "blocked", "yellow": word == "blocked"}
    return "failed", LETTERS[word], (word.upper(), colours)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Write the feedback and the boards: of each check the last report, where a plugin ran it again."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    final = [report for report in reports if getattr(report, "outcome", "") in ("passed", "failed")]
    found = {report.nodeid: (report, data) for report in final if (data := verdict_of(report)) is not None}
    if found:
        from grader.frontends.pytest_plugin.terminal import write_summary

        write_summary(terminalreporter, list(found.values()))


@pytest.hookimpl(optionalhook=True)
def pytest_json_runtest_metadata(item: pytest.Item, call: pytest.CallInfo[None]) -> dict[str, Any]:
    """What pytest-json-report stores of a check."""
    if call.when != "call" or not isinstance(item, CheckItem):
        return {}
    verdict, _ = item.parent.examined(item.exercise)[item.check.label]
    return verdict.to_json()
