"""What is said where a part of the course cannot be used as it was written."""

from __future__ import annotations


class CourseError(ValueError):
    """Somebody wrote a part of the course that is missing something or does not fit the others.

    The message is one line, and begins with the file and the line to look at.
    """
