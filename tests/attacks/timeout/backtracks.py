# causal_mask: a regular expression that takes longer than the sun has left
import re
def causal_mask(seq_len):
    return re.match(r"(a|a)*$", "a" * 200 + "b")
