"""Where the files of a stage lie in a submission: at their place, or where else they fit.

What is at its place is taken without a word. Where the place is empty, or nothing in it is
filled in, and exactly one other fits, that one is taken, and a note says so. Where several fit, none is taken, and
the message names them; places that hold different files of the stage are parts of one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from grader.course.catalogue import Stage
from grader.grading.intake.files import MAX_SOURCE
from grader.grading.intake.fitting import Fit, Fitting, once
from grader.grading.intake.notebooks import MAX_NOTEBOOK, notebook_source
from grader.grading.intake.python import python_source
from grader.grading.intake.tree import File, Tree, path_of
from grader.grading.intake.wording import file_missing, listed, stage_missing
from grader.student.names import meant, stage_in
from grader.student.source import Source

MAX_HELPERS = 200
Folder = tuple[str, ...]
# A folder by its path, or a file that holds all: a notebook, or its like in Python.
Place = Folder | File
_HOMES: tuple[Folder, ...] = ((), ("exercises",))


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
        self._fitting = Fitting(tree, stage)
        self._sources: dict[Folder, Source] = {}

    def stage_folder(self, folder: Folder) -> Found:
        """The stage, if its files lie in this very folder."""
        if self._holds(folder):
            self._take_folder(folder)
        elif len(whole := self._fitting.wholes(self.tree.inside(folder))) == 1:
            self._take_file(whole[0])
            self.found.notes.append(f"{self.stage.name} was read from `{whole[0].name}`")
        return self.found

    def anywhere(self) -> Found:
        """The stage, wherever it lies."""
        stubs = [folder for folder in self._expected() if self._fitting.is_untouched(folder)]
        if self._at_its_place(stubs) or self._elsewhere(stubs):
            return self.found
        if stubs:
            self._take_folder(stubs[0])
        else:
            self.found.missing = stage_missing(self.stage, self.tree)
        return self.found

    def notebooks(self) -> list[File]:
        """The notebook that is taken for the stage where notebooks alone are asked, or all that could be it."""
        expected = self._expected_notebook()
        return [expected] if expected else self._notebooks()

    def helpers(self, folder: Folder) -> dict[str, Source]:
        """What the cells of a notebook in this folder may import from beside it, by stem."""
        return self._helpers(folder, set(self.stage.stems))

    def _expected(self) -> list[Folder]:
        return [(*home, self.stage.name) for home in _HOMES]

    def _at_its_place(self, stubs: Sequence[Folder]) -> bool:
        for folder in self._expected():
            if folder not in stubs and self._holds(folder):
                self._take_folder(folder)
                return True
        notebook = self._expected_notebook()
        if notebook is not None:
            self._take_file(notebook)
        return notebook is not None

    def _expected_notebook(self) -> File | None:
        name = f"{self.stage.name}.ipynb"
        places = [(*above, name) for home in _HOMES for above in (home, (*home, self.stage.name))]
        found = {file.parts: file for file in self.tree.files if file.parts in places}
        return next((found[parts] for parts in places if parts in found), None)

    def _holds(self, folder: Folder) -> bool:
        return bool(self._fitting.by_name(folder) or self._fitting.by_words(folder))

    def _elsewhere(self, stubs: Sequence[Folder]) -> bool:
        places = self._places(stubs)
        if not places:
            return False
        names = [f"`{'/'.join(place)}/`" if isinstance(place, tuple) else f"`{self.shown(place)}`" for place in places]
        if len(places) > 1:
            return self._take_parts(places) or self._take_none(names)
        (place,) = places
        where = names[0] if place else "the files that lie loose in the submission"
        why = f", for `{'/'.join(stubs[0])}/` is not filled in" if stubs else ""
        self.found.notes.append(f"{self.stage.name} was read from {where}{why}")
        if isinstance(place, tuple):
            self._take_folder(place)
        else:
            self._take_file(place)
        return True

    def _places(self, stubs: Sequence[Folder]) -> list[Place]:
        """What could be the stage: folders and notebooks; where there is none, one file of Python for all of it."""
        others = [folder for folder in self.tree.folders() if folder not in stubs]
        folders = [folder for folder in others if self._fits(folder, self._fitting.by_name(folder))]
        places: list[Place] = [*self._different(folders), *self._notebooks()]
        if places:
            return places
        folders = [folder for folder in others if self._fits(folder, self._fitting.by_words(folder))]
        return [*self._different(folders)] or [*self._fitting.wholes(self.tree.files)]

    def _take_none(self, names: Sequence[str]) -> bool:
        several = f"{self.stage.name}/ is missing, and several places could be it: {listed(names)}; keep one of them"
        self.found.sources = {stem: Source(f"{stem}.py", problem=several) for stem in self.stage.stems}
        self.found.notes.append(several)
        return True

    def _take_parts(self, places: Sequence[Place]) -> bool:
        """Take folders of which no two hold the same file of the stage."""
        folders = [place for place in places if isinstance(place, tuple)]
        stems = [stem for folder in folders for _, stem in self._fitting.by_name(folder)]
        if len(folders) < len(places) or len(stems) > len(set(stems)):
            return False
        self.found.notes.append(f"{self.stage.name} was read from {len(folders)} folders")
        self._take_folder(())
        return True

    def _fits(self, folder: Folder, found: Sequence[Fit]) -> bool:
        """Whether a folder holds the stage: it is called after it, or its files speak of the stage's functions."""
        spoken = stage_in(folder[-1]) if folder else None
        if spoken is not None and spoken != self.stage.number:
            return False
        return bool(found) and (spoken is not None or any(self._fitting.speaks(file, stem) for file, stem in found))

    def _different(self, folders: Sequence[Folder]) -> list[Folder]:
        """The folders, without those that hold the very same files as another: an archive and what was in it."""
        seen: dict[object, Folder] = {}
        for folder in folders:
            found = self._fitting.by_name(folder) or self._fitting.by_words(folder)
            seen.setdefault(tuple(sorted((stem, file.read(MAX_SOURCE)) for file, stem in found)), folder)
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
            return once(named or [file for file in unnamed if self._fitting.defines_any(file)], MAX_NOTEBOOK)
        return unnamed if self._fitting.defines_any(unnamed[0]) else []

    def _take_file(self, file: File) -> None:
        source = self._source(file)
        self.found.sources = self.helpers(file.folder) | dict.fromkeys(self.stage.stems, source)

    def _take_folder(self, folder: Folder) -> None:
        taken: set[str] = set()
        for stem in self.stage.stems:
            file, problem = self._file(folder, stem)
            taken |= {file.stem} if file else set()
            self.found.sources[stem] = self._source(file) if file else Source(f"{stem}.py", problem=problem)
        self.found.sources = self._helpers(folder, taken | set(self.stage.stems)) | self.found.sources

    def _file(self, folder: Folder, stem: str) -> tuple[File | None, str]:
        """The file of a stem, or why there is none."""
        exact = next((file for file in self.tree.of(folder) if file.name == f"{stem}.py"), None)
        if exact is not None:
            filled = self._filled_in(folder, stem, exact)
            return filled or exact, ""
        fitting = self._other_files(folder, stem)
        if len(fitting) == 1:
            self.found.notes.append(f"{stem}.py was read from `{_from(folder, fitting[0])}`")
            return fitting[0], ""
        if fitting:
            names = listed(f"`{_from(folder, file)}`" for file in fitting)
            return None, f"{stem}.py is missing, and several files could be it: {names}; keep one, as {stem}.py"
        others = [file.name for file in self.tree.inside(folder) if file.stem not in self.stage.stems]
        return None, file_missing(stem, others)

    def _filled_in(self, folder: Folder, stem: str, exact: File) -> File | None:
        """The one copy beside a stub that was filled in instead of it."""
        if not self._fitting.is_stub(exact, stem):
            return None
        found = [file for file, name in self._fitting.by_name(folder) if name == stem and file != exact]
        if len(found) != 1:
            return None
        self.found.notes.append(f"{stem}.py was read from `{found[0].name}`, for {exact.name} is not filled in")
        return found[0]

    def _other_files(self, folder: Folder, stem: str) -> list[File]:
        """What else could be the file of a stem: the nearest kind of them of which there is one."""
        fitting = self._fitting
        for found in (fitting.by_name, fitting.by_words, self._strays):
            files = [file for file, name in found(folder) if name == stem]
            if files:
                return once(files, MAX_NOTEBOOK)
        return []

    def _strays(self, folder: Folder) -> list[Fit]:
        """Files outside of the stage's folder that may be what is missing in it."""
        outside = [file for file in self.tree.files if file.kind == "py" and file.folder != folder]
        places = [file for file in outside if not file.folder or stage_in(file.folder[-1]) in (None, self.stage.number)]
        fits = [(file, meant(file.name, self.stage.stems)) for file in places]
        return [(file, stem) for file, stem in fits if stem is not None and self._fitting.speaks(file, stem)]

    def _helpers(self, folder: Folder, taken: set[str]) -> dict[str, Source]:
        """The other Python files of the folder, which those of the stage may import."""
        files = [file for file in self.tree.of(folder) if file.stem.isidentifier() and file.stem not in taken]
        return {file.stem: self._source(file) for file in files[:MAX_HELPERS]}

    def _source(self, file: File) -> Source:
        """A file as a source, the same for all that it serves as."""
        if file.parts not in self._sources:
            self._sources[file.parts] = self._read(file)
        return self._sources[file.parts]

    def _read(self, file: File) -> Source:
        if file.kind == "ipynb":
            source, notes = notebook_source(self.shown(file), *file.read(MAX_NOTEBOOK))
        else:
            source, notes = python_source(file, self.shown(file))
        self.found.notes += notes
        return source


def _from(folder: Folder, file: File) -> str:
    """What a file is called as seen from a folder: by its name in there, by its path elsewhere."""
    return file.name if file.folder == folder else path_of(file)
