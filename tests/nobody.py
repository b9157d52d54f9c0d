"""Running a command as an ordinary user, for tests that root runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache

from tests.conftest import ROOT

_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
# The interpreter may lie where nobody may read: this one right is left then, and it is none of the wall's.
_READER = ("--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search")

# Its own rights may have let the first interpreter start; the one that it starts has only those of nobody.
_TRIAL = "import subprocess, sys; subprocess.run([sys.executable, '-B', '-c', 'import grader, pytest'], check=True)"


@cache
def as_nobody() -> tuple[str, ...] | None:
    """What to put before a command, or None where we cannot become nobody or nobody could run this Python."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("setpriv") is None:
        return None
    for prefix in (_NOBODY, (*_NOBODY, *_READER)):
        trial = [*prefix, sys.executable, "-B", "-c", _TRIAL]
        try:
            done = subprocess.run(trial, cwd=ROOT, capture_output=True, timeout=60, check=False)
        except OSError:
            continue
        if done.returncode == 0:
            return prefix
    return None
