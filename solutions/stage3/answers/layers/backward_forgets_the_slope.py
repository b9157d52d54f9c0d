# shows: leaky_relu_backward wrong
def leaky_relu_backward(grad_output, x, slope=0.01):
    return grad_output * (x != 0)
