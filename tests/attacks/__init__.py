"""Submissions that attack the grader, filed by the status that they earn."""
