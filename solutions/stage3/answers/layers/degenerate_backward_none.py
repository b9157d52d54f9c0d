# shows: leaky_relu_backward degenerate
def leaky_relu_backward(grad_output, x, slope=0.01):
    grad_output[x < 0] *= slope
