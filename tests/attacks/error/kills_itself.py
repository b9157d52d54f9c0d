# causal_mask: SIGKILL to its own process
import os, signal
def causal_mask(seq_len):
    os.kill(os.getpid(), signal.SIGKILL)
