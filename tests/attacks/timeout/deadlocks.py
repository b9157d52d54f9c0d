# causal_mask: waits for a lock that it holds itself
import threading
def causal_mask(seq_len):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
