raise SystemExit("this is not the grader that anybody meant")
