# shows: init_weights 3.6
# rng.normal wants the standard deviation; this gives it the variance.
def init_weights(rng, fan_in, fan_out, activation):
    variance = (2.0 if activation == "relu" else 1.0) / fan_in
    return rng.normal(0.0, variance, (fan_in, fan_out))
