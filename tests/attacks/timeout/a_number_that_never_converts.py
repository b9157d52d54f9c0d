# causal_mask: returns a number whose conversion hangs
import numbers
class Slow(float):
    def __float__(self):
        while True:
            pass
numbers.Real.register(type("Fraction", (), {}))
def causal_mask(seq_len):
    return Number()
class Number:
    def __float__(self):
        while True:
            pass
numbers.Real.register(Number)
