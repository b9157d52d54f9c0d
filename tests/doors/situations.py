"""Work in every dress: each situation is a change to a solved stage 5. To add one is to add an entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Change = Callable[[Path], None]


def text(stem: str, content: str | bytes) -> Change:
    """This content in the place of a file."""
    raw = content if isinstance(content, bytes) else content.encode()
    return lambda stage: (stage / f"{stem}.py").write_bytes(raw) and None  # type: ignore[func-returns-value]


def before(stem: str, content: str) -> Change:
    """These lines above what stands in a file."""

    def change(stage: Path) -> None:
        path = stage / f"{stem}.py"
        path.write_text(content + path.read_text(encoding="utf-8"), encoding="utf-8")

    return change


def after(stem: str, content: str) -> Change:
    """These lines below what stands in a file."""

    def change(stage: Path) -> None:
        path = stage / f"{stem}.py"
        path.write_text(path.read_text(encoding="utf-8") + content, encoding="utf-8")

    return change


def renamed(old: str, new: str) -> Change:
    """A file under another name."""
    return lambda stage: (stage / old).rename(stage / new) and None  # type: ignore[func-returns-value]


def encoded(stem: str, encoding: str, comment: str, declared: bool) -> Change:
    """A file in this encoding."""

    def change(stage: Path) -> None:
        path = stage / f"{stem}.py"
        head = f"# -*- coding: {encoding} -*-\n" if declared else ""
        path.write_bytes(f"{head}# {comment}\n{path.read_text(encoding='utf-8')}".encode(encoding))

    return change


SPLIT = "def split_heads(x, n_heads):\n    "
SITUATIONS: dict[str, Change] = {
    "right work": lambda stage: None,
    "a mistake": text("kv_cache", "def update_kv_cache(a, b, k_new, v_new):\n    return k_new, v_new\n"),
    "a wrong result": after(
        "positions", "\n_right = add_positions\ndef add_positions(e, p):\n    return _right(e, p) * 1.5\n"
    ),
    "nothing filled in": text(
        "heads", f"{SPLIT}raise NotImplementedError\ndef merge_heads(heads):\n    raise NotImplementedError\n"
    ),
    "an exception": text("heads", f"{SPLIT}raise ValueError('no')\n"),
    "a syntax error": text("heads", f"import numpy as np\n{SPLIT}return x +* 2\n"),
    "a newer Python": text("heads", "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n"),
    "a null byte": text("heads", "x = 1\0\n"),
    "an unknown encoding": text("heads", "# coding: klingon\nx = 1\n"),
    "a PDF": text("heads", b"%PDF-1.7 ..."),
    "a web page": text("heads", "<!DOCTYPE html><html></html>"),
    "a conflict of git": text("heads", "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n"),
    "an exit on loading": text("heads", "import sys\nsys.exit(0)\n"),
    "an exit that nothing catches": text("heads", "import os\nos._exit(0)\n"),
    "a recursion": text("heads", f"import sys\nsys.setrecursionlimit(10**9)\n{SPLIT}return split_heads(x, n_heads)\n"),
    "a capital": renamed("heads.py", "Heads.py"),
    "downloaded twice": renamed("heads.py", "heads (1).py"),
    "a copy": renamed("heads.py", "heads-copy.py"),
    "a hidden ending": renamed("heads.py", "heads.py.txt"),
    "a misspelt name": renamed("heads.py", "haeds.py"),
    "a missing file": lambda stage: (stage / "heads.py").unlink(),
    "a misspelt function": text("heads", "def splitheads(x, n_heads):\n    return x\n"),
    "a declared encoding": encoded("heads", "gbk", "把每个头分开", True),
    "an undeclared encoding": encoded("heads", "cp1252", "Größe", False),
    "sixteen bits": encoded("heads", "utf-16", "Größe", False),
    "libraries that are not used": before(
        "heads", "import torch\nimport matplotlib.pyplot as plt\nfrom tqdm import tqdm\n"
    ),
    "a library that is needed": text("heads", f"import torch\n{SPLIT}return torch.reshape(x)\n"),
    "a way without a library": before("heads", "try:\n    import numba\nexcept ImportError:\n    numba = None\n"),
    "a progress bar": text(
        "kv_cache",
        "import numpy as np\nfrom tqdm import tqdm\ndef update_kv_cache(a, b, c, d):\n    out = []\n"
        "    for old, new in tqdm([(a, c), (b, d)]):\n"
        "        out.append(new if old is None else np.concatenate([old, new], axis=1))\n    return tuple(out)\n",
    ),
    "a star of numpy": before("heads", "from numpy import *\n"),
    "much of the library": before(
        "heads", "import numpy.matlib, concurrent.futures, sqlite3, unittest.mock, asyncio, tkinter, statistics\n"
    ),
    "siblings by their paths": before(
        "causal_attention",
        "from .causal_mask import causal_mask as a\nfrom stage5.heads import split_heads as b\n"
        "from exercises.stage5.kv_cache import update_kv_cache as c\nimport positions\n",
    ),
    "prints and a main program": after(
        "heads", "\nprint('loaded')\nif __name__ == '__main__':\n    raise SystemExit(1 / 0)\n"
    ),
    "a helper beside": text("utils", "import pytest\n"),
}
