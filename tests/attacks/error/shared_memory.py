# causal_mask: leaves a segment of shared memory behind
from multiprocessing import shared_memory
def causal_mask(seq_len):
    return shared_memory.SharedMemory("misstep-left-behind", create=True, size=1 << 20)
