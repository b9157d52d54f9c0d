"""Says what to install when the exercises are run without the kit: pytest alone finds no tests here."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Stop with one clear line when nothing is there that can check an exercise."""
    if not config.pluginmanager.has_plugin("misstep"):
        raise pytest.UsageError(
            "the exercises are checked by misstep, and this Python does not have it. Go to the folder that "
            "holds pyproject.toml and run\n\n    python -m pip install -e .\n\nthen start pytest again."
        )
