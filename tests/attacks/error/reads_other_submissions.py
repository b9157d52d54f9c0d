# causal_mask: lists the folder above its own
import pathlib
def causal_mask(seq_len):
    return list(pathlib.Path(__file__).resolve().parents[2].iterdir())[0].read_text()
