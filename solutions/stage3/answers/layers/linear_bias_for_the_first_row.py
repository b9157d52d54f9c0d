# shows: linear wrong
def linear(x, weight, bias):
    out = x @ weight
    out[0] += bias
    return out
