"""`%load_ext grader` in a real kernel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

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
