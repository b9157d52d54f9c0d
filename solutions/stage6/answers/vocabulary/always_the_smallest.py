# shows: choose_vocab_size 6.10
def choose_vocab_size(counts, candidates, max_unk_rate):
    return min(candidates)
