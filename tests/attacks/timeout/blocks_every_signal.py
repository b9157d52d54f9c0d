# causal_mask: blocks every signal that can be blocked
import signal, time
def causal_mask(seq_len):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        time.sleep(1)
