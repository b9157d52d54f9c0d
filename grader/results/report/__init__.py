"""The class report: one HTML file, made from stored results, that opens from disk and asks no network for anything."""
