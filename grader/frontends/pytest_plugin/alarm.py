"""One alarm clock for two: pytest-timeout's limit and ours share the process's only timer."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

SHARE = 0.9  # of what another timer leaves: our limit ends one call, theirs the whole item
AT_ONCE = 0.01


@contextmanager
def time_for(config: pytest.Config) -> Iterator[float]:
    """The seconds that an exercise's code may take in here; another's timer goes on afterwards where it was."""
    own = float(config.getoption("misstep_timeout"))
    limit = float(getattr(config, "_env_timeout", None) or 0)  # as pytest-timeout found it, however it was given
    left = signal.getitimer(signal.ITIMER_REAL)[0] if hasattr(signal, "getitimer") else 0.0
    started = time.monotonic()
    try:
        yield min([own, *(seconds * SHARE for seconds in (limit, left) if seconds > 0)])
    finally:
        if left > 0:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - started), AT_ONCE))
