# shows: linear wrong|error
# Fits only where a layer has as many inputs as outputs.
def linear(x, weight, bias):
    return x @ weight.T + bias
