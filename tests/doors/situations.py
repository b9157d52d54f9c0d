"""Work in every dress: each situation is a change to a solved stage 5. To add one is to add an entry."""

from __future__ import annotations

import shutil

from tests.doors.making import (
    Change,
    after,
    as_notebook,
    before,
    both,
    changed_copy,
    copied_beside_stub,
    encoded,
    joined,
    lone,
    moved,
    notebook_of,
    parted,
    raw,
    renamed,
    stubbed,
    text,
    zipped,
)

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
    "a name before a file": renamed("heads.py", "jane_heads.py"),
    "a file of text": renamed("heads.py", "heads.txt"),
    "a copy beside its stub": copied_beside_stub("heads"),
    "a notebook in the place of a file": as_notebook("heads"),
    "old line ends": raw("heads", lambda content: content.replace(b"\n", b"\r")),
    "two byte order marks": raw("heads", lambda content: 2 * b"\xef\xbb\xbf" + content),
    "what Jupyter exports": before("heads", "# In[1]:\nget_ipython().run_line_magic('matplotlib', 'inline')\n"),
    "what Colab exports": before("heads", "!pip install numpy\n%cd /content\n"),
    "own tests against a library": after(
        "heads", "\nimport torch\nassert torch.allclose(torch.ones(2), 1)\nassert torch.ones(1).item() == 1\n"
    ),
    "a stream of their own": before(
        "heads", "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\nprint('ä')\n"
    ),
    "the command line": before("heads", "import argparse\nargs = argparse.ArgumentParser().parse_args()\n"),
    "a question at the keyboard": before("heads", "name = input('name? ')\n"),
    "an exit at the end": after("heads", "\nexit()\n"),
    "own folders": before(
        "causal_attention",
        "from src.stage5.heads import split_heads as a\nfrom misstep.exercises.stage5 import positions\n",
    ),
    "a sibling under its old name": both(
        renamed("heads.py", "Heads.py"), before("causal_attention", "from Heads import split_heads\n")
    ),
    "the name of a module": both(
        text("statistics", "def mine(): ...\n"), before("heads", "from statistics import mine\n")
    ),
    "warnings as errors": before(
        "causal_mask", "import warnings\nimport numpy as np\nwarnings.simplefilter('error')\nnp.seterr(all='raise')\n"
    ),
    "a method": text("positions", "class P:\n    def add_positions(self, e, p): return e + p[: e.shape[1]]\n"),
    "a coroutine": text("positions", "async def add_positions(e, p): return e + p[: e.shape[1]]\n"),
    "a partial function": text(
        "positions",
        "import functools\ndef f(a, e, p): return e + a * p[: e.shape[1]]\nadd_positions = functools.partial(f, 1)\n",
    ),
    "a thread": before("heads", "import threading\nthreading.Thread(target=print).start()\n"),
    "a socket": before("heads", "import asyncio\nasync def f(): ...\nasyncio.run(f())\n"),
    "a file that is read": before("heads", "import os\nnames = os.listdir('.')\n"),
    "none of the names": text("positions", "import numpy as np\n"),
}
# What the wall keeps from everybody's code: where there is no wall, as in a student's own run, it goes well. Whoever
# meets it reads what there is not when their work is graded.
WALLED_OFF = ("a thread", "a socket", "a file that is read")
# Whole submissions, each made of a solved stage 5 in `stage5/`: where the files lie, for whoever reads submissions.
LAYOUTS: dict[str, Change] = {
    "another spelling": moved("Stage 5"),
    "further down": moved("homework/week 3/stage_5"),
    "loose files": moved("."),
    "one file": joined("stage5.py"),
    "a file for a folder": joined("stage5/work.py"),
    "a zip": zipped("/"),
    "a zip of Windows": zipped("\\"),
    "stubs at the place": both(moved("mine"), stubbed("stage5")),
    "a folder for each file": parted,
    "two folders": both(moved("a/stage5"), moved("b/stage5", keep=True), changed_copy("b/stage5")),
    "nothing": lambda home: shutil.rmtree(home / "stage5"),
    "too far down": moved("a/b/c/d/e/f/stage5"),
    "a notebook": notebook_of("stage5.ipynb"),
    "a notebook of a name": notebook_of("jane (stage 5) final.ipynb"),
    "a notebook of two kinds": notebook_of("stage5.ipynb", kind="markdown"),
    "a notebook and a file": both(notebook_of("stage5.ipynb", needs="utils"), lone("utils.py", "same = lambda x: x\n")),
    "a notebook in 16 bits": notebook_of("stage5.ipynb", encoding="utf-16"),
    "a notebook that is none": lone("stage5.ipynb", "<html></html>", instead=True),
    "a cell that fails": notebook_of("stage5.ipynb", first="import math\n1 / 0\n"),
    "magics and shells": notebook_of("stage5.ipynb", first="%matplotlib inline\n!pip install x\nimport math\nmath?\n"),
}
# What loses nothing for the way it arrives.
RIGHT = (
    "a capital", "downloaded twice", "a copy", "a hidden ending", "a declared encoding", "an undeclared encoding",
    "sixteen bits", "libraries that are not used", "a way without a library", "a progress bar", "a star of numpy",
    "much of the library", "siblings by their paths", "prints and a main program", "a helper beside",
    "a name before a file", "a file of text", "a copy beside its stub", "a notebook in the place of a file",
    "old line ends", "two byte order marks", "what Jupyter exports", "what Colab exports",
    "own tests against a library", "a stream of their own", "the command line", "own folders",
    "a sibling under its old name",
    "warnings as errors", "a partial function", "another spelling", "further down", "loose files", "one file",
    "a file for a folder", "a zip", "a zip of Windows", "stubs at the place", "a folder for each file", "a notebook",
    "a notebook of a name", "a notebook of two kinds", "a notebook and a file", "a notebook in 16 bits",
    "a cell that fails", "magics and shells",
)  # fmt: skip
