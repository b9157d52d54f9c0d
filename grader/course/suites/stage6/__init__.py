"""Stage 6: the complete transformer."""

# The order of the task sheet.
ORDER = (
    "layer_norm",
    "transformer_block",
    "feed_forward",
    "output_head",
    "positions",
    "padding_mask",
    "training",
    "vocabulary",
    "generation",
)
