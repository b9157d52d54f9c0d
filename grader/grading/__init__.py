"""Where checks and submissions meet: intake, examine, grade, the reference, and batches."""
