# causal_mask: runs a command
import subprocess
def causal_mask(seq_len):
    return subprocess.run("touch /tmp/misstep-left-behind", shell=True, check=True)
