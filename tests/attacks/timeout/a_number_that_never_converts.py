# causal_mask: returns a number whose conversion hangs
import numbers, time
class Slow(float):
    def __float__(self):
        while True:
            time.sleep(1)
numbers.Real.register(type("Fraction", (), {}))
def causal_mask(seq_len):
    return Number()
class Number:
    def __float__(self):
        while True:
            time.sleep(1)
numbers.Real.register(Number)
