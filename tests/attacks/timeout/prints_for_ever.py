# causal_mask: an output bomb
def causal_mask(seq_len):
    while True:
        print("=" * 100_000)
