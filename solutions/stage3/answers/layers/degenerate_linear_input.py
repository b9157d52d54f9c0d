# shows: linear degenerate
def linear(x, weight, bias):
    return x
