# shows: linear wrong
def linear(x, weight, bias):
    return x @ weight + bias.mean()
