raise SystemExit("this is not the pytest that anybody meant")
