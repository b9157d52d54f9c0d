# shows: leaky_relu_backward 3.13
def leaky_relu_backward(grad_output, x, slope=0.01):
    grad = grad_output.copy()
    grad[x <= 0] = slope
    return grad
