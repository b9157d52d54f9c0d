# causal_mask: SystemExit at import
raise SystemExit(0)
