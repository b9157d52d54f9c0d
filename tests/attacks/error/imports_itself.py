# causal_mask: imports its own name before it is there
from causal_mask import nothing
