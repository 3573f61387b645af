"""Looking inside a network without leaving a trace in it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import torch

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from torch import Tensor, nn

    from effnet_studio.engine.predict.predictor import Predictor
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor


@contextlib.contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Put a network in evaluation mode, then give every module the mode it had."""
    before = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield
    finally:
        for module, training in before:
            module.training = training


@contextlib.contextmanager
def hooked(
    hooks: Iterable[tuple[nn.Module, Callable[[nn.Module, Any, Any], Any]]],
) -> Iterator[None]:
    """Attach forward hooks, and take them off again whatever happens.

    Args:
        hooks: Modules, and what is called with (module, inputs, output) after each of their runs;
            what it returns, unless None, takes the output's place.
    """
    with contextlib.ExitStack() as stack:
        for module, hook in hooks:
            stack.callback(module.register_forward_hook(hook).remove)
        yield


def activation_with_gradient(
    model: nn.Module,
    layer: str,
    batch: Tensor,
    score: Callable[[Tensor], Tensor],
    *,
    gradient: bool = True,
) -> tuple[Tensor, Tensor | None, Tensor]:
    """The same as :func:`activations_with_gradients` for one image.

    Args:
        model: The network.
        layer: Dotted name of a module.
        batch: One image, float32, shape (1, 3, s, s).
        score: From the logits, shape (1, classes), to the one number that is followed back.
        gradient: Whether to follow it; False saves the way back.

    Returns:
        The layer's output and the score's gradient there (None without), both (c, h, w), and the
        logits, (classes,).

    Raises:
        ModelError: If the layer does not exist, does not run, or has no map as output.
    """
    activation, found, logits = activations_with_gradients(
        model, layer, batch, score, gradient=gradient
    )
    return activation[0], None if found is None else found[0], logits[0]


def activations_with_gradients(
    model: nn.Module,
    layer: str,
    batch: Tensor,
    score: Callable[[Tensor], Tensor],
    *,
    gradient: bool = True,
) -> tuple[Tensor, Tensor | None, Tensor]:
    """Run a network, keep a layer's output and follow scores back to it.

    The gradient graph begins at the layer: what comes before needs no gradients, so frozen
    stages do not matter and little memory is used. Operations that change the layer's output in
    place (such as DenseNet's last ReLU) count as part of the layer, as in torchcam.

    Args:
        model: The network; its modes, hooks and gradients are the same afterwards.
        layer: Dotted name of a module.
        batch: Images, float32, shape (n, 3, s, s). In evaluation mode they do not touch each
            other, so one way back serves all of them.
        score: From the logits, shape (n, classes), to the number of each image, shape (n,), that is
            followed back.
        gradient: Whether to follow it; False saves the way back.

    Returns:
        The layer's output and each score's gradient there (None without), both (n, c, h, w), and
        the logits, (n, classes).

    Raises:
        ModelError: If the layer does not exist, does not run, or has no map as output.
    """
    kept: list[Tensor] = []

    def keep(_module: nn.Module, _inputs: Any, output: Any) -> Tensor:
        if not isinstance(output, torch.Tensor) or output.ndim != 4:
            raise _no_map(layer)
        # A leaf's clone, because a leaf itself must not be changed in place.
        kept.append(output.detach().requires_grad_(gradient).clone())
        return kept[-1]

    module = find_module(model, layer)
    with (
        torch.inference_mode(mode=False),
        torch.set_grad_enabled(gradient),
        evaluating(model),
        hooked([(module, keep)]),
    ):
        logits: Tensor = model(batch)
        if not kept:
            raise _no_map(layer)
        followed, activation = score(logits), kept[-1]
        found = None
        if gradient:
            (found,) = torch.autograd.grad(
                followed.sum(), activation, allow_unused=True, materialize_grads=True
            )
    return (
        activation.detach(),
        None if found is None else found.detach(),
        logits.detach(),
    )


def find_module(model: nn.Module, name: str) -> nn.Module:
    """Look up a module.

    Args:
        model: The network.
        name: Dotted name.

    Raises:
        ModelError: If there is none of that name.
    """
    try:
        if name:
            return model.get_submodule(name)
    except AttributeError:
        pass
    raise ModelError(
        msg("This model has no layer named {name}.", name=name or "?"),
        hint=msg("Choose one of the model's stages."),
    )


def require_network(predictor: Predictor) -> TorchPredictor:
    """Check that one can look inside a model.

    Args:
        predictor: The model.

    Returns:
        The same.

    Raises:
        ModelError: If it is an exported file, whose layers cannot be reached.
    """
    from effnet_studio.engine.predict.torch_predictor import TorchPredictor

    if isinstance(predictor, TorchPredictor):
        return predictor
    raise ModelError(
        msg("{name} is an exported file; nobody can look inside it.", name=predictor.name),
        hint=msg("Choose the project or the run it was exported from."),
        path=predictor.path,
    )


def _no_map(layer: str) -> ModelError:
    return ModelError(
        msg("The layer {layer} gives no map that could be shown over an image.", layer=layer),
        hint=msg("Choose one of the model's stages."),
    )
