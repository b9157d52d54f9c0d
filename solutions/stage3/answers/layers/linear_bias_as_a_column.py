# shows: linear wrong|error
def linear(x, weight, bias):
    return x @ weight + bias[:, None]
