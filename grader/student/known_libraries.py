"""What is known of some libraries by the last word of a name: `njit` leaves a function as it is, `vmap` does not."""

from __future__ import annotations

# Show how far a loop is, and hand its items through.
PROGRESS = frozenset({"tqdm", "rich", "alive_progress", "fastprogress", "progressbar", "enlighten", "pqdm", "p_tqdm"})
RANGES = frozenset({"trange", "tnrange"})
BARS = frozenset({"tqdm", "tqdm_notebook", "track", "alive_it", "progress_bar", "master_bar", "progressbar"})
# Make another function of the one that they are given: without the library there is none.
_TRANSFORMS = """
    vmap pmap grad value_and_grad jacobian jacfwd jacrev hessian jvp vjp elementwise_grad custom_jvp custom_vjp
    vectorize guvectorize stencil cfunc overload kernel scan reduce
"""
TRANSFORMS = frozenset(_TRANSFORMS.split())
# Leave what a function computes as it is, wherever they stand.
_LEAVE = "jit njit no_grad inference_mode compile typechecked beartype jaxtyped jaxtyping profile"
LEAVE = frozenset(_LEAVE.split())
