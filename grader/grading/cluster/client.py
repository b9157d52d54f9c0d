"""The client of a Dask cluster: it reads submissions, sends them in bundles, and takes verdicts back."""

from __future__ import annotations

import pickle
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from grader.grading.cluster.address import Address, open_client
from grader.grading.cluster.bundles import Bundle, Pace, bundled
from grader.grading.cluster.crew import Crew
from grader.grading.cluster.errors import ClusterError
from grader.grading.cluster.job import Job
from grader.grading.cluster.reading import Readers
from grader.grading.cluster.scheduler import Scheduler
from grader.grading.cluster.slots import Slots
from grader.grading.cluster.station import grade_bundle
from grader.grading.cluster.suspects import Sent, Suspects
from grader.grading.plan import kit_digest
from grader.grading.pool import Done

if TYPE_CHECKING:
    from distributed import Client, Future

LOOK_SECONDS = 1.0
# How long workers that are there may take to say whether they fit.
ADMISSION_SECONDS = 120.0
# So many results are fetched at once.
MOST_AT_ONCE = 200
WORKER_LOST = "the worker ended, or could not be reached any more"


def connect(address: Address, job: Job, readers: int, say: Callable[[str], None]) -> Cluster:
    """A cluster to grade on; `readers` processes here read submissions, `say` tells the instructor a line.

    Raises ClusterError.
    """
    # Forked before Dask starts its threads.
    reading = Readers(job.read, readers)
    try:
        return Cluster(open_client(address), str(address), job, reading, say)
    except BaseException:
        reading.close()
        raise


