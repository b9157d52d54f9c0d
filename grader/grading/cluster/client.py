"""The client of a Dask cluster: it reads submissions, sends them in bundles, and takes verdicts back."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from grader.grading.cluster.bundles import Bundle, Pace, bundled, dump_plan, dump_works
from grader.grading.cluster.crew import Crew
from grader.grading.cluster.errors import ClusterError
from grader.grading.find import Task
from grader.grading.plan import Plan, kit_digest
from grader.grading.pool import Done, Pool
from grader.grading.watch import Watch
from grader.grading.worker import EMPTY, is_known, read, serve_tasks

if TYPE_CHECKING:
    from distributed import Client, Future

LOOK_SECONDS = 1.0
CONNECT_SECONDS = 20
# So many bundles are under way for each thread: one at work, and one that waits for it.
AHEAD = 2
# How long workers that are there may take to say whether they fit.
ADMISSION_SECONDS = 120.0


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


def connect(address: Address, plan: Plan, readers: int) -> Cluster:
    """A cluster to grade on; `readers` processes here read submissions. Raises ClusterError."""
    # Forked before Dask starts its threads.
    pool = Pool[Task](partial(_serve_reading, plan, plan.digest()), readers)
    try:
        return Cluster(_client(address), str(address), plan, pool)
    except BaseException:
        pool.close()
        raise


def _client(address: Address) -> Client:
    try:
        from distributed import Client, Security
    except ImportError as error:
        raise ClusterError("a Dask cluster needs Dask here: pip install 'misstep[cluster]'") from error
    options: dict[str, Any] = {"timeout": CONNECT_SECONDS, "set_as_default": False, "name": "misstep"}
    tls = {"tls_ca_file": address.ca, "tls_client_cert": address.certificate, "tls_client_key": address.key}
    given = {name: str(path) for name, path in tls.items() if path}
    try:
        if given:
            options["security"] = Security(require_encryption=True, **given)
        if address.scheduler_file:
            return Client(scheduler_file=str(address.scheduler_file), **options)
        return Client(address.scheduler, **options)
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        raise ClusterError(f"no Dask scheduler can be reached at {address}: {error}") from error


class Cluster:
    """An executor over a Dask cluster. Which worker does what, and again when one is lost, is left to Dask.

    Bundles under way are bounded. A bundle over which workers die again and again is taken apart; a submission
    that does so by itself is given up with a problem of ours, and the others go on.
    """

    def __init__(self, client: Client, address: str, plan: Plan, readers: Pool[Task]) -> None:
        self._client, self._address, self._readers = client, address, readers
        self._run = f"misstep-{secrets.token_hex(4)}"
        self._plan = plan
        self.crew = Crew()
        self._pace = Pace()
        self._sent = 0
        self._under_way: dict[str, tuple[Future, Bundle]] = {}
        self._ready: SimpleQueue[Future] = SimpleQueue()
        self._suspects: Bundle = []
        self._problem = ""
        self._looked = 0.0

    @property
    def dashboard(self) -> str:
        """The address of the scheduler's own page."""
        return str(self._client.dashboard_link)

    def __enter__(self) -> Cluster:
        from grader.grading.cluster.admission import make_plugin, make_task

        self._task = make_task(self._run)
        self._client.subscribe_topic(self._run, self.crew.tell)
        self._client.register_plugin(make_plugin(self._run, kit_digest(), dump_plan(self._plan)))
        return self

    def __exit__(self, *_: object) -> None:
        for line in self.crew.lines():
            self.crew.say(line)
        try:
            if self._client.status == "running":
                self._client.unregister_worker_plugin(self._run)
        except (OSError, RuntimeError, ValueError):
            pass  # The scheduler is gone, and the plugin with it.
        self._client.close()
        self._readers.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[Done[Task]]:
        """Every task as it is done, in no particular order. Raises ClusterError when the cluster is gone."""
        source = bundled(self._readers.run(tasks), self._pace)
        more = True
        while more or self._under_way:
            self._look()
            while more and len(self._under_way) < max(1, AHEAD * self.crew.threads):
                item = next(source, None)
                if item is None:
                    more = False
                elif isinstance(item, Done):
                    yield item
                else:
                    self._wait_for_workers()
                    self._send(item)
            yield from self._collect()
        yield from self._try_suspects()

    def _wait_for_workers(self) -> None:
        """Until there is a worker that fits. Raises ClusterError where there are workers, and none of them fits."""
        began, told = time.monotonic(), False
        while not self.crew.threads:
            self._look(at_once=True)
            there = self._threads()
            if there and self.crew.refused.keys() >= there.keys():
                raise ClusterError(f"none of the {len(there)} Dask worker(s) at {self._address} can grade this batch")
            if there and not self.crew.knows(set(there)) and time.monotonic() - began > ADMISSION_SECONDS:
                raise ClusterError(f"the Dask workers at {self._address} did not say whether they can grade")
            if not there and not told:
                told = True
                self.crew.say(f"waiting for a Dask worker at {self._address}")
            time.sleep(0 if self.crew.threads else 0.1)

    def _look(self, at_once: bool = False) -> None:
        """Now and then: who is there? What waits for nobody is sent again once there is somebody."""
        if not at_once and time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        if self.crew.look(self._threads()):
            stranded, self._under_way = self._under_way, {}
            for future, bundle in stranded.values():
                future.cancel()
                self._send(bundle)

    def _threads(self) -> dict[str, int]:
        try:
            return dict(self._client.nthreads())
        except (OSError, RuntimeError, ValueError) as error:
            raise self._gone() from error

    def _send(self, bundle: Bundle) -> None:
        self._sent += 1
        works = dump_works(work for _, work in bundle)
        future = self._client.submit(
            self._task, works, key=f"{self._run}-{self._sent}", resources={self._run: 1}, pure=False
        )
        self._under_way[future.key] = future, bundle
        future.add_done_callback(self._ready.put)

    def _collect(self) -> Iterator[Done[Task]]:
        """What came back meanwhile; waits a little where nothing did."""
        try:
            ready = [self._ready.get(timeout=LOOK_SECONDS)]
        except Empty:
            self._require_running()
            return
        while not self._ready.empty():
            ready.append(self._ready.get())
        for future in ready:
            _, bundle = self._under_way.pop(future.key, (None, []))
            if not bundle:
                continue
            self._problem, answers = self._result(future)
            if self._problem:
                self._suspects += bundle
            else:
                yield from self._answered(bundle, answers)

    def _result(self, future: Future) -> tuple[str, bytes]:
        """The problem of a task that did not come to an end, or what it gave. Raises ClusterError."""
        if future.status in ("cancelled", "lost"):
            raise self._gone()
        try:
            return "", future.result()
        except Exception as error:
            self._require_running()
            return f"{type(error).__name__}: {error}", b""

    def _answered(self, bundle: Bundle, answers: bytes) -> Iterator[Done[Task]]:
        told = json.loads(answers)
        self._pace.add(len(bundle), told["seconds"])
        self.crew.add(told["worker"], len(bundle), told["seconds"])
        for (task, _), (answer, problem) in zip(bundle, told["answers"], strict=True):
            yield Done(task, answer, problem)

    def _try_suspects(self) -> Iterator[Done[Task]]:
        """Each by itself, with nothing else under way: now it is known over which the workers die."""
        suspects, self._suspects = self._suspects, []
        for suspect in suspects:
            self._wait_for_workers()
            self._send([suspect])
            while self._under_way:
                self._look()
                yield from self._collect()
            if self._suspects:
                self._suspects = []
                yield Done(
                    suspect[0], None, f"the Dask workers that graded it, and nothing else, failed: {self._problem}"
                )

    def _require_running(self) -> None:
        if self._client.status != "running":
            raise self._gone()

    def _gone(self) -> ClusterError:
        return ClusterError(f"the Dask scheduler at {self._address} is gone")


def _serve_reading(plan: Plan, digest: bytes, connection: Connection, watch: Watch) -> None:
    """A process that reads submissions, and grades none."""

    def act(task: Task) -> Any:
        work = read(task, plan, digest)
        return (work.key, None, None) if is_known(work, task) else work or EMPTY

    serve_tasks(act, connection, watch)
