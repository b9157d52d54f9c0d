"""How a process of the untrusted side is started: a fresh interpreter with nothing of ours in it.

No environment, no site-packages, no current directory; the folders of this package and of numpy are on the
module path only while they are imported.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from grader.isolation.errors import WallError

# The first argument says where to import from and what to start.
_BOOT = """
import json, socket, sys
config = json.loads(sys.argv[1])
wire = socket.socket(fileno=config["wire"]) if "wire" in config else socket.fromshare(sys.stdin.buffer.read())
try:
    config["library"] = list(sys.path)
    sys.path += config["path"]
    if config["start"] == "zygote":
        from grader.isolation.zygote import main
    else:
        from grader.isolation.plain_child import main
    main(wire, config)
except Exception:
    import traceback
    wire.sendall(json.dumps({"problem": traceback.format_exc()[-4000:]}).encode())
"""
# One thread of linear algebra per process; the same order of sets and dicts on every run; and memory of
# arrays is kept for the next one (glibc), because in a fresh fork every page that is given back and taken again
# costs a fault.
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "LC_ALL": "C.UTF-8",
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
}
# Without these some interpreters do not start at all.
_NEEDED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT")


def start(what: str, wire: socket.socket, **config: Any) -> subprocess.Popen[bytes]:
    """Start the process `what` ("zygote" or "plain_child") with `wire` as its only socket."""
    if not sys.executable:
        raise WallError("this Python does not know its own executable")
    shared = os.name == "nt"
    config |= {"start": what, "path": _module_path()} | ({} if shared else {"wire": wire.fileno()})
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-S", "-B", "-X", "utf8", "-c", _BOOT, json.dumps(config)],
            stdin=subprocess.PIPE if shared else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT | {name: os.environ[name] for name in _NEEDED if name in os.environ},
            cwd=os.path.abspath(os.sep),
            start_new_session=True,
            pass_fds=() if shared else (wire.fileno(),),
        )
    except OSError as error:
        raise WallError(f"cannot start a worker: {error}") from error
    if shared:
        assert process.stdin is not None
        process.stdin.write(wire.share(process.pid))  # type: ignore[attr-defined, unused-ignore]
        process.stdin.close()
    return process


def _module_path() -> list[str]:
    """Where this package and numpy are found."""
    ours = Path(__file__).resolve().parents[2]
    return [str(ours), str(Path(np.__file__).resolve().parents[1])]
