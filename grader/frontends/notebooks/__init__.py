"""The course as nbgrader notebooks. Jupyter and nbgrader are imported by the modules that need them, on demand.

In a notebook: `from grader.frontends.notebooks import check`, then `check("scaled_attention", "5.9")`.
"""

from grader.frontends.notebooks.kernel import check
from grader.frontends.notebooks.siblings import install

__all__ = ["check"]

install()
