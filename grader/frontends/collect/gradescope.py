"""Gradescope: the zip of "Export Submissions", a folder per submission and a YAML file that says whose it is.

Source: public readers of the format, for no description of it was found: `submission_metadata.yml` maps
`submission_123` (a folder, or a file's name) to `:submitters` (`:name`, `:sid`, `:email`), `:created_at` and `:status`.
Everybody of a group is listed; of several submissions a student has one active one, which is exported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from grader.frontends.collect import Piece, person

METADATA = "submission_metadata.yml"


def pieces(names: Sequence[str], read: Callable[[str], str]) -> Iterator[Piece]:
    """A piece for each file of a listed submission."""
    for listing in (name for name in names if name.rpartition("/")[2] == METADATA):
        home = listing.removesuffix(METADATA)
        yield Piece(listing)
        for folder, told in _submissions(read(listing)).items():
            inside = f"{home}{folder}/"
            for path in names:
                if path == f"{home}{folder}" or path.startswith(inside):
                    yield _piece(path, path.removeprefix(inside).rpartition(home)[2], folder, told)


def _piece(path: str, file: str, folder: str, told: Mapping[str, Any]) -> Piece:
    people = tuple(
        person(name=_text(who, "name"), id=_text(who, "sid"), email=_text(who, "email")) for who in _submitters(told)
    )
    first = dict(people[0]) if people else {}
    student = first.get("email") or first.get("id") or first.get("name") or folder
    time = str(told.get(":created_at") or "")
    return Piece(path, student, file, people, attempt=time, submitted=time, late=_text(told, "late") == "True")


def _submissions(text: str) -> dict[str, Mapping[str, Any]]:
    import yaml

    class Loader(yaml.SafeLoader):
        """YAML that a Ruby program wrote: its tags are let pass, nothing is built from them."""

    def plain(loader: Any, suffix: str, node: Any) -> Any:
        if isinstance(node, yaml.MappingNode):
            return loader.construct_mapping(node, deep=True)
        return loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else node.value

    Loader.add_multi_constructor("!", plain)
    try:
        found = yaml.load(text, Loader)
    except yaml.YAMLError as error:
        raise ValueError(f"{METADATA} cannot be read: {' '.join(str(error).split())[:200]}") from error
    entries = found.items() if isinstance(found, dict) else ()
    return {str(key): value for key, value in entries if isinstance(value, dict)}


def _submitters(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = told.get(":submitters")
    return [who for who in found if isinstance(who, dict)] if isinstance(found, list) else []


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(f":{key}")
    return "" if value is None else str(value).strip()
