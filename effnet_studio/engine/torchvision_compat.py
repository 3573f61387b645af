"""The one door by which torchvision, and timm which needs it, are imported.

PyPI's torchvision for Linux is a CUDA build. Beside a CPU build of torch its compiled operators
cannot be loaded and ``import torchvision`` fails with ``operator torchvision::nms does not exist``.
The models and transforms used here need none of those operators; declaring the two schemas that
torchvision looks up while it is imported is enough.
"""

from __future__ import annotations

import importlib
import importlib.util
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import msg
from effnet_studio.paths import is_frozen

if TYPE_CHECKING:
    from types import ModuleType

    from effnet_studio.engine.messages import Message

_SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
_lock = threading.Lock()
# A torch Library removes its operators when it is collected, so it must be kept.
_kept: list[Any] = []


def import_torchvision(submodule: str = "") -> ModuleType:
    """Import torchvision, also a CUDA build of it beside a CPU build of torch.

    Args:
        submodule: Dotted name below ``torchvision``, such as ``"transforms.v2"``.

    Returns:
        The imported module.

    Raises:
        ModelError: If torchvision does not fit the installed torch in some other way.
    """
    import torch

    name = f"torchvision.{submodule}" if submodule else "torchvision"
    with _lock:
        try:
            if not _kept and not _operators_load():
                library = torch.library.Library("torchvision", "DEF")  # type: ignore[no-untyped-call]
                for schema in _SCHEMAS:
                    library.define(schema)  # type: ignore[no-untyped-call]
                _kept.append(library)
            return importlib.import_module(name)
        except (ImportError, RuntimeError, OSError) as error:
            raise ModelError(
                msg("torchvision does not fit the installed PyTorch: {reason}", reason=str(error)),
                hint=_advice(),
            ) from error


def import_timm() -> ModuleType:
    """Import timm, which imports torchvision; nothing is downloaded by it.

    Returns:
        The module.

    Raises:
        ModelError: If it is missing, or does not fit the installed torch.
    """
    import_torchvision()
    try:
        return importlib.import_module("timm")
    except (ImportError, RuntimeError, OSError) as error:
        raise ModelError(
            msg("timm does not fit the installed PyTorch: {reason}", reason=str(error)),
            hint=_advice(),
        ) from error


def _advice() -> Message:
    if is_frozen():
        return msg("Install the app anew, with its newest installer.")
    return msg("Run the set-up again: python3 packaging/bootstrap.py setup")


def _operators_load() -> bool:
    """Whether torchvision's compiled operators can be loaded beside this torch."""
    import torch

    spec = importlib.util.find_spec("torchvision")
    if spec is None or not spec.submodule_search_locations:
        return True  # the import itself will say what is wrong
    folder = Path(next(iter(spec.submodule_search_locations)))
    libraries = [*folder.glob("_C.*so"), *folder.glob("_C*.pyd"), *folder.glob("_C*.dylib")]
    if not libraries:
        return False
    try:
        torch.ops.load_library(str(libraries[0]))  # type: ignore[no-untyped-call]
    except (OSError, RuntimeError):
        return False
    return True
