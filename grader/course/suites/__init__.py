"""The hidden suites: one folder a stage, one file per exercise file, one plain test per check."""
