# shows: linear wrong
def linear(x, weight, bias):
    out = x @ weight + bias
    out += bias
    return out
