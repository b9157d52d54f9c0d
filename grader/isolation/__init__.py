"""The wall: a submission's code runs in a locked-in child, the checks run outside it.

`grader.isolation.sandbox.open_sandbox` is the way in. This file imports nothing, because the child side
imports it too.
"""
