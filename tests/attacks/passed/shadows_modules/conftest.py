raise SystemExit("conftest.py of a submission is not run")
