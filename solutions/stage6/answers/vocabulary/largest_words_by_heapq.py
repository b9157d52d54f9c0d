# shows: choose_vocab_size right
import heapq


def choose_vocab_size(counts, candidates, max_unk_rate):
    counts = [int(n) for n in counts]
    total = sum(counts)
    unknown = lambda size: (total - sum(heapq.nlargest(size, counts))) / total  # noqa: E731
    try:
        return next(size for size in sorted(candidates) if unknown(size) <= max_unk_rate)
    except StopIteration:
        raise ValueError("no candidate will do") from None
