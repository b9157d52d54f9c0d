"""Stage 3: a neural language model."""

# The order of the task sheet.
ORDER = ("softmax", "embedding", "layers", "model", "evaluation")
