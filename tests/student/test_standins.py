"""A library that is not there costs nothing, unless a result needs it."""

# ruff: noqa: E501 - students write their code on one line here

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import pytest

from grader.student.faults import StudentFault, Unusable
from grader.student.imports import foreign
from grader.student.loader import Source, StageModules
from grader.student.standins import installed_path

SIBLING = Source("stage5/mask.py", (b"def mask():\n    return 7\n",))


def value_of(text: str, name: str = "f", allowed: Sequence[str] = ()) -> Any:
    sources = {"heads": Source("stage5/heads.py", (text.encode(),)), "mask": SIBLING}
    return StageModules(sources, allowed).call("heads", name, ())


HARMLESS = {
    "own tests against it": (
        "import torch, numpy as np\ndef f(): return 1\nassert np.allclose(f(), torch.ones(1))\n"
        "assert torch.equal(f(), 1), 'no'\nassert torch.ones(2).sum().item() == 2\nassert len({torch.ones(1): 1}) == 1"
    ),
    "a question of kind": "import torch\ndef f(): return 2 if torch.is_tensor(3) or torch.cuda.is_available() else 1",
    "the module of an array": "import cupy\ndef f(): return cupy.get_array_module(3).ones(1).sum()",
    "many plots inside": (
        "import matplotlib.pyplot as plt\ndef f():\n    fig, axes = plt.subplots(1, 2)\n"
        "    for ax in axes: ax.plot([1])\n    if plt.get_fignums(): plt.close()\n    return 1"
    ),
    "own tests with pytest": (
        "import pytest\n@pytest.fixture\ndef x(): return 1\nwith pytest.raises(ValueError):\n    raise ValueError\n"
        "def f(): return 1"
    ),
    "what it is seen by": "from icecream import ic\ndef f(): return ic(1)",
    "unused": "import torch\ndef f(): return 1",
    "a plot on loading": (
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nfig, (a, b) = plt.subplots(1, 2)\n"
        "first, *rest = plt.plot([1])\nax.plot([1], label='x')\nplt.rcParams['font.size'] = 8\nplt.show()\ndef f(): return 1"
    ),
    "a plot inside": "import pylab as p\ndef f():\n    fig, ax = p.subplots()\n    ax.plot([1])\n    p.show()\n    return 1",
    "a class": (
        "import torch.nn as nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.layer = nn.Linear(3, 4)\n    def forward(self, x):\n        return self.layer(x)\n"
        "net = Net()\nprint(net(3).shape, net.parameters())\ndef f(): return 1"
    ),
    "a question on loading": "import torch\nd = 'cuda' if torch.cuda.is_available() else 'cpu'\ndef f(): return 1",
    "a table on loading": (
        "import pandas as pd\ndf = pd.DataFrame({'a': [1]})\nfor i, row in df.iterrows(): pass\n"
        "print(len(df), df['a'][0] + 1, f'{df.mean():.2f}', -df, df > 3, [x for x in df])\ndef f(): return 1"
    ),
    "numbers on loading": "import torch, numpy as np\nx = float(torch.ones(1)) + np.asarray(torch.ones(2))\ndef f(): return 1",
    "a decorator": "import numba\n@numba.njit\ndef f(): return 1",
    "a decorator with options": "from numba import njit\n@njit(cache=True)\ndef f(): return 1",
    "a context": "import torch\n@torch.no_grad()\ndef f():\n    with torch.no_grad():\n        return 1",
    "a compiled function inside": "import numba\ndef f():\n    @numba.njit\n    def g(): return 1\n    return g()",
    "a progress bar": "from tqdm import tqdm, trange\ndef f(): return sum(tqdm([0, 1])) + sum(trange(1))",
    "a progress bar by hand": "import tqdm\ndef f():\n    bar = tqdm.tqdm(total=3)\n    bar.update(1)\n    bar.close()\n    return 1",
    "a progress bar in a with": (
        "from tqdm.auto import tqdm\ndef f():\n    s = 0\n    with tqdm(range(2), desc='x') as bar:\n"
        "        for i in bar:\n            bar.set_postfix(i=i)\n            s += i\n    return s"
    ),
    "another progress bar": "from rich.progress import track\ndef f(): return max(track(range(2)))",
    "hints of types": (
        "from typing import Optional\nimport torch\nfrom jaxtyping import Float, Array\n"
        "def f(x: Float[Array, 'b t'] = 0, y: Optional[torch.Tensor] = None, z: torch.Tensor | None = None) -> int: return 1"
    ),
    "typing_extensions": (
        "from typing_extensions import TypedDict, Annotated\nclass A(TypedDict):\n    a: int\n"
        "def f(): return A(a=1)['a']"
    ),
    "a test beside": "import pytest\n@pytest.mark.parametrize('a', [1])\ndef test_x(a): assert f()\ndef f(): return 1",
    "isinstance": "import torch\ndef f(x=3): return 2 if isinstance(x, torch.Tensor) else 1",
    "a way without it": "try:\n    import torch\nexcept ImportError:\n    torch = None\ndef f(): return torch.x() if torch else 1",
    "a way without it, inside": (
        "def f():\n    try:\n        from scipy.special import softmax\n    except ImportError:\n        return 1\n    return softmax([1.])"
    ),
    "a word of regret": "try:\n    import torch\nexcept ImportError:\n    raise SystemExit('install torch')\ndef f(): return 1",
    "importlib": "import importlib\nt = importlib.import_module('torch.nn')\ndef f(): return 1",
    "what not every system has": "import tkinter, curses, winreg, msvcrt\ndef f(): return 1",
    "a star": "from pylab import *\ndef f(): return 1",
    "a guard of the main program": "import torch\ndef f(): return 1\nif __name__ == '__main__':\n    torch.nothing(1 / 0)",
}
SIBLINGS = [
    "from mask import mask",
    "from .mask import mask",
    "from stage5.mask import mask",
    "from exercises.stage5.mask import mask",
    "from exercises.stage5.mask import *",
    "from ..stage5.mask import mask",
    "import mask as m\nmask = m.mask",
    "import stage5.mask\nmask = stage5.mask.mask",
    "import exercises.stage5.mask as m\nmask = m.mask",
    "from . import mask as m\nmask = m.mask",
    "from stage5 import mask as m\nmask = m.mask",
    "from exercises.stage5 import mask as m\nmask = m.mask",
    "from src.stage5.mask import mask",
    "from misstep.exercises.stage5.mask import mask",
    "from Mask import mask",
    "import importlib\nmask = importlib.import_module('stage5.mask').mask",
]
NEEDED = {
    "called": "import torch\ndef f(): return torch.softmax([1.])",
    "in a list": "import torch\ndef f(): return [1, torch.ones(2) + 1]",
    "made an array": "import torch, numpy as np\ndef f(): return np.asarray(torch.ones(2))",
    "put into an array": "import torch, numpy as np\ndef f():\n    x = np.zeros(3)\n    x[0] = torch.ones(1)\n    return x",
    "a function of numpy": "import torch, numpy as np\ndef f(): return np.exp(torch.ones(3))",
    "a question": "import torch\ndef f(): return 1 if torch.equal(3, 3) else 2",
    "a loop": "import torch\ndef f(): return [x for x in torch.ones(3)]",
    "itself": "from torch import softmax as f",
    "made from another function": "import torch\nfrom torch.func import vmap\n@vmap\ndef f(): return 1",
    "made inside": "import torch.func\ndef f(): return torch.func.vmap(lambda x: x)(1)",
    "a number made on loading": "import torch, numpy as np\nx = np.asarray(torch.ones(3))\ndef f(): return x",
    "a class": "import torch.nn as nn\nclass N(nn.Module):\n    def forward(self, x): return self.l(x)\nimport torch\ndef f(): return N()(1)",
}


