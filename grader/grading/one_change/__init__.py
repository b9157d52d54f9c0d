"""Naming the line: a search over one-place changes of a student's own code for one that makes it right."""
