# causal_mask: opens a port
import socket
def causal_mask(seq_len):
    server = socket.socket()
    server.bind(("", 0))
    server.listen()
