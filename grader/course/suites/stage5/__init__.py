"""Stage 5: attention."""

# The order of the task sheet.
ORDER = ("causal_mask", "scaled_attention", "causal_attention", "heads", "positions", "kv_cache")
