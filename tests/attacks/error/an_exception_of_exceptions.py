# causal_mask: a chain of a thousand exceptions
def causal_mask(seq_len):
    error = ValueError(0)
    for number in range(1000):
        try:
            raise ValueError(number) from error
        except ValueError as latest:
            error = latest
    raise ExceptionGroup("all of them", [error] * 1000)
