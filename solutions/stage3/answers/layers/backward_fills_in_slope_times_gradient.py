# shows: leaky_relu_backward right
def leaky_relu_backward(grad_output, x, slope=0.01):
    grad = grad_output.copy()
    grad[x <= 0] = slope * grad_output[x <= 0]
    return grad
