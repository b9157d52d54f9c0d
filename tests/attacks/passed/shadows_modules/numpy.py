"""A numpy of its own: it would answer for every array."""
raise SystemExit("this is not the numpy that anybody meant")
