# shows: leaky_relu degenerate
def leaky_relu(x, slope=0.01):
    return x
