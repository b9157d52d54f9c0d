"""Who asks: one package per way in (pytest, the command line, notebooks, GitHub, releases)."""
