"""Weights files read safely, and laid over a network with an account of what matched."""

from __future__ import annotations

import pickle
import re
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from effnet_studio.engine.errors import ModelError, WeightsError
from effnet_studio.engine.events import Noted, OnEvent, Warned, ignore
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.models.head import classes_in, match_head
from effnet_studio.engine.models.scaled import MOSTLY, inheritance
from effnet_studio.engine.models.scaled_net import hush_added_blocks
from effnet_studio.engine.models.scaling import published

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from effnet_studio.engine.models.scaled import Inheritance
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.models.weights import ResolvedWeights

_WRAPPERS = ("state_dict", "model_state_dict", "model", "model_ema", "net", "network")
_PREFIXES = ("module.", "_orig_mod.")
# torchvision's oldest DenseNet files say norm.1 where the modules are now named norm1.
_OLD_DENSENET = re.compile(r"(denselayer\d+\.(?:norm|relu|conv))\.([12]\.)")

# The number 0x1950a86a20f9469cfc6c, pickled: how files of PyTorch before 1.6 begin.
_LEGACY_MAGIC = b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"
# What PyTorch's restricted unpickler says of classes and functions that are not weights.
_REFUSALS = ("Unsupported global", "Unsupported class", "unrecognized function")

# What a few wrong bytes have been seen to raise inside the readers.
_DAMAGE = (
    SafetensorError,
    zipfile.BadZipFile,
    struct.error,
    RuntimeError,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    MemoryError,
)


@dataclass(frozen=True)
class LoadReport:
    """What became of a weights file's tensors.

    Attributes:
        matched: Names taken over.
        missing: Names of the network that the file does not have, or has in another shape.
        unexpected: Names of the file that the network does not have.
        mismatched: Names in both, but of different shapes; they keep their random values.
        backbone_share: Share of the backbone's parameters that were taken over, in [0, 1].
        classes: Classes whose outputs were taken over by their names.
    """

    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    mismatched: tuple[str, ...] = ()
    backbone_share: float = 0.0
    classes: tuple[str, ...] = ()

    def message(self) -> Message:
        """The account in one sentence."""
        return msg(
            "{share:.0f} % of the backbone was taken over ({matched} tensors; {missing} missing, "
            "{mismatched} of another shape, {unexpected} not used).",
            share=100 * self.backbone_share,
            matched=len(self.matched),
            missing=len(self.missing) - len(self.mismatched),
            mismatched=len(self.mismatched),
            unexpected=len(self.unexpected),
        )


def load_weights(
    model: nn.Module,
    spec: ModelSpec,
    resolved: ResolvedWeights,
    *,
    classes: Sequence[str] | None = None,
    on_event: OnEvent = ignore,
) -> LoadReport:
    """Lay starting weights over a network.

    Tensors are matched by name; those of another shape are left out and reported. The classifier
    of ImageNet and starter weights is never taken: its classes are not the user's. That of a file
    that names its classes, as those of this app do, is taken class by class.

    Args:
        model: Network built from ``spec``; changed in place, and only if loading succeeds.
        spec: Its row of the catalog.
        resolved: The weights.
        classes: Names of the network's classes; None: they are those of the file.
        on_event: Told what matched if the weights are the user's own file or another
            architecture's: a note, or a warning if parts of the backbone stay random.

    Returns:
        What matched; empty for random weights.

    Raises:
        WeightsError: If the file cannot be read, or holds more than weights.
        ModelError: If nothing in it fits the network.
    """
    if resolved.path is None:
        return LoadReport()
    given = read_state(resolved.path)
    own = model.state_dict()
    classifier = f"{spec.classifier}."
    skip_head = resolved.kind in {"imagenet", "starter"}
    usable = {n: t for n, t in given.items() if not (skip_head and n.startswith(classifier))}
    known = None if skip_head or classes is None else classes_in(resolved.path)
    if known is not None and classes is not None:
        usable = match_head(usable, own, spec.classifier, known=known, wanted=classes)
    matched = {n: t for n, t in usable.items() if n in own and t.shape == own[n].shape}
    backbone = {
        name: parameter.numel()
        for name, parameter in model.named_parameters()
        if not name.startswith(classifier)
    }
    taken = sum(count for name, count in backbone.items() if name in matched)
    if not taken:
        raise ModelError(
            msg("Nothing in {name} fits {model}.", name=resolved.path.name, model=spec.title),
            hint=msg("The file is probably of another architecture: choose that model."),
            path=resolved.path,
        )
    broken = next((n for n, t in matched.items() if not bool(torch.isfinite(t).all())), None)
    if broken is not None:
        raise WeightsError(
            msg(
                "{name} holds values that are not numbers, in {tensor}.",
                name=resolved.path.name,
                tensor=broken,
            ),
            hint=msg("The training that made it has failed; use another file."),
            path=resolved.path,
        )
    model.load_state_dict(matched, strict=False)
    report = LoadReport(
        matched=tuple(matched),
        # Files older than PyTorch 0.4.1 have no batch counters; nothing depends on them.
        missing=tuple(n for n in own if n not in matched and not n.endswith("num_batches_tracked")),
        unexpected=tuple(n for n in given if n not in own),
        mismatched=tuple(n for n in usable if n in own and n not in matched),
        backbone_share=taken / sum(backbone.values()),
        classes=tuple(n for n in classes or () if known is not None and n in known),
    )
    if resolved.kind == "file":
        on_event(_account(report, resolved.path))
    elif spec.scaling is not None:
        heritage = inheritance(spec.scaling)
        added = hush_added_blocks(model, spec.scaling, published(heritage.variant))
        on_event(_inherited_account(report, heritage, added, resolved.path))
    return report


