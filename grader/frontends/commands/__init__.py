"""The subcommands of `misstep`. A module here has a docstring, `add_arguments(parser)` and `run(args)`."""
