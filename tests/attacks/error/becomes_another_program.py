# causal_mask: execve
import os
def causal_mask(seq_len):
    os.execve("/bin/sh", ["sh", "-c", "sleep 1000"], {})
