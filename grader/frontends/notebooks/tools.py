"""nbgrader runs `alembic` by its bare name, and misses it where no environment was activated."""

from __future__ import annotations

import os
import sysconfig


def find_tools() -> None:
    """Put the directory of this environment's commands on the PATH, where it is not there yet."""
    scripts = sysconfig.get_path("scripts")
    path = os.environ.get("PATH", os.defpath)
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, path])
