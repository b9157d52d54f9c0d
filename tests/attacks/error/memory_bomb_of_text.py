# causal_mask: doubles a text until there is no memory left
def causal_mask(seq_len):
    text = "x"
    while True:
        text += text