class Cluster:
    """An executor over a Dask cluster. Bundles under way are bounded, and each is sent to a worker with a free place.

    A bundle over which a worker is lost is taken apart, and each of its submissions is
    tried by itself (see `suspects`), so that one which kills its workers costs the others nothing.
    """

    def __init__(self, client: Client, address: str, job: Job, readers: Readers, say: Callable[[str], None]) -> None:
        self._client, self._address, self._readers = client, address, readers
        self._scheduler = Scheduler(client, address)
        self._run = f"misstep-{secrets.token_hex(4)}"
        self._job = job
        self.crew = Crew(say)
        self._pace = Pace()
        self._sent = 0
        self._under_way: dict[str, Sent] = {}
        self._ready: SimpleQueue[Future] = SimpleQueue()
        self._suspects = Suspects()
        self._slots = Slots()
        self._looked = 0.0

    @property
    def dashboard(self) -> str:
        """The address of the scheduler's own page."""
        return str(self._client.dashboard_link)

    def __enter__(self) -> Cluster:
        from grader.grading.cluster.admission import Admission, versions
        from grader.grading.cluster.at_scheduler import Forgetting

        self._client.subscribe_topic(self._run, self.crew.tell)
        self._client.register_plugin(Forgetting(self._run))
        job = pickle.dumps(self._job.described())
        self._client.register_plugin(Admission(self._run, versions(), kit_digest(), job))
        return self

    def __exit__(self, *_: object) -> None:
        for line in self.crew.lines():
            self.crew.say(line)
        self._scheduler.close(self._run)
        self._readers.close()

    def run(self, tasks: Iterable[Any]) -> Iterator[Done[Any]]:
        """Every task as it is done, in no particular order. Raises ClusterError when the cluster is gone."""
        source = bundled(self._readers.run(tasks), self._pace)
        more = True
        while more or self._under_way or self._suspects:
            self._look()
            self._try_suspects()
            while more and (self._slots or not self._under_way):
                item = next(source, None)
                if item is None:
                    more = False
                elif isinstance(item, Done):
                    yield item
                else:
                    self._wait_for_workers()
                    self._send(item)
            yield from self._collect()
            yield from self._suspects.given_up()

    def _wait_for_workers(self) -> None:
        """Until there is a worker that fits. Raises ClusterError where there are workers, and none of them fits."""
        began, told = time.monotonic(), False
        while not self.crew.threads:
            self._look(at_once=True)
            there = self._scheduler.threads()
            patient = time.monotonic() - began < ADMISSION_SECONDS
            # One that was fit and is lost may be on its way back.
            if there and self.crew.refused.keys() >= there.keys() and not (patient and self.crew.had_any):
                raise ClusterError(f"none of the {len(there)} Dask worker(s) at {self._address} can grade this batch")
            if there and not self.crew.knows(set(there)) and not patient:
                raise ClusterError(f"the Dask workers at {self._address} did not say whether they can grade")
            if not there and not told and not self.crew.had_any:
                told = True
                self.crew.say(f"waiting for a Dask worker at {self._address}")
            time.sleep(0 if self.crew.threads else 0.1)

    def _look(self, at_once: bool = False) -> None:
        """Now and then: who is there, who came, and who is gone?"""
        if not at_once and time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        if self.crew.look(self._scheduler.threads()):
            self._slots.renew(self.crew.present)
            self._see_to_the_lost()

    def _see_to_the_lost(self) -> None:
        """What was at a worker that is lost is under suspicion; what waits for nobody is sent again.

        Dask itself gives a task to nobody that asks for a resource which a worker offered only after it joined.
        """
        known = self._scheduler.states([*self._under_way]) if self._under_way else {}
        for key, sent in list(self._under_way.items()):
            state, deaths = known.get(key, ("", 0))
            if sent.future.status in ("finished", "error"):
                continue
            if deaths or sent.alone_at in self.crew.lost:
                self._take_back(key)
                self._suspects.add(sent, WORKER_LOST, deaths)
            elif state == "no-worker" and self.crew.threads:
                self._take_back(key)
                self._send(sent.bundle)

    def _take_back(self, key: str) -> None:
        self._taken_off(key).future.cancel()

    def _taken_off(self, key: str) -> Sent:
        """It is no longer under way."""
        sent = self._under_way.pop(key)
        if sent.at:
            self._slots.give_back(sent.at)
        return sent

    def _send(self, bundle: Bundle, deaths: int = 0, alone_at: str = "") -> None:
        """Send a bundle to a worker with a free place, or to one that shall do nothing else meanwhile."""
        self._sent += 1
        works = pickle.dumps([packed for _, packed in bundle])
        key = f"{self._run}-{self._sent}"
        at = "" if alone_at else self._slots.take()
        chosen: dict[str, Any] = {"workers": [alone_at or at]} if alone_at or at else {}
        chosen["priority"] = 1 if alone_at else 0
        chosen["resources"] = {self._run: self.crew.present[alone_at] if alone_at else 1}
        future = self._client.submit(grade_bundle, self._run, works, key=key, pure=False, **chosen)
        self._under_way[key] = Sent(future, bundle, deaths, alone_at, at)
        future.add_done_callback(self._ready.put)

    def _try_suspects(self) -> None:
        """Give each worker one of those that are tried by themselves."""
        if not self._suspects:
            return
        if not self._under_way:
            self._wait_for_workers()
        taken = {sent.alone_at for sent in self._under_way.values()}
        for address in self.crew.present.keys() - taken:
            suspect = self._suspects.next()
            if suspect is None:
                return
            self._send(suspect.bundle, suspect.deaths, address)

    def _collect(self) -> Iterator[Done[Any]]:
        """What came back meanwhile; waits a little where nothing did."""
        if not self._under_way:
            return
        try:
            ready = [self._ready.get(timeout=LOOK_SECONDS)]
        except Empty:
            self._scheduler.require_running()
            return
        while not self._ready.empty() and len(ready) < MOST_AT_ONCE:
            ready.append(self._ready.get())
        finished = [future for future in ready if future.status == "finished" and future.key in self._under_way]
        results = self._scheduler.gathered(finished)
        for future in ready:
            if future.key not in self._under_way:
                continue
            sent = self._taken_off(future.key)
            told = results.get(future.key) or self._scheduler.failure(future)
            if not told:
                self._send(sent.bundle, sent.deaths)
            elif "problem" in told:
                self._suspects.add(sent, told["problem"])
            else:
                yield from self._answered(sent.bundle, told)

    def _answered(self, bundle: Bundle, told: dict[str, Any]) -> Iterator[Done[Any]]:
        self._pace.add(len(bundle), told["seconds"])
        self.crew.add(told["worker"], len(bundle), told["seconds"])
        for (task, _), (answer, problem) in zip(bundle, told["answers"], strict=True):
            yield Done(task, answer, problem)
