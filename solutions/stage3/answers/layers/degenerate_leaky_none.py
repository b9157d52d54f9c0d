# shows: leaky_relu degenerate
def leaky_relu(x, slope=0.01):
    x[x < 0] *= slope
