# shows: leaky_relu_backward right
def leaky_relu_backward(grad_output, x, slope=0.01):
    grad_output[x < 0] *= slope
    return grad_output
