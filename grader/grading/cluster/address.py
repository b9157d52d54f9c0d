"""Where the scheduler is, what TLS needs, and the connection to it."""

from __future__ import annotations

import asyncio
import json
import logging
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.grading.cluster.errors import ClusterError

if TYPE_CHECKING:
    from distributed import Client, Security

CONNECT_SECONDS = 20


@dataclass(frozen=True)
class Address:
    """Where the scheduler is, and what TLS needs; what is not given is as Dask's own configuration has it."""

    scheduler: str = ""
    scheduler_file: Path | None = None
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def __str__(self) -> str:
        return self.scheduler or str(self.scheduler_file)


def open_client(address: Address) -> Client:
    """A Dask client, connected. Raises ClusterError."""
    try:
        from distributed import Client, Security
    except ImportError as error:
        raise ClusterError("a Dask cluster needs Dask here: pip install 'misstep[cluster]'") from error
    _quieten()
    tls = {"tls_ca_file": address.ca, "tls_client_cert": address.certificate, "tls_client_key": address.key}
    given: dict[str, Any] = {name: str(path) for name, path in tls.items() if path}
    try:
        security = Security(require_encryption=True, **given) if given else Security()
        scheduler = address.scheduler or _read(address)
        # Tried before there is a client: one that cannot connect is slow to go, and not silent.
        asyncio.run(_reach(scheduler, security))
        return Client(scheduler, timeout=CONNECT_SECONDS, security=security, set_as_default=False, name="misstep")
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        raise ClusterError(f"no Dask scheduler can be reached at {address}: {error}") from error


def _read(address: Address) -> str:
    """The address in the file that `dask scheduler --scheduler-file` wrote. Raises OSError and ValueError."""
    assert address.scheduler_file
    try:
        return str(json.loads(address.scheduler_file.read_bytes())["address"])
    except (KeyError, TypeError) as error:
        raise ValueError("the file names no address") from error


async def _reach(scheduler: str, security: Security) -> None:
    from distributed.core import connect

    comm = await connect(scheduler, timeout=CONNECT_SECONDS, **security.get_connection_args("client"))
    await comm.close()


def _quieten() -> None:
    """What happens to workers and scheduler is told in our own words; Dask would add tracebacks and tables to them.

    Its configuration gives each of its loggers a level and a handler of its own.
    """
    import dask
    from distributed.versions import VersionMismatchWarning

    warnings.simplefilter("ignore", VersionMismatchWarning)
    # Else every message is kept, a thousand of them, with the texts that were sent.
    dask.config.set({"distributed.admin.low-level-log-length": 0})
    for name in [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]:
        logging.getLogger(name).setLevel(logging.CRITICAL)
