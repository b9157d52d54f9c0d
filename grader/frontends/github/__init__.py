"""GitHub: autograding in a student's repository, and the open classrooms built on it."""
