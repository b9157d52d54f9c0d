"""`python -m grader` is `misstep`."""

from grader.cli import main

raise SystemExit(main())
