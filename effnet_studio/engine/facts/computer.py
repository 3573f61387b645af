"""Processor and memory: what there is, and what a container leaves of it."""

from __future__ import annotations

import contextlib
import os
import platform
from pathlib import Path
from typing import Final

from effnet_studio.engine.device import (
    available_memory,
    cpu_cores,
    cpu_features,
    cpu_name,
    machine_memory,
    total_memory,
)
from effnet_studio.engine.facts.fact import GIB, Fact, Level, gib_text
from effnet_studio.engine.messages import Message, msg

LOW_MEMORY: Final = 4 * GIB
"""Below so much memory in all the doctor advises."""

LITTLE_FREE: Final = GIB
"""Below so much free memory a training may be ended by the system."""


def computer_facts() -> list[Fact]:
    """System, processor and memory; PyTorch is not imported."""
    return [
        Fact("system", msg("System"), Message(_system())),
        _processor(),
        _memory(total_memory(), machine_memory(), available_memory()),
    ]


def calculation_facts() -> list[Fact]:
    """What PyTorch makes of the processor; it is imported."""
    import torch

    threads, quota = torch.get_num_threads(), processor_time()
    crowded = quota is not None and threads > quota + 0.5
    hint = msg(
        "The container gives computing time for {quota:.1f} cores only: more threads than that "
        "wait for each other. Set OMP_NUM_THREADS before the start.",
        quota=quota or 0.0,
    )
    features = Message(", ".join(cpu_features()))
    return [
        Fact("cpu_features", msg("Instruction sets"), features),
        Fact(
            "threads",
            msg("Threads used"),
            Message(str(threads)),
            level=Level.WARNING if crowded else Level.OK,
            hint=hint if crowded else None,
            command=f"OMP_NUM_THREADS={max(1, round(quota or 1))} effnet-studio gui"
            if crowded
            else "",
        ),
    ]


def processor_time(root: Path = Path("/sys/fs/cgroup")) -> float | None:
    """Cores' worth of computing time that a container allows; None: all there is.

    Args:
        root: Where the system tells of control groups: version 2, then version 1.
    """
    with contextlib.suppress(OSError, ValueError):
        quota, period = (root / "cpu.max").read_text(encoding="ascii").split()
        return None if quota == "max" else int(quota) / int(period)
    with contextlib.suppress(OSError, ValueError):
        limit = int((root / "cpu/cpu.cfs_quota_us").read_text(encoding="ascii"))
        period_us = int((root / "cpu/cpu.cfs_period_us").read_text(encoding="ascii"))
        return None if limit <= 0 else limit / period_us
    return None


def _system() -> str:
    return f"{platform.platform(terse=True)}, {platform.machine()}"


def _processor() -> Fact:
    usable, there = cpu_cores(), os.cpu_count() or 1
    value = msg("{name}, usable logical processors: {cores}", name=cpu_name(), cores=usable)
    if usable < there:
        value = msg(
            "{name}, usable logical processors: {cores} of {all}",
            name=cpu_name(),
            cores=usable,
            all=there,
        )
    return Fact("processor", msg("Processor"), value)


def _memory(total: int | None, machine: int | None, free: int | None) -> Fact:
    value = msg("{total}, {free} free", total=gib_text(total), free=gib_text(free))
    if total is not None and machine is not None and total < machine:
        value = msg(
            "{total} allowed of the machine's {machine}, {free} free",
            total=gib_text(total),
            machine=gib_text(machine),
            free=gib_text(free),
        )
    hint = None
    if total is not None and total < LOW_MEMORY:
        hint = msg("Choose a small model, a small batch or smaller images.")
    elif free is not None and free < LITTLE_FREE:
        hint = msg("Close other programs before a training.")
    level = Level.OK if hint is None else Level.WARNING
    return Fact("memory", msg("Memory"), value, level=level, hint=hint)
