"""The students' repository, its environment and a course of nbgrader's, made once for whoever asks."""

from tests.frontends.notebooks.conftest import command, handed_in
from tests.frontends.release.conftest import released, student_bin

__all__ = ["command", "handed_in", "released", "student_bin"]
