# shows: choose_vocab_size error
def choose_vocab_size(counts, candidates, max_unk_rate):
    raise ValueError("no candidate will do")