def _account(report: LoadReport, path: Path) -> Noted | Warned:
    if report.backbone_share == 1:
        return Noted(report.message())
    hint = msg("The rest starts from random numbers; is the file of this architecture?")
    return Warned(report.message(), hint, path)


def _inherited_account(
    report: LoadReport, heritage: Inheritance, added: int, path: Path
) -> Noted | Warned:
    donor = get_spec(heritage.donor).title
    account = report.message()
    if added:
        account = msg(
            "{account} Added blocks, which begin by passing on what they get: {count}.",
            account=account,
            count=added,
        )
    text = msg("Inherited from {donor}: {account}", donor=donor, account=account)
    if heritage.share >= MOSTLY:
        return Noted(text)
    hint = msg(
        "The rest starts from random numbers. More fits where the width is that of {donor}.",
        donor=donor,
    )
    return Warned(text, hint, path)


def read_state(path: Path) -> dict[str, Tensor]:
    """Read a weights file without running anything in it.

    Args:
        path: ``.safetensors``, or a PyTorch file with a state dict: bare, or under a usual key such
            as ``state_dict`` or ``model``. Prefixes left by data-parallel training or compiling
            are removed.

    Returns:
        Tensors on the CPU by name.

    Raises:
        WeightsError: If it is not such a file, or holds objects other than weights.
    """
    try:
        raw = load_file(path) if path.suffix.lower() == ".safetensors" else _read_pytorch(path)
    except _DAMAGE as error:
        raise _unreadable(path) from error
    except OSError as error:
        raise WeightsError(
            msg(
                "{name} cannot be read: {reason}.",
                name=path.name,
                reason=error.strerror or str(error),
            ),
            path=path,
        ) from error
    state = {_own_name(name): t for name, t in _unwrap(raw).items() if isinstance(t, Tensor)}
    if not state:
        raise WeightsError(
            msg("{name} holds no weights.", name=path.name),
            hint=msg("Save them with torch.save(model.state_dict(), …) or as .safetensors."),
            path=path,
        )
    return state


def _read_pytorch(path: Path) -> object:
    kind = _container_of(path)
    if kind == "other":
        raise _unreadable(path)
    if kind == "code":
        raise _more_than_weights(path)
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        if any(words in str(error) for words in _REFUSALS):
            raise _more_than_weights(path) from error
        raise _unreadable(path) from error


def _container_of(path: Path) -> Literal["weights", "code", "other"]:
    """What a file claims to be, from its outside: nothing in it is unpickled for that."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [name.rpartition("/")[2] for name in archive.namelist()]
        if "constants.pkl" in names:  # a TorchScript program
            return "code"
        return "weights" if "data.pkl" in names else "other"
    with path.open("rb") as file:
        start = file.read(32)
    if _LEGACY_MAGIC in start:
        return "weights"
    return "code" if start[:1] == b"\x80" else "other"


def _unwrap(raw: object) -> dict[str, Any]:
    """The state dict inside a checkpoint."""
    while isinstance(raw, Mapping):
        inner = next((raw[key] for key in _WRAPPERS if isinstance(raw.get(key), Mapping)), None)
        if inner is None:
            return {str(name): value for name, value in raw.items()}
        raw = inner
    return {}


def _own_name(name: str) -> str:
    shortened = True
    while shortened:
        shortened = False
        for prefix in _PREFIXES:
            if name.startswith(prefix):
                name, shortened = name.removeprefix(prefix), True
    return _OLD_DENSENET.sub(r"\1\2", name)


def _unreadable(path: Path) -> WeightsError:
    return WeightsError(
        msg("{name} is damaged or not a weights file.", name=path.name),
        hint=msg("Download or copy it again."),
        path=path,
    )


def _more_than_weights(path: Path) -> WeightsError:
    return WeightsError(
        msg("{name} holds program code, not only weights, and was not opened.", name=path.name),
        hint=msg("Ask for the plain weights: torch.save(model.state_dict(), …) or .safetensors."),
        path=path,
    )
