"""What is said of a file or a stage that is missing: what was found, and what looks like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.course.catalogue import Stage
from grader.grading.intake.tree import Tree, path_of
from grader.student.names import looks_like, stage_in

MAX_NAMED = 5
# Archives that nobody here opens.
_CLOSED = frozenset({"rar", "7z", "tar", "gz", "tgz", "bz2", "xz"})


def file_missing(stem: str, others: Sequence[str]) -> str:
    """`others` are the Python files beside it that are none of the stage's."""
    like = looks_like(f"{stem}.py", others)
    if like:
        return f"{stem}.py is missing; `{like}` looks like it: call it {stem}.py"
    return f"{stem}.py is missing{_found(others)}"


def stage_missing(stage: Stage, tree: Tree) -> str:
    """There is no place in `tree` where the stage could lie."""
    name = stage.name
    called = [folder for folder in tree.folders() if folder and stage_in(folder[-1]) == stage.number]
    if called:
        found = [path_of(file) for folder in called for file in tree.inside(folder)]
        return f"`{'/'.join(called[0])}/` holds none of the files of {name}, such as {stage.stems[0]}.py{_found(found)}"
    said = f"{name}/ is missing: there is no such folder of files and no {name}.ipynb"
    closed = next((file for file in tree.files if file.kind in _CLOSED), None)
    if closed is not None:
        return f"{said}; {path_of(closed)} cannot be opened here: hand in the files, or a .zip of them"
    tops = list(dict.fromkeys(f.parts[0] if len(f.parts) == 1 else f"{f.parts[0]}/" for f in tree.files))
    like = looks_like(name, [top.strip("/") for top in tops if stage_in(top.strip("/")) is None])
    if like:
        return f"{said}; `{like}` looks like it: call it {name}"
    if tree.too_deep:
        deep = "/".join(tree.too_deep[0])
        return f"{said}; what lies as far down as `{deep}/` is not looked at: move it up{_found(tops)}"
    return f"{said}{_found(tops) or '; the submission is empty'}"


def _found(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"; found {listed(f'`{name}`' for name in names)}"


def listed(names: Iterable[str]) -> str:
    """`a`, `b` and 3 more."""
    shown = list(names)
    more = [f"{len(shown) - MAX_NAMED} more"] if len(shown) > MAX_NAMED else []
    shown = shown[:MAX_NAMED] + more
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
