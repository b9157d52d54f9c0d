# shows: choose_vocab_size wrong
def choose_vocab_size(counts, candidates, max_unk_rate):
    for size in sorted(candidates):
        if max(0, len(counts) - size) / len(counts) <= max_unk_rate:
            return size
    raise ValueError("no candidate will do")
