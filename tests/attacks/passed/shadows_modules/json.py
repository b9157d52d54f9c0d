raise SystemExit("this is not the json that anybody meant")
