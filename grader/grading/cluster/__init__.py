"""Grading on a Dask cluster: the same submissions, processes and verdicts as on one machine.

The way of a submission: the client reads it and sends its text (`client`) → a Dask worker that was found fit
(`admission`) hands it to the grading processes beside it (`station`) → each of them (`host`) is the pool of one
machine, with its wall and its watch → the verdicts come back as JSON. Who runs what, where and again is up to Dask.
"""
