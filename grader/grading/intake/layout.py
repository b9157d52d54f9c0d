"""Where the files of a stage lie in a submission: at their place, or where else they fit.

What is at its place is taken without a word. Where the place is empty and exactly one other fits, that one is taken,
and a note says so. Where several fit, none is taken, and the message names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from grader.course.catalogue import Stage
from grader.grading.intake.files import MAX_SOURCE
from grader.grading.intake.notebooks import MAX_NOTEBOOK, cell_text, cells_of, notebook_source
from grader.grading.intake.python import python_source
from grader.grading.intake.tree import File, Tree, path_of
from grader.grading.intake.wording import file_missing, listed, stage_missing
from grader.student.names import meant, stage_in
from grader.student.source import Source

MAX_HELPERS = 200
# A folder by its path, or a notebook.
Place = tuple[str, ...] | File
_HOMES: tuple[tuple[str, ...], ...] = ((), ("exercises",))


@dataclass
class Found:
    """The sources of one stage by stem, what was guessed, and, where there is nothing of it, why."""

    sources: dict[str, Source] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    missing: str = ""


class Layout:
    """One stage in one submission. `shown` is what a file is called in feedback."""

    def __init__(
        self, tree: Tree, stage: Stage, shown: Callable[[File], str] = lambda file: "/".join(file.parts)
    ) -> None:
        self.tree, self.stage, self.shown = tree, stage, shown
        self.found = Found()
        self._names = {
            stem: [exercise.name for exercise in stage.exercises if exercise.stem == stem] for stem in stage.stems
        }

    def stage_folder(self, folder: tuple[str, ...]) -> Found:
        """The stage, if its files lie in this very folder."""
        if self._fitting(folder):
            self._take_folder(folder)
        return self.found

    def anywhere(self) -> Found:
        """The stage, wherever it lies."""
        if not (self._at_its_place() or self._elsewhere()):
            self.found.missing = stage_missing(self.stage.name, self.tree)
        return self.found

    def _at_its_place(self) -> bool:
        name = self.stage.name
        for home in _HOMES:
            if self._fitting((*home, name)):
                self._take_folder((*home, name))
                return True
        for home in _HOMES:
            for parts in ((*home, f"{name}.ipynb"), (*home, name, f"{name}.ipynb")):
                for file in self.tree.files:
                    if file.parts == parts:
                        self._take_notebook(file)
                        return True
        return False

    def _elsewhere(self) -> bool:
        folders = [folder for folder in self.tree.folders() if self._fits(folder)]
        notebooks = self._notebooks()
        places = self._different(folders) + list(notebooks)
        if not places:
            return False
        names = [f"`{'/'.join(place)}/`" if isinstance(place, tuple) else f"`{self.shown(place)}`" for place in places]
        if len(places) > 1:
            several = (
                f"{self.stage.name}/ is missing, and several places could be it: {listed(names)}; keep one of them"
            )
            self.found.sources = {stem: Source(f"{stem}.py", problem=several) for stem in self.stage.stems}
            self.found.notes.append(several)
            return True
        (place,) = places
        where = names[0] if place else "the files that lie loose in the submission"
        self.found.notes.append(f"{self.stage.name} was read from {where}")
        if isinstance(place, tuple):
            self._take_folder(place)
        else:
            self._take_notebook(place)
        return True

    def _fits(self, folder: tuple[str, ...]) -> bool:
        """Whether a folder holds the stage: it is called after it, or its files speak of the stage's functions."""
        spoken = stage_in(folder[-1]) if folder else None
        if spoken is not None and spoken != self.stage.number:
            return False
        fitting = self._fitting(folder)
        return bool(fitting) and (spoken is not None or any(self._speaks(file, stem) for file, stem in fitting))

    def _fitting(self, folder: tuple[str, ...]) -> list[tuple[File, str]]:
        found = [(file, meant(file.name, self.stage.stems)) for file in self.tree.of(folder)]
        return [(file, stem) for file, stem in found if stem is not None]

    def _speaks(self, file: File, stem: str) -> bool:
        content, _ = file.read(MAX_SOURCE)
        return any(re.search(rb"\b%b\b" % name.encode(), content) for name in self._names[stem])

    def _different(self, folders: Sequence[tuple[str, ...]]) -> list[Place]:
        """The folders, without those that hold the very same files as another: an archive and what was in it."""
        seen: dict[object, Place] = {}
        for folder in folders:
            content = tuple(sorted((stem, file.read(MAX_SOURCE)) for file, stem in self._fitting(folder)))
            seen.setdefault(content, folder)
        return list(seen.values())

    def _notebooks(self) -> list[File]:
        """The notebooks that speak of the stage in their names, or the only one there that defines its functions."""
        unnamed, named = [], []
        for file in (file for file in self.tree.files if file.kind == "ipynb"):
            above = stage_in(file.folder[-1]) if file.folder else None
            spoken = stage_in(file.stem)
            if (above if spoken is None else spoken) == self.stage.number:
                named.append(file)
            elif spoken is None and above is None:
                unnamed.append(file)
        if named or len(unnamed) != 1:
            return self._same_once(named or [file for file in unnamed if self._defines(file)])
        return unnamed if self._defines(unnamed[0]) else []

    def _same_once(self, files: Iterable[File]) -> list[File]:
        seen: dict[object, File] = {}
        for file in files:
            seen.setdefault(file.read(MAX_NOTEBOOK), file)
        return list(seen.values())

    def _defines(self, file: File) -> bool:
        content, problem = file.read(MAX_NOTEBOOK)
        try:
            text = "" if problem else "\n".join(cell_text(cell) for cell in cells_of(content))
        except (ValueError, TypeError, AttributeError):
            return False
        names = "|".join(re.escape(exercise.name) for exercise in self.stage.exercises)
        return re.search(rf"^(?:def +)?(?:{names})\b *[(=:]", text, re.MULTILINE) is not None

    def _take_notebook(self, file: File) -> None:
        content, problem = file.read(MAX_NOTEBOOK)
        source = notebook_source(self.shown(file), content, problem)
        self.found.sources = self._helpers(file.folder, set(self.stage.stems)) | dict.fromkeys(self.stage.stems, source)

    def _take_folder(self, folder: tuple[str, ...]) -> None:
        taken: set[str] = set()
        for stem in self.stage.stems:
            file, problem = self._file(folder, stem)
            taken |= {file.stem} if file else set()
            self.found.sources[stem] = self._source(file) if file else Source(f"{stem}.py", problem=problem)
        self.found.sources = self._helpers(folder, taken | set(self.stage.stems)) | self.found.sources

    def _file(self, folder: tuple[str, ...], stem: str) -> tuple[File | None, str]:
        """The file of a stem, or why there is none."""
        exact = next((file for file in self.tree.of(folder) if file.name == f"{stem}.py"), None)
        if exact is not None:
            return exact, ""
        near = [file for file, name in self._fitting(folder) if name == stem]
        far = [] if near else [f for f in self.tree.files if self._is_stray(f, folder, stem)]
        fitting = self._same_sources(near or far)
        if len(fitting) == 1:
            self.found.notes.append(f"{stem}.py was read from `{_from(folder, fitting[0])}`")
            return fitting[0], ""
        if fitting:
            names = listed(f"`{_from(folder, file)}`" for file in fitting)
            return None, f"{stem}.py is missing, and several files could be it: {names}; keep one, as {stem}.py"
        others = [file.name for file in self.tree.of(folder) if file.stem not in self.stage.stems]
        return None, file_missing(stem, others)

    def _is_stray(self, file: File, folder: tuple[str, ...], stem: str) -> bool:
        """Whether a file outside of the stage's folder is what is missing in it."""
        if file.kind != "py" or file.folder == folder or meant(file.name, self.stage.stems) != stem:
            return False
        spoken = stage_in(file.folder[-1]) if file.folder else None
        return spoken in (None, self.stage.number) and self._speaks(file, stem)

    def _same_sources(self, files: Iterable[File]) -> list[File]:
        seen: dict[object, File] = {}
        for file in files:
            seen.setdefault(file.read(MAX_SOURCE), file)
        return list(seen.values())

    def _helpers(self, folder: tuple[str, ...], taken: set[str]) -> dict[str, Source]:
        """The other Python files of the folder, which those of the stage may import."""
        files = [file for file in self.tree.of(folder) if file.stem.isidentifier() and file.stem not in taken]
        return {file.stem: self._source(file) for file in files[:MAX_HELPERS]}

    def _source(self, file: File) -> Source:
        source, note = python_source(file, self.shown(file))
        self.found.notes += [note] if note else []
        return source


def _from(folder: tuple[str, ...], file: File) -> str:
    """What a file is called as seen from a folder: by its name in there, by its path elsewhere."""
    return file.name if file.folder == folder else path_of(file)
