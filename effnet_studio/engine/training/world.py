"""The processes that train one model together: which of them this is, and how they agree.

PyTorch's own collectives are enough (gloo between processors, nccl between graphics cards), with
``torchrun`` as the launcher. What wraps the network's forward pass (DistributedDataParallel, and
Lightning Fabric with it) would miss ours, which goes through a frozen and a learning part by
itself; it needs one sum of the gradients a step.

Each batch of the plan is divided among the processes, so that together they take the same steps as
one process would; only batch norms see a part of a batch, as they do in one process that computes
a batch in parts, and their running statistics are the mean of the processes'. (Synchronised batch
norms would have all compute parts of the same number at the same time, also where memory is short
on one of them.)

Whatever one process alone may come upon (a loss that is no number, a step that broke off, a wish to
stop) is told to all before any of them acts on it, so that each message has its counterparts.
"""

from __future__ import annotations

import contextlib
import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import torch
import torch.distributed as dist

from effnet_studio.engine.errors import ProcessGoneError
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from torch import Tensor, nn

PATIENCE = timedelta(hours=1)
"""How long a process waits for another that does not answer, as the first one does not while it
loads weights. One that has ended is noticed at once, unless its whole machine is gone."""


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
        """This process's part of a batch; parts differ by one at most.

        One picture alone has no batch statistics: of few pictures the first processes get two or
        three each, and the others none.
        """
        count, size = len(items), min(self.size, max(1, len(items) // 2))
        if self.rank >= size:
            return []
        edges = (count * self.rank // size, count * (self.rank + 1) // size)
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

    def gathered(self, value: Any) -> list[Any]:
        """What each process has, in their order."""
        return [value]


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

    def gathered(self, value: Any) -> list[Any]:
        """See :class:`World`."""
        values = [None] * self.size
        with _ended():
            dist.all_gather_object(values, value)
        return values


@contextlib.contextmanager
def joined(device: torch.device, meeting: Path | None = None) -> Iterator[World]:
    """Join the other processes that the environment tells of, as ``torchrun`` sets it; else alone.

    Args:
        device: Where this process computes.
        meeting: File by which processes on one machine find each other, new and the same for all;
            None: they do by ``MASTER_ADDR`` and ``MASTER_PORT``.

    Yields:
        The processes together.

    Raises:
        ProcessGoneError: If they do not find each other.
    """
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size < 2:
        yield World()
        return
    if device.type == "cuda":
        torch.cuda.set_device(device)  # where messages of Python's objects go by
    store = None
    if meeting is not None:
        store = dist.FileStore(str(meeting), size)  # type: ignore[attr-defined]
    with _ended():  # one may have failed while the others are still meeting
        dist.init_process_group(
            "nccl" if device.type == "cuda" else "gloo",
            store=store,
            rank=int(os.environ["RANK"]),
            world_size=size,
            timeout=PATIENCE,
        )
    try:
        group = Group(device)
        group.most(0)  # all have met: what one does now, such as leaving, breaks no handshake
        yield group
    finally:
        dist.destroy_process_group()


def local_device(name: str) -> str:
    """The device of this process, where several on a machine have a graphics card each.

    Args:
        name: The setting, such as ``"auto"``. A run may have kept the card of its first process
            there: any card means one for each.

    Returns:
        The same if this process is alone.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) < 2:
        return name
    if name.startswith(("auto", "cuda")) and torch.cuda.is_available():
        return f"cuda:{int(os.environ.get('LOCAL_RANK', '0')) % torch.cuda.device_count()}"
    return "cpu"  # other devices cannot be shared


@torch.no_grad()
def sum_gradients(world: World, parameters: Sequence[Tensor], factor: float) -> None:
    """Sum the gradients over the processes, in one message; of one without pictures they are zero.

    Args:
        world: The processes.
        parameters: Those of the optimiser, the same in each process. What is frozen in this epoch
            is left without a gradient: the optimiser must go on passing it over.
        factor: What the sums are multiplied by.
    """
    if world.size == 1:
        return
    learning = [parameter for parameter in parameters if parameter.requires_grad]
    for parameter in learning:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
    gradients = [parameter.grad for parameter in learning if parameter.grad is not None]
    flat = world.total(torch.cat([gradient.flatten() for gradient in gradients]))
    _spread(flat.mul_(factor), gradients)


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
        if module.training and getattr(module, "running_mean", None) is not None
        for buffer in module.buffers(recurse=False)
    ]
    if not buffers:
        return
    flat = world.total(torch.cat([buffer.flatten().float() for buffer in buffers])) / world.size
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
        raise ProcessGoneError(
            msg("Another process of this training has ended."),
            hint=msg("What it said is above; resume the run to go on from its last state."),
        ) from error
