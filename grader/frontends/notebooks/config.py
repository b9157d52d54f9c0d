"""What a course's nbgrader_config.py refers to: which classes of ours stand where in nbgrader's own lists."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    GetGrades,
    IgnorePattern,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

from grader.frontends.notebooks.execute import StockExecute, WalledExecute
from grader.frontends.notebooks.feedback import DropHiddenTests, NamedChecks, SummaryFirst
from grader.frontends.notebooks.handed_in import take_nested, take_renamed
from grader.frontends.notebooks.intake import ForgivingExporter
from grader.frontends.notebooks.restore import RestoreCells
from grader.frontends.notebooks.tools import find_tools

EXPORTER = ForgivingExporter
FEEDBACK_EXPORTER = NamedChecks
BEFORE = take_renamed
FILTERS = {"markdown2html": "grader.frontends.notebooks.markdown.markdown2html"}
take_nested()
find_tools()  # every command of nbgrader reads this config first


def sanitizing() -> list[Any]:
    """For Autograde.sanitize_preprocessors: nbgrader's own, after ours has put the notebook in order."""
    return [RestoreCells, ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata]


def behind_the_wall() -> list[Any]:
    """For Autograde.autograde_preprocessors: students' code in a locked-in process, the checks outside it."""
    return _autograding(WalledExecute)


def in_the_kernel() -> list[Any]:
    """For Autograde.autograde_preprocessors: nbgrader's stock execution, which trusts every student."""
    return _autograding(StockExecute)


def _autograding(execute: Any) -> list[Any]:
    rest = [LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]
    return [execute, IgnorePattern, ClearMetadataPreprocessor, *rest]


def feedback() -> list[Any]:
    """For GenerateFeedback.preprocessors."""
    return [GetGrades, SummaryFirst, DropHiddenTests, CSSHTMLHeaderPreprocessor]
