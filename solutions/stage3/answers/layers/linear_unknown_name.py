# shows: linear error
def linear(x, weight, bias):
    return x @ W + b
