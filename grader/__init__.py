"""misstep: graded numpy exercises that name the exact mistake a student made."""
