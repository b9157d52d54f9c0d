# causal_mask: a fault of the kit's own making, by its name
from grader.student.faults import NotFilledIn
def causal_mask(seq_len):
    raise NotFilledIn("passed")
