# causal_mask: is loud, and right
import os, sys
right = causal_mask
def causal_mask(seq_len):
    print("\x1b[31m" + "x" * 1_000_000)
    sys.stderr.write("y" * 1_000_000)
    sys.stdout.flush()
    os.write(1, b"z" * 1_000_000)
    return right(seq_len)