@pytest.mark.parametrize("case", HARMLESS)
def test_a_library_that_no_result_needs_costs_nothing(case: str) -> None:
    assert value_of(HARMLESS[case]) == 1


@pytest.mark.parametrize("text", SIBLINGS)
def test_files_of_a_stage_import_each_other_in_every_spelling(text: str) -> None:
    assert value_of(text, "mask") == 7


@pytest.mark.parametrize("case", NEEDED)
def test_a_result_that_needs_a_library_says_which_and_what_there_is(case: str) -> None:
    with pytest.raises(Unusable, match=r"this result needs (torch|pylab), which is not there") as caught:
        value_of(NEEDED[case])
    assert caught.value.status == "error"
    assert "there are numpy and the standard library" in str(caught.value)


def test_what_a_course_allows_is_imported() -> None:
    assert value_of("import pluggy\ndef f(): return pluggy.__name__", allowed=["pluggy"]) == "pluggy"
    with pytest.raises(Unusable, match="there are numpy, pluggy and the standard library"):
        value_of("import torch\ndef f(): return torch.x", allowed=["pluggy"])


def test_what_jupyter_and_colab_make_of_a_notebook_is_read() -> None:
    assert (
        value_of("# In[1]:\nget_ipython().run_line_magic('matplotlib', 'inline')\ndisplay(1)\ndef f(): return 1") == 1
    )
    assert value_of("!pip install torch\n%cd x\nn = (9\n % 4)\ndef f(): return n") == 1


def test_a_folder_of_their_own_stands_before_the_files_in_it() -> None:
    text = b"from my_work.mask import mask\nfrom my_work import mask as m\nimport my_work.mask\nf = my_work.mask.mask"
    sources = {stem: Source(f"my_work/{stem}.py", (c,)) for stem, c in (("heads", text), ("mask", SIBLING.chunks[0]))}
    assert StageModules(sources).call("heads", "f", ()) == 7
    assert list(foreign(sources["heads"], sources)) == []


def test_a_package_gives_what_its_first_file_names() -> None:
    sources = {
        "__init__": Source("stage5/__init__.py", (b"from .mask import *\n",)),
        "heads": Source("stage5/heads.py", (b"import mask\nfrom stage5 import mask as m\nf = m.mask\n",)),
        "mask": SIBLING,
        "other": Source("stage5/other.py", (b"from stage5 import number\ndef f(): return number\n",)),
    }
    sources["__init__"] = Source("stage5/__init__.py", (b"from .mask import *\nnumber = 7\n",))
    modules = StageModules(sources)
    assert modules.call("heads", "f", ()) == modules.call("other", "f", ()) == 7


