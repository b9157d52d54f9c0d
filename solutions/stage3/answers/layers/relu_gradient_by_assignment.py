# shows: leaky_relu_backward 3.7
def leaky_relu_backward(grad_output, x, slope=0.01):
    grad = grad_output.copy()
    grad[x <= 0] = 0.0
    return grad
