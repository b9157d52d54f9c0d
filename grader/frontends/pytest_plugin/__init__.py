"""pytest as a front end: the plugin and what it prints."""
