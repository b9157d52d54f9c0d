"""The student's loop: what comes next, hints in steps, pages in the terminal, and checks that run on every save."""
