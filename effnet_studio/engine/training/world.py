"""The processes that train one model together: which of them this is, and how they agree.

PyTorch's own collectives are enough (gloo between processors, nccl between graphics cards), with
``torchrun`` as the launcher. What wraps the network's forward pass (DistributedDataParallel, and
Lightning Fabric with it) would miss ours, which goes through a frozen and a learning part by
itself; it needs one sum of the gradients a step.

Each batch of the plan is divided among the processes, so that together they take the same steps as
one process would; only batch norms see a part of a batch, as they do with smaller parts at once.
"""

from __future__ import annotations

import contextlib
import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import torch
import torch.distributed as dist

from effnet_studio.engine.errors import TrainingError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor, nn

PATIENCE = timedelta(days=7)
"""How long the others wait for the first process, which may be paused; one that has ended is
noticed at once."""


class World:
    """One process that trains alone; the base of several that train together.

    Attributes:
        rank: Number of this process, counted from 0.
        size: How many there are.
    """

    rank = 0
    size = 1

    @property
    def first(self) -> bool:
        """Whether this process writes, reports and listens to the user."""
        return self.rank == 0

    def part(self, items: Sequence[int]) -> list[int]:
        """This process's part of a batch; parts differ by one at most."""
        count = len(items)
        edges = (count * self.rank // self.size, count * (self.rank + 1) // self.size)
        return list(items[slice(*edges)])

    def total(self, values: Tensor) -> Tensor:
        """Sum a tensor over the processes, in place."""
        return values

    def most(self, value: int) -> int:
        """The largest of the processes' numbers."""
        return value

    def shared(self, value: Any) -> Any:
        """What the first process has."""
        return value


class Group(World):
    """This process among several; made by :func:`joined`.

    Args:
        device: Where it computes.
    """

    def __init__(self, device: torch.device) -> None:
        self.rank = dist.get_rank()
        self.size = dist.get_world_size()
        self._device = device

    def total(self, values: Tensor) -> Tensor:
        """See :class:`World`."""
        with _ended():
            dist.all_reduce(values)
        return values

    def most(self, value: int) -> int:
        """See :class:`World`."""
        given = torch.tensor(value, device=self._device)
        with _ended():
            dist.all_reduce(given, dist.ReduceOp.MAX)
        return int(given)

    def shared(self, value: Any) -> Any:
        """See :class:`World`."""
        values = [value]
        with _ended():
            dist.broadcast_object_list(values, device=self._device)
        return values[0]


@contextlib.contextmanager
def joined(device: torch.device) -> Iterator[World]:
    """Join the other processes that ``torchrun`` started; alone if it did not.

    Args:
        device: Where this process computes.

    Yields:
        The processes together.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) < 2:
        yield World()
        return
    dist.init_process_group("nccl" if device.type == "cuda" else "gloo", timeout=PATIENCE)
    try:
        yield Group(device)
    finally:
        dist.destroy_process_group()


def local_device(name: str) -> str:
    """The device of this process, where several on a machine have a graphics card each.

    Args:
        name: The setting, such as ``"auto"``.
    """
    rank = os.environ.get("LOCAL_RANK")
    if rank is not None and name in {"auto", "cuda"} and torch.cuda.is_available():
        return f"cuda:{int(rank) % torch.cuda.device_count()}"
    return name


@torch.no_grad()
def sum_gradients(world: World, parameters: Sequence[Tensor]) -> None:
    """Sum the gradients over the processes, in one message; missing ones count as zero.

    Args:
        world: The processes.
        parameters: Those that are trained, the same in each process.
    """
    if world.size == 1:
        return
    for parameter in parameters:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    flat = world.total(torch.cat([gradient.flatten() for gradient in gradients]))
    _spread(flat, gradients)


@torch.no_grad()
def average_statistics(world: World, model: nn.Module) -> None:
    """Give all processes the mean of their batch norms' running statistics.

    Args:
        world: The processes.
        model: The network; the same in each but for these.
    """
    if world.size == 1:
        return
    buffers = [
        buffer
        for module in model.modules()
        if module.training
        for buffer in module.buffers(recurse=False)
        if buffer.is_floating_point()
    ]
    if not buffers:
        return
    flat = world.total(torch.cat([buffer.flatten() for buffer in buffers])) / world.size
    _spread(flat, buffers)


def _spread(flat: Tensor, tensors: Sequence[Tensor]) -> None:
    """Put the numbers of one long tensor back into those it was made of."""
    place = 0
    for tensor in tensors:
        tensor.copy_(flat[place : place + tensor.numel()].view_as(tensor))
        place += tensor.numel()


@contextlib.contextmanager
def _ended() -> Iterator[None]:
    """Say in words that another process is no longer there."""
    try:
        yield
    except RuntimeError as error:
        raise TrainingError(
            msg("Another process of this training has ended."),
            hint=msg("What it said is above; resume the run to go on from its last state."),
        ) from error
