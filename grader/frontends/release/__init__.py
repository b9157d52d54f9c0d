"""The students' edition: a repository that a class starts from, with the kit in it and no solution."""
