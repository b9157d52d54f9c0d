"""Faults of the wall itself. They are ours, so they never become a student's verdict."""


class WallError(RuntimeError):
    """The wall could not be built, or its trusted helper process is gone."""
