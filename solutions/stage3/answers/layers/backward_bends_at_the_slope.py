# shows: leaky_relu_backward wrong
# The slope serves as a threshold, so small positive inputs get too little.
def leaky_relu_backward(grad_output, x, slope=0.01):
    return np.where(leaky_relu(x, slope) > slope, grad_output, slope * grad_output)
