"""Says what to install when the exercises are run without the kit: pytest alone finds no tests here."""

import pytest

HELP = """misstep is not installed here, so there is nothing to check the exercises with.
In the folder that holds pyproject.toml, run

    python -m pip install -e .

with the Python that runs pytest, then start pytest again."""


def pytest_configure(config: pytest.Config) -> None:
    """Stop with the way out when no plugin is there that can check an exercise."""
    plugins = config.pluginmanager
    if not (plugins.has_plugin("misstep") or plugins.has_plugin("grader.frontends.pytest_plugin.plugin")):
        raise pytest.UsageError(HELP)
