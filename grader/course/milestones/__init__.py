"""What the milestones need of the course: a small language of our own, and the numbers of a model trained on it."""

# The stages that have one.
NUMBERS = (3, 5, 6)
