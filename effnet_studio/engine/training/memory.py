"""When memory runs short: recognise it, say so, and compute fewer pictures at once."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

import torch

from effnet_studio.engine.device import process_memory
from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.events import Warned
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from effnet_studio.engine.training.session import Session

_CPU_SIGNS = ("DefaultCPUAllocator", "can't allocate memory", "not enough memory")
"""What PyTorch's errors on the CPU say; they have no type of their own."""


def out_of_memory(error: BaseException) -> bool:
    """Whether an error means that memory ran short."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return any(sign in str(error) for sign in _CPU_SIGNS)


def smaller(run: Session, computed: int, *, least: int = 1) -> bool:
    """Compute half as many pictures at once from now on, and say so.

    Args:
        run: The session; its state remembers the limit.
        computed: Most pictures that were to be computed at once.
        least: Fewest that can be.

    Returns:
        False if there were as few already.
    """
    limits = (computed, run.job.config.micro_batch, run.state.micro_batch)
    most = min(limit for limit in limits if limit)
    if most <= least:
        return False
    run.state.micro_batch = max(least, most // 2)
    run.job.on_event(
        Warned(
            msg(
                "Memory ran short: {count} images are now computed at once instead of {before}. "
                "Steps still count {batch} images.",
                count=run.state.micro_batch,
                before=most,
                batch=run.job.config.batch_size,
            ),
            msg("Close other programs, or choose smaller images, to train faster."),
        )
    )
    return True


def release_memory(device: torch.device) -> None:
    """Give memory back where it ran short, and what only cycles of objects keep as well.

    Python's lock is held for as long as it takes to look through all objects.
    """
    gc.collect()
    release_cached(device)


def release_cached(device: torch.device) -> None:
    """Give memory back that PyTorch keeps for tensors to come."""
    if device.type == "cuda":
        torch.cuda.empty_cache()


def memory_in_use(device: torch.device) -> int | None:
    """Bytes in use: of the graphics card, else of this process; None if it is not known."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    return process_memory()


@contextlib.contextmanager
def memory_errors(*, keeps_best: bool = True) -> Iterator[None]:
    """Say in words when there was not enough memory.

    Args:
        keeps_best: Whether the best model so far stays.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not out_of_memory(error):
            raise
        raise TrainingError(
            msg("There is not enough memory for this training."),
            hint=msg(
                "Choose a smaller image size or model, or freeze more stages; the best model so "
                "far is kept."
            )
            if keeps_best
            else msg("Choose a smaller image size or model, or freeze more stages."),
        ) from error
