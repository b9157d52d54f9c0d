"""`%load_ext grader` in JupyterLab itself, in a headless browser: what a student sees of `%check`."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jupyterlab")

from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on the PATH")]
MASK = "import numpy as np\n\ndef causal_mask(seq_len):\n    return np.zeros((seq_len, seq_len))"
CELLS = ("%load_ext grader", MASK, "%check causal_mask", "%hint 5.1", "%explain 5.1")
SECONDS = 120
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a JupyterLab shows a notebook of CELLS that nobody has run."""
    home = tmp_path_factory.mktemp("lab")
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": KERNEL}, "cells": [*map(cell, CELLS)]}
    (home / "course").mkdir()
    (home / "course/attention.ipynb").write_text(json.dumps(notebook))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    options = ["--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
    command = [sys.executable, "-m", "jupyterlab", *options, f"--IdentityProvider.token={token}"]
    places = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    environment = {**os.environ, **places, "IPYTHONDIR": str(home / "ipython")}
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=home / "course", env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", home / "log")
        yield f"http://127.0.0.1:{port}/lab/tree/attention.ipynb?token={token}&reset"
    finally:
        server.terminate()
        server.wait(60)


def cell(source: str) -> dict[str, Any]:
    words = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", "id": secrets.token_hex(4), "source": source, **words}


def _wait_for(address: str, log: Path) -> None:
    end = time.monotonic() + SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.5)


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    """The notebook after "Run All Cells"."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1100, "height": 1200})
        page.set_default_timeout(1000 * SECONDS)
        page.goto(address)
        page.locator(".jp-Notebook .jp-CodeCell").nth(len(CELLS) - 1).wait_for()
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        yield page
        browser.close()


def test_a_check_shows_a_block_with_a_picture_and_folded_hints(page: Page) -> None:
    output = page.locator(".jp-CodeCell").nth(2).locator(".jp-OutputArea")
    block = output.locator(".misstep-mistake")
    expect(block.locator("strong").first).to_contain_text("5.1", timeout=1000 * SECONDS)
    expect(block.locator("img, svg").first).to_be_visible()
    hint = block.locator("details.hint").first
    expect(hint.locator("> div")).to_be_hidden()
    hint.locator("> summary").click()
    expect(hint.locator("> div")).to_be_visible()
    expect(hint.locator("details.hint > div").first).to_be_hidden()
    expect(output).to_contain_text("causal_mask: 5.1 ✗")
    # No page lies beside this notebook.
    expect(block).to_contain_text("%explain 5.1")
    expect(block.locator("a")).to_have_count(0)


def test_hint_and_explain_show_text(page: Page) -> None:
    cells = page.locator(".jp-CodeCell")
    expect(cells.nth(3).locator(".jp-OutputArea")).to_contain_text("hint 1 of 3", timeout=1000 * SECONDS)
    expect(cells.nth(4).locator(".jp-OutputArea h1")).to_contain_text("5.1", timeout=1000 * SECONDS)
    expect(cells.nth(4).locator(".jp-OutputArea pre").first).to_be_visible()
    if picture := os.environ.get("MISSTEP_SCREENSHOT"):
        page.locator(".jp-CodeCell").nth(2).scroll_into_view_if_needed()
        page.screenshot(path=picture)
