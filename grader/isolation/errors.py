"""Faults of the wall itself. They are ours, so they never become a student's verdict."""


class WallError(RuntimeError):
    """The wall could not be built, or its trusted helper process is gone."""


# How a child ended whose worker somebody else ended: the child died with it, whatever it was doing.
WORKER_GONE = "its worker is gone"


class LibraryMissing(WallError):
    """A library that the course allows is not installed where submissions are graded."""
