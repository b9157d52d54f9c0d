# causal_mask: sleeps through the lesson
import time
def causal_mask(seq_len):
    time.sleep(100_000)
