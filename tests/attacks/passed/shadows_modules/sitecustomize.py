raise SystemExit("sitecustomize.py of a submission is not run")
