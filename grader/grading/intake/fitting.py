"""Which of a stage's files a file could be: by its name, or by words in it and what it defines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from grader.course.catalogue import Stage
from grader.grading.intake.files import MAX_SOURCE
from grader.grading.intake.notebooks import MAX_NOTEBOOK, cell_text, cells_of
from grader.grading.intake.tree import File, Tree
from grader.student.names import holds, meant, stage_in

Fit = tuple[File, str]
_NO_TEXT = frozenset({"zip", "ipynb"})
_UNFILLED = re.compile(r"^[ \t]+raise NotImplementedError\b", re.MULTILINE)
_RETURN = re.compile(r"^[ \t]*return\b", re.MULTILINE)


class Fitting:
    """The files of one submission as those of one stage."""

    def __init__(self, tree: Tree, stage: Stage) -> None:
        self.tree, self.stage = tree, stage
        self._names = {
            stem: [exercise.name for exercise in stage.exercises if exercise.stem == stem] for stem in stage.stems
        }

    def by_name(self, folder: tuple[str, ...]) -> list[Fit]:
        """The Python files of a folder that are called after one of the stage's, and their stems."""
        found = [(file, meant(file.name, self.stage.stems)) for file in self.tree.of(folder)]
        return [(file, stem) for file, stem in found if stem is not None]

    def by_words(self, folder: tuple[str, ...]) -> list[Fit]:
        """What defines a function of the file whose name stands within its own, such as `jane_heads.py`, `heads.txt`.

        A notebook is one of these where it is called after the file.
        """
        files = [file for file in self.tree.inside(folder) if file.kind not in _NO_TEXT]
        notebooks = self.tree.of(folder, "ipynb")
        return self._fits(files, self._is_worded) + self._fits(notebooks, self._is_notebook)

    def wholes(self, files: Iterable[File]) -> list[File]:
        """The Python files that define at least half of the stage's functions, each content once."""
        return once(filter(self._is_whole, files), MAX_SOURCE)

    def _is_whole(self, file: File) -> bool:
        spoken = [stage_in(name) for name in (file.stem, *file.folder[-1:])]
        if file.kind != "py" or any(number not in (None, self.stage.number) for number in spoken):
            return False
        text = code_text(file)
        return 2 * sum(is_defined(e.name, text) for e in self.stage.exercises) >= len(self.stage.exercises)

    def _fits(self, files: Iterable[File], is_one: Callable[[File, str], bool]) -> list[Fit]:
        return [(file, stem) for file in files for stem in self.stage.stems if is_one(file, stem)]

    def _is_worded(self, file: File, stem: str) -> bool:
        return holds(file.name, stem) and any(self.defined(file, stem))

    def _is_notebook(self, file: File, stem: str) -> bool:
        return meant(file.name, [stem]) is not None and any(self.defined(file, stem))

    def speaks(self, file: File, stem: str) -> bool:
        """Whether the file holds the name of a function of this stem."""
        content, _ = file.read(MAX_SOURCE)
        return any(re.search(rb"\b%b\b" % name.encode(), content) for name in self._names[stem])

    def defined(self, file: File, stem: str) -> list[bool]:
        """For each function of this stem, whether the file defines it; the text is searched, never parsed or run."""
        text = code_text(file)
        return [is_defined(name, text) for name in self._names[stem]]

    def defines_any(self, file: File) -> bool:
        """Whether the file defines a function of the stage."""
        text = code_text(file)
        return any(is_defined(exercise.name, text) for exercise in self.stage.exercises)

    def is_untouched(self, folder: tuple[str, ...]) -> bool:
        """Whether none of the stage's files in a folder was filled in."""
        found = self.by_name(folder)
        return bool(found) and all(self.is_stub(file, stem) for file, stem in found)

    def is_stub(self, file: File, stem: str) -> bool:
        """Whether nothing in the file is filled in: all of its functions are there, and none of them returns."""
        text = code_text(file)
        unfilled = len(_UNFILLED.findall(text)) >= len(self._names[stem])
        return unfilled and all(self.defined(file, stem)) and _RETURN.search(text) is None


def code_text(file: File) -> str:
    """The code in a file: that of its cells where it is a notebook; "" where it cannot be read."""
    if file.kind != "ipynb":
        return file.read(MAX_SOURCE)[0].replace(b"\0", b"").decode("utf-8", "replace").replace("\r", "\n")
    content, problem = file.read(MAX_NOTEBOOK)
    try:
        return "" if problem else "\n".join(map(cell_text, cells_of(content)))
    except (ValueError, TypeError, AttributeError):
        return ""


def is_defined(name: str, text: str) -> bool:
    """Whether the text defines the function at its top level."""
    return re.search(rf"^(?:(?:async +)?def +)?{re.escape(name)}\b *[(=:]", text, re.MULTILINE) is not None


def once(files: Iterable[File], limit: int) -> list[File]:
    """The files, each content once."""
    seen: dict[object, File] = {}
    for file in files:
        seen.setdefault(file.read(limit), file)
    return list(seen.values())
