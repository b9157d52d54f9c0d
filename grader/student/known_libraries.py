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
# Whether something is of the library, or on the machine: where there is no library, nothing is.
NEVER = frozenset({"is_tensor", "is_available", "is_torch_available", "is_keras_tensor", "issparse", "is_initialized"})
# Give the module that an array is of; those of a check are numpy's.
MODULES = frozenset({"get_array_module", "array_namespace", "get_namespace"})
# Show, draw or write down what they are given, and no result is ever made with them.
_SHOWS = """
    matplotlib seaborn plotly bokeh altair IPython ipywidgets wandb tensorboard tensorboardX loguru colorama termcolor
    mlflow comet_ml neptune
"""
SHOWS = frozenset(_SHOWS.split())
# Give back what they are given, and write it down.
GIVES_BACK = frozenset({"ic"})
