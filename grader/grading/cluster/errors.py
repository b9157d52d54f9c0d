"""What can go wrong with a cluster as a whole."""

from __future__ import annotations


class ClusterError(RuntimeError):
    """The cluster cannot be used, or is gone; the message says why."""
