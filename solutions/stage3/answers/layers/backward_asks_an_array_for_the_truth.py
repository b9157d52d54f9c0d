# shows: leaky_relu_backward error
def leaky_relu_backward(grad_output, x, slope=0.01):
    return grad_output if x > 0 else slope * grad_output
