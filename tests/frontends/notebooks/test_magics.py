"""`%load_ext grader` in a real kernel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from grader.frontends.notebooks.cells import source_of

manager = pytest.importorskip("jupyter_client.manager")

MASK = "import numpy as np\ndef causal_mask(seq_len):\n    print('noise')\n    return np.zeros((seq_len, seq_len))\n"


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A kernel in which the extension is loaded."""
    kernel, client = manager.start_new_kernel(kernel_name="python3", startup_timeout=120)
    try:
        run(client, "%load_ext grader")
        yield client
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)


def run(client: Any, code: str) -> tuple[str, str]:
    """What a cell displays, as HTML or Markdown and as plain text."""
    rich, plain = [], []

    def hook(message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] == "display_data":
            rich.append(content["data"].get("text/html") or content["data"].get("text/markdown", ""))
            plain.append(content["data"]["text/plain"])
        elif message["msg_type"] == "error":
            raise AssertionError(content)

    client.execute_interactive(code, output_hook=hook, timeout=120)
    return "\n".join(rich), "\n".join(plain)


def test_a_function_of_a_cell_is_checked(client: Any) -> None:
    assert "No exercise is defined here yet" in run(client, "%check")[1]
    run(client, MASK)
    rich, plain = run(client, "%check causal_mask")
    assert "<strong>5.1" in rich
    assert "causal_mask: 5.1 ✗" in plain
    run(client, MASK.replace("np.zeros((seq_len, seq_len))", "np.triu(np.full((seq_len, seq_len), -np.inf), 1)"))
    rich, plain = run(client, "%check")
    assert "causal_mask: 5.1 ✓" in plain
    assert "4 of 4 points" in plain
    assert "There is no exercise" in run(client, "%check maske")[1]


CACHE = """import numpy as np
print(open)

def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    keys = np.concatenate([k_cache, k_new], axis=1)
    return keys, np.concatenate([v_new, v_cache], axis=1)
"""


CALL = """from grader.frontends.notebooks import check
try:
    check("update_kv_cache")
except Exception:
    pass
"""


def test_the_line_of_an_undocumented_slip_is_named_with_its_cell(client: Any) -> None:
    run(client, CACHE)
    number = run(client, "print()\nfrom IPython.display import display; display(len(In))")[1]
    rich, plain = run(client, "%check update_kv_cache")
    words = " ".join(plain.split())
    assert f"One change in line 8 of cell {int(number) - 2} makes every check pass" in words
    assert f"In [{int(number) - 2}], line 8" in rich
    words = run(client, CALL)[1]
    assert "One change in line 8 of cell" in " ".join(words.split())
    run(client, "del update_kv_cache")


def test_what_defines_a_function_is_found_in_the_cells() -> None:
    cells = [
        "",
        "import numpy as np\nx = 3; y = 4\nprint(x)",
        "def helper(a):\n    return a + x",
        "%check\nf(",
        "\n@np.v\ndef f(a):\n    return helper(a)\nf(2)",
    ]
    source = source_of("f", cells)
    assert source is not None
    assert source.chunks == (
        b"import numpy as np\nx = 3; y = 4\n",
        b"def helper(a):\n    return a + x",
        b"\n",
        b"\n@np.v\ndef f(a):\n    return helper(a)\n",
    )
    assert source_of("g", cells) is None
    assert source_of("f", [*cells, "for x in range(3): pass"]) is None


def test_hints_and_pages(client: Any) -> None:
    assert "hint 1 of 3" in run(client, "%hint 5.9")[1]
    assert "hint 2 of 3" in run(client, "%hint 5.9")[1]
    assert run(client, "%explain 5.9")[0].startswith("# 5.9")
    assert "**5.12**" in run(client, "%explain mask nan")[0]
    assert "**3.1**" in run(client, "%explain")[0]


def test_a_milestone_lets_the_functions_of_the_cells_work_together(client: Any) -> None:
    run(client, "import numpy as np\ndef causal_mask(n):\n    return np.zeros((n, n))\n")
    told: list[str] = []
    drawings = []

    def hook(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            told.append(message["content"]["text"])
        elif message["msg_type"] == "display_data":
            drawings.append(message["content"]["data"]["text/html"])

    client.execute_interactive("%milestone 5", output_hook=hook, timeout=120)
    shown = "".join(told)
    assert "Milestone 5: attention looks.  Yours: 1 of 7 functions." in shown
    assert "≠ causality" in shown
    assert [drawing.startswith("<svg") for drawing in drawings] == [True, True]
    assert "There are %milestone 3, 5, 6" in run(client, "%milestone 4")[1]
