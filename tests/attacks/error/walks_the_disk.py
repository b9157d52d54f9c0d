# causal_mask: looks at every file that there is
import os
def causal_mask(seq_len):
    if not list(os.walk("/")):
        raise RuntimeError("there are no files")
