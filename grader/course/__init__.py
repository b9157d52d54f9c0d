"""What is asked: pages, catalogue, points, what a check is written with, and the suites themselves."""
