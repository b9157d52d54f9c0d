# causal_mask: recurses through C until the stack ends
import sys
sys.setrecursionlimit(2**31 - 1)
def causal_mask(seq_len):
    return list(map(causal_mask, [seq_len]))
