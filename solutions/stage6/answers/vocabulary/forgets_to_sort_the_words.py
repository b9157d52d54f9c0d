# shows: choose_vocab_size wrong
# Right where the counts happen to come sorted, and too large elsewhere.
def choose_vocab_size(counts, candidates, max_unk_rate):
    for size in sorted(candidates):
        if counts[size:].sum() / counts.sum() <= max_unk_rate:
            return size
    raise ValueError("no candidate will do")
