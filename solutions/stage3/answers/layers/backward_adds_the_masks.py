# shows: leaky_relu_backward 3.13
def leaky_relu_backward(grad_output, x, slope=0.01):
    positive = x > 0
    return grad_output * positive + slope * ~positive
