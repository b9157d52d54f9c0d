"""`python -m grader` is `misstep`."""

from grader.frontends.cli import main

raise SystemExit(main())
