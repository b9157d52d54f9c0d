"""The options of a Dask cluster, which two commands share."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.grading.cluster.client import Cluster


def add_cluster(parser: argparse.ArgumentParser) -> None:
    """`--scheduler` or `--scheduler-file`, and what TLS needs."""
    cluster = parser.add_argument_group("on a Dask cluster", "see docs/instructors/cluster.md")
    where = cluster.add_mutually_exclusive_group()
    where.add_argument("--scheduler", metavar="ADDRESS", default="", help="such as tcp://10.0.0.1:8786 or tls://…")
    where.add_argument("--scheduler-file", metavar="FILE", type=Path, help="the file that `dask scheduler` wrote")
    cluster.add_argument("--tls-ca-file", metavar="FILE", type=Path, help="default: as Dask's own configuration has it")
    cluster.add_argument("--tls-cert", metavar="FILE", type=Path)
    cluster.add_argument("--tls-key", metavar="FILE", type=Path)


def on_cluster(args: argparse.Namespace) -> bool:
    """Whether a cluster is asked for. Raises ClusterError for options that need one."""
    from grader.grading.cluster.errors import ClusterError

    asked = bool(args.scheduler or args.scheduler_file)
    if not asked and (args.tls_ca_file or args.tls_cert or args.tls_key):
        raise ClusterError("--tls-… belong to a Dask cluster; give its --scheduler or --scheduler-file too")
    return asked


def open_cluster(args: argparse.Namespace, job: Any, readers: int, command: str) -> Cluster:
    """The cluster that is asked for, and a line about it. Raises ClusterError."""
    from grader.grading.cluster.address import Address
    from grader.grading.cluster.client import connect

    address = Address(args.scheduler, args.scheduler_file, args.tls_ca_file, args.tls_cert, args.tls_key)
    cluster = connect(address, job, readers, lambda line: print(f"{command}: {line}", file=sys.stderr))
    cluster.crew.say(f"on the Dask cluster at {address}; dashboard: {cluster.dashboard}")
    return cluster
