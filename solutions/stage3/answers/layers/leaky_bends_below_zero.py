# shows: leaky_relu wrong
# Small negative inputs are not scaled.
def leaky_relu(x, slope=0.01):
    return np.where(x > -0.1, x, slope * x)
