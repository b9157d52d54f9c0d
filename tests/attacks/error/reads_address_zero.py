# causal_mask: a segmentation fault
import ctypes
def causal_mask(seq_len):
    return ctypes.string_at(0)
