# shows: leaky_relu_backward right
# The derivative measured, not derived.
def leaky_relu_backward(grad_output, x, slope=0.01):
    h = 1e-6
    f = lambda z: np.where(z > 0, z, slope * z)
    return grad_output * (f(x + h) - f(x - h)) / (2 * h)
