"""The milestones: models assembled from a student's own functions."""
