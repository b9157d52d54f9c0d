"""What is handed in, as functions that can be called: loading it, calling it, what goes wrong, what it prints."""
