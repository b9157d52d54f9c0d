# causal_mask: never lets itself be imported
import time
time.sleep(100_000)
