# shows: linear right
import numpy as np

linear = lambda x, weight, bias: np.add(x.dot(weight), bias).astype(np.float16)
