"""The students' repository and its environment, made once for whoever asks."""

from tests.frontends.release.conftest import released, student_bin

__all__ = ["released", "student_bin"]
