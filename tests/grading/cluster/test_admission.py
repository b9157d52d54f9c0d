"""What a run does to a Dask worker, and undoes."""

from __future__ import annotations

import pickle
import pickletools
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("distributed")

from grader.grading.cluster.admission import SELDOM, Admission, versions


def test_a_worker_measures_and_profiles_itself_seldom_while_a_run_goes_on() -> None:
    every = {"tick": 20.0, "profile": 10.0, "heartbeat": 500.0, "profile-cycle": 1000.0}
    callbacks = {name: SimpleNamespace(callback_time=interval) for name, interval in every.items()}
    plugin: Any = Admission("misstep-1", {}, b"", b"")
    plugin.admitting = SimpleNamespace(cancel=lambda: None)
    plugin.calm(SimpleNamespace(periodic_callbacks=callbacks))
    assert {name: callback.callback_time for name, callback in callbacks.items()} == {
        **every,
        "tick": SELDOM,
        "profile": SELDOM,
    }
    plugin.teardown(None)
    assert {name: callback.callback_time for name, callback in callbacks.items()} == every


def test_it_travels_as_text_so_that_another_python_can_say_that_it_is_another() -> None:
    packed = pickle.dumps(Admission("misstep-1", {**versions(), "Python": "CPython 3.99.0"}, b"", b""))
    names = {argument for _, argument, _ in pickletools.genops(packed) if isinstance(argument, str)}
    assert {"builtins", "eval"} <= names
    assert not any(name.startswith("grader") or "cloudpickle" in name for name in names)
    arrived = pickle.loads(packed)
    assert type(arrived) is not Admission
    with pytest.raises(RuntimeError, match=r"^Python CPython 3\.\d+\.\d+ there, CPython 3\.99\.0 here$"):
        arrived._compare()
