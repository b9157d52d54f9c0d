"""Pages that are made from what they describe, so that they cannot go stale.

The index of mistakes and the pages come from MISTAKES.md, the commands from argparse itself, the contributors' page
from CONTRIBUTING.md. MkDocs runs this as a hook; for Zensical, which reads the same mkdocs.yml and runs no hooks:

    python docs/made_pages.py && zensical build --strict
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from grader.course.catalogue import Stage, stages
from grader.frontends import commands
from grader.results.folded_hints import folded_hints

ROOT = Path(__file__).resolve().parents[1]
WIDTH = "96"


def on_pre_build(config: object) -> None:
    """MkDocs asks before it collects the pages."""
    write()


def write() -> None:
    """Write the pages that are made, each only where it has changed."""
    made = {
        "mistakes/index.md": _index(),
        "reference/commands.md": "\n".join(_commands()) + "\n",
        "contributing.md": _contributing(),
        **{f"mistakes/{stage.name}.md": _pages(stage) for stage in stages()},
    }
    for name, text in made.items():
        path = ROOT / "docs" / name
        path.parent.mkdir(exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _index() -> str:
    lines = [
        "# All documented mistakes",
        "",
        f"{sum(len(stage.pages) for stage in stages())} mistakes, each with a page and with a check for every",
        "exercise that can show it. *Seen in public code* means that the course does not list the mistake; it was",
        "found in so many independent public sources.",
    ]
    for stage in stages():
        lines += [
            "",
            f"## Stage {stage.number}: {stage.title}",
            "",
            "| id | mistake | exercises | seen in public code |",
        ]
        lines += ["| --- | --- | --- | --- |", *_rows(stage)]
    return "\n".join(lines) + "\n"


def _rows(stage: Stage) -> Iterator[str]:
    for page in stage.pages.values():
        where = [e.name for e in stage.exercises if any(check.id == page.id for check in e.checks)]
        number = page.id.partition(".")[2]
        names = ", ".join(f"`{name}`" for name in where)
        sources = f"{page.sources} sources" if page.sources else ""
        yield f"| {page.id} | [{page.title}]({stage.name}.md#mistake-{number}) | {names} | {sources} |"


def _pages(stage: Stage) -> str:
    """MISTAKES.md as it is, but that each section is headed by its title, with the hints folded below it."""
    text = (ROOT / "exercises" / stage.name / "MISTAKES.md").read_text(encoding="utf-8")
    heading = re.compile(r"^## Mistake (\d+)[ \t]*\n+\*\*(\d+\.\d+ · .+?)\*\*[ \t]*$", re.MULTILINE)
    text = heading.sub(
        lambda found: f"## {found[2]} {{ #mistake-{found[1]} }}\n\n{folded_hints(found[2].partition(' ')[0])}", text
    )
    return _local_links(text, f"exercises/{stage.name}")


def _contributing() -> str:
    """CONTRIBUTING.md without the marks that its test reads."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return _local_links(re.sub(r"^<!--.*?-->\n", "", text, flags=re.MULTILINE), ".")


def _local_links(text: str, folder: str) -> str:
    """Links to files of the repository become plain text: the site does not hold them."""

    def plain(match: re.Match[str]) -> str:
        label, target = match.groups()
        return match[0] if target.startswith(("http", "#")) else label

    return re.sub(r"\[([^\]]+)\]\(([^)]+)\)", plain, text)


def _commands() -> Iterator[str]:
    """What each command says of itself under `--help`."""
    os.environ["COLUMNS"] = WIDTH
    yield "# Commands\n\nEvery command answers to `--help`; what follows is that text. `python -m grader` is `misstep`."
    for module in sorted(pkgutil.iter_modules(commands.__path__), key=lambda found: found.name):
        if module.name.startswith("_"):
            continue
        command = importlib.import_module(f"{commands.__name__}.{module.name}")
        name = module.name.replace("_", "-")
        parser = argparse.ArgumentParser(prog=f"misstep {name}", description=command.__doc__)
        command.add_arguments(parser)
        yield f"\n## misstep {name}\n\n```text\n{parser.format_help().rstrip()}\n```"


if __name__ == "__main__":
    write()
