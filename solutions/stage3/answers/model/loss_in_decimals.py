# shows: cross_entropy right
from decimal import Decimal


def cross_entropy(logits, targets):
    total = Decimal(0)
    for z, t in zip(logits, targets):
        z = [Decimal(float(v)) for v in z]
        m = max(z)
        total += m + sum((v - m).exp() for v in z).ln() - z[int(t)]
    return total / len(targets)
