# shows: choose_vocab_size 6.10
def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = sorted(counts, reverse=True)
    total = sum(ordered)
    for size in sorted(candidates):
        unknown_percent = sum(ordered[size:]) / total
        if unknown_percent <= max_unk_rate * 100:
            return size
    raise ValueError("no candidate will do")
