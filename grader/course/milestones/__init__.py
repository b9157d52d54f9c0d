"""What the milestones need of the course: a small language of our own, and the numbers of a model trained on it."""
