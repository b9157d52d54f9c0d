"""The messages of the trusted side: what goes out in them, and what those that come in may mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.isolation.packing import Packer, ProtocolError, Unpacker, clean
from grader.student.faults import StudentFault, fault_from_json
from grader.student.loader import Source

# What one call came to as JSON, and its raw bytes.
Reply = tuple[dict[str, Any], memoryview]


def called_back(
    callables: Sequence[Callable[..., Any]], header: Mapping[str, Any], body: memoryview
) -> tuple[dict[str, Any], list[bytes]]:
    """Call the check's own function that the child asks for; the reply and its raw parts."""
    index, args = header["back"], Unpacker(body).whole(header.get("args"))
    if type(index) is not int or not 0 <= index < len(callables) or not isinstance(args, list):
        raise ProtocolError("it called no function that it was given")
    packer = Packer()
    try:
        value = callables[index](*args)
    except StudentFault as fault:
        return {"fault": fault.to_json()}, []
    except Exception as error:
        return {"raise": [type(error).__name__, str(error)[:2000]]}, []
    return {"result": packer.pack(value)}, packer.parts


def sources_message(stages: Mapping[Any, Mapping[str, Source]]) -> dict[str, Any]:
    """The sources for the wire; one that stands under many stems (a notebook) goes once."""
    sources = {id(source): source for modules in stages.values() for source in modules.values()}
    places = {key: index for index, key in enumerate(sources)}
    return {
        "sources": [(s.file, tuple(s.chunks), s.forgiving, s.problem) for s in sources.values()],
        "stages": {
            str(stage): {stem: places[id(source)] for stem, source in modules.items()}
            for stage, modules in stages.items()
        },
    }


def read_fault(data: Any) -> StudentFault:
    """The fault that the child reports, in clean text."""
    try:
        return fault_from_json(_cleaned(data))
    except (ValueError, TypeError, RecursionError) as error:
        raise ProtocolError("no fault") from error


def _cleaned(data: Any, depth: int = 0) -> Any:
    if isinstance(data, str):
        return clean(data)
    if depth > 3:
        return None
    if isinstance(data, list):
        return [_cleaned(item, depth + 1) for item in data[:100]]
    if isinstance(data, dict):
        return {key: _cleaned(item, depth + 1) for key, item in data.items()}
    return data if isinstance(data, bool | float | None) or abs(data) < 2**31 else 0