def test_a_file_with_the_name_of_a_module_says_so() -> None:
    sources = {
        "heads": Source("heads.py", (b"from statistics import softmax\ndef f(): return 1",)),
        "statistics": Source("statistics.py", (b"def softmax(): return 1",)),
    }
    with pytest.raises(StudentFault, match=r"your statistics.py has the name of a module of Python's"):
        StageModules(sources).call("heads", "f", ())


def test_what_a_program_asks_of_its_terminal_is_the_same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pytest", "exercises/stage5"])
    monkeypatch.setattr("builtins.input", lambda *_: "typed")
    assert value_of("import argparse\nargparse.ArgumentParser().parse_args()\ndef f(): return 1") == 1
    with pytest.raises(StudentFault, match="EOFError"):
        value_of("input('name? ')\ndef f(): return 1")
    with pytest.raises(StudentFault, match="SystemExit"):
        value_of("def f(): return 1\nexit()")
    assert sys.argv == ["pytest", "exercises/stage5"]


def test_a_function_in_another_place_is_found() -> None:
    with pytest.raises(StudentFault, match=r"mask.py does: it belongs into heads.py"):
        value_of("x = 1", "mask")
    with pytest.raises(StudentFault, match=r"`f` is a method of Heads: a function stands outside of any class"):
        value_of("class Heads:\n    def f(self): return 1")


def test_a_file_that_serves_for_several_stems_fails_for_all_alike() -> None:
    source = Source("stage5.py", (b"def f(): return 1\n1 / 0\n",))
    modules = StageModules({"heads": source, "mask": source})
    for stem in ("heads", "mask"):
        with pytest.raises(StudentFault, match="ZeroDivisionError"):
            modules.call(stem, "f", ())


def test_a_name_from_a_star_is_explained() -> None:
    with pytest.raises(StudentFault, match=r"name 'exp' is not defined \(`from pylab import \*` gives nothing"):
        value_of("from pylab import *\ndef f(): return exp(1)")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            ["import math\nraise ValueError('x')", "def f(): return cos(1)"],
            "code cell 1, `import math`, failed: ValueError: x",
        ),
        (
            ["x = 1", "from math import cos; 1 / 0", "y = 2", "def f(): return tan(1)"],
            "code cell 2, `from math import cos; 1 / 0`",
        ),
        (["def f(:", "x = 1"], "code cell 1, `def f(:`, failed: SyntaxError"),
        (["", "x = z", "def f(): return w"], "code cell 2, `x = z`, failed: NameError"),
    ],
)
def test_a_cell_that_failed_is_named_in_what_it_costs(cells: list[str], said: str) -> None:
    source = Source("stage5.ipynb", tuple(cell.encode() for cell in cells), forgiving=True)
    with pytest.raises(StudentFault) as caught:
        StageModules({"heads": source}).call("heads", "f", ())
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("%matplotlib inline\n!pip install torch\nimport math\nmath?\nfiles = !ls\ndef f(): return 1", 1),
        ("def f():\n    return (7\n        % 4)", 3),
        ("%load_ext x\ndef f():\n    return (7\n        % 4)", 3),
        ("%%time\ndef f(): return 1", 1),
        ("%%capture out\n%timeit 1\ndef f(): return 1", 1),
        ("display(3)\nget_ipython().run_line_magic('a', 'b')\ndef f(): return 1", 1),
        ("text = '''\n% of all\n!not a command\n'''\n%time 1\ndef f(): return len(text.splitlines())", 3),
    ],
)
def test_the_syntax_of_a_notebook_is_no_error(cell: str, value: int) -> None:
    source = Source("stage5.ipynb", (cell.encode(),), forgiving=True)
    assert StageModules({"heads": source}).call("heads", "f", ()) == value


def test_foreign_imports_are_found_by_reading() -> None:
    text = (
        b'"""Words.\nimport nothing\nfrom the start\n"""\nimport os, torch as t, numpy.linalg\nfrom mask import mask\n'
        b"from .mask import x\nfrom matplotlib import pyplot\nfrom exercises.stage5.mask import y\n    import pandas\n# import z\n"
    )
    source = Source("heads.py", (text,))
    assert list(foreign(source, dict.fromkeys(("heads", "mask"), source))) == [
        ("torch", 5),
        ("matplotlib", 8),
        ("pandas", 10),
    ]
    assert list(foreign(source, dict.fromkeys(("heads", "mask"), source), ["torch", "matplotlib"])) == [("pandas", 10)]


def test_what_is_installed_is_told_from_what_will_be_there() -> None:
    import numpy as np
    import pluggy

    assert installed_path(pluggy, ()) == "pluggy"
    assert installed_path(pluggy.PluginManager, ()).startswith("pluggy.")
    assert installed_path(pluggy, ["pluggy"]) == ""
    for value in (np, np.exp, np.ndarray, value_of, StageModules, sys, len, 3, "x", np.ones(2)):
        assert installed_path(value, ()) == ""
