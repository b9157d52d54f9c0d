# shows: linear wrong
def linear(x, weight, bias):
    # a threshold
    return x @ weight - bias
