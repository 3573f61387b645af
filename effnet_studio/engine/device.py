"""What this computer can do: choice of device, threads, memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GIB = 2**30

_CONTROL_GROUP = "/sys/fs/cgroup"
"""Where Linux tells of the limits of a container."""

_KINDS = re.compile(r"auto|cpu|mps|cuda(:\d+)?")


@dataclass(frozen=True)
class DeviceChoice:
    """Where a job will run.

    Attributes:
        name: As PyTorch wants it, such as ``"cuda:0"``.
        kind: Its type.
        title: Shown to people, such as ``"NVIDIA H100"``.
        reason: Why this one.
        fallback: Whether another one was asked for and cannot be used.
    """

    name: str
    kind: Literal["cpu", "cuda", "mps"]
    title: str
    reason: Message
    fallback: bool = False


def choose_device(name: str = "auto") -> DeviceChoice:
    """Choose where to compute: CUDA before MPS before CPU, or what the user asks for.

    Args:
        name: ``auto``, ``cpu``, ``cuda``, ``cuda:1`` or ``mps``.

    Returns:
        The choice. If the device asked for cannot be used it is the CPU, with the reason.

    Raises:
        ConfigError: If no device has such a name.
    """
    wanted = name.strip().lower()
    if not _KINDS.fullmatch(wanted):
        raise ConfigError(
            msg("There is no device named {name}.", name=name),
            hint=msg("Choose one of: auto, cpu, cuda, cuda:1, mps."),
        )
    kind, _, number = wanted.partition(":")
    index = int(number or 0)
    if kind == "cpu":
        return _cpu(msg("The CPU was asked for."))
    if kind == "mps":
        problem = why_no_mps()
        return _mps(msg("MPS was asked for.")) if problem is None else _cpu(problem, fallback=True)
    problem = why_no_cuda(index)
    if problem is None:
        return _cuda(index, msg("A graphics card that PyTorch can use was found."))
    if kind == "auto" and why_no_mps() is None:
        return _mps(msg("This Mac's graphics processor can be used."))
    return _cpu(problem, fallback=kind != "auto")


def why_no_cuda(index: int = 0) -> Message | None:
    """Say why a CUDA device is not used.

    Args:
        index: Which one.

    Returns:
        The reason; None if it can be used.
    """
    import torch

    if torch.cuda.is_available():
        count = torch.cuda.device_count()
        if index < count:
            return _wrong_generation(index)
        return msg(
            "There is no cuda:{index}; graphics cards found: {count}.", index=index, count=count
        )
    driver = _has_nvidia_driver()
    if torch.version.cuda is None and torch.version.hip is None:
        if driver:
            return msg(
                "There is an NVIDIA graphics card, but the installed PyTorch {version} is a "
                "CPU build.",
                version=torch.__version__,
            )
        return msg("No NVIDIA graphics card was found.")
    if driver:
        return msg(
            "PyTorch {version} cannot use the installed NVIDIA driver.", version=torch.__version__
        )
    return msg("No NVIDIA driver was found.")


def supports(arch_list: Sequence[str], capability: tuple[int, int]) -> bool:
    """Whether PyTorch has programs that a card can run.

    A program for generation 8.0 runs on 8.6 too, not on 9.0; ``compute_90`` stands for a text that
    the driver translates for any later generation.

    Args:
        arch_list: From ``torch.cuda.get_arch_list()``; empty: not known, which is no objection.
        capability: The card's generation.
    """
    major, minor = capability
    for name in arch_list:
        found = re.match(r"(sm|compute)_(\d+)(\d)", name)
        if found is None:
            continue
        of, step = int(found[2]), int(found[3])
        if of == major and step <= minor:
            return True
        if found[1] == "compute" and (of, step) <= capability:
            return True
    return not arch_list


def why_no_mps() -> Message | None:
    """Say why the graphics processor of a Mac is not used.

    Returns:
        The reason; None if it can be used.
    """
    import torch

    if torch.backends.mps.is_available():
        return None
    if platform.system() != "Darwin":
        return msg("MPS exists on Apple computers only.")
    if not torch.backends.mps.is_built():
        return msg("The installed PyTorch {version} has no MPS.", version=torch.__version__)
    return msg("MPS needs Apple silicon and macOS 14 or later.")


@contextlib.contextmanager
def torch_threads(count: int) -> Iterator[None]:
    """Compute with so many threads, then go back to what was set before.

    Args:
        count: Threads inside one operation, at least 1; 0 changes nothing.
    """
    import torch

    before = torch.get_num_threads()
    if count > 0:
        torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def yield_while_waiting() -> None:
    """Let the threads inside one operation sleep while they wait for each other.

    By default they spin, which starves the window, the decoding threads and whatever else the
    computer does: with two busy cores a training step took 1,370 ms spinning and 497 ms sleeping.
    Must be called before torch is imported; what the user has set in the environment stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def cpu_cores() -> int:
    """Cores this process may use (fewer than the machine has, in a container)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cpu_name() -> str:
    """Name of the processor as its maker gives it, where the system tells."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine() or "CPU"


def cpu_features() -> tuple[str, ...]:
    """Instruction sets of this processor that PyTorch's kernels gain from.

    Returns:
        Such as ``("AVX512", "VNNI", "BF16", "AMX")``: the widest vector set first.
    """
    import torch

    # No public name for these yet (torch 2.13); absent on builds for other processors.
    probes = (
        ("VNNI", "_is_vnni_supported"),
        ("BF16", "_is_avx512_bf16_supported"),
        ("AMX", "_is_amx_tile_supported"),
    )
    extra = [title for title, probe in probes if getattr(torch.cpu, probe, bool)()]
    return (torch.backends.cpu.get_cpu_capability(), *extra)


def machine_memory() -> int | None:
    """Main memory of the machine, bytes; None where the system does not tell."""
    return _windows_memory()[0] if os.name == "nt" else _sysconf_bytes("SC_PHYS_PAGES")


def total_memory() -> int | None:
    """Main memory this process may use, bytes: the machine's or its container's limit.

    Returns:
        None where the system does not tell.
    """
    limits = [value for value in (machine_memory(), _container_limit()) if value]
    return min(limits, default=None)


def available_memory() -> int | None:
    """Main memory that can be had without swapping, bytes; None where that is not known."""
    free, limit, used = _machine_available(), _container_limit(), _container_used()
    if limit is None or used is None:
        return free
    rest = max(0, limit - used)
    return rest if free is None else min(free, rest)


def _machine_available() -> int | None:
    if os.name == "nt":
        return _windows_memory()[1]
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return _sysconf_bytes("SC_AVPHYS_PAGES")


def process_memory() -> int | None:
    """Main memory this process holds now (resident set), bytes; None where that is not known."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return None


def peak_memory() -> int | None:
    """Most main memory this process has ever held (resident set), bytes; None where not known.

    On Linux it is read from ``/proc``: what ``getrusage`` tells there is never less than what the
    starting process held.
    """
    if sys.platform == "win32":
        return _windows_peak_memory()
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _cpu(reason: Message, *, fallback: bool = False) -> DeviceChoice:
    return DeviceChoice("cpu", "cpu", cpu_name(), reason, fallback)


def _cuda(index: int, reason: Message) -> DeviceChoice:
    return DeviceChoice(f"cuda:{index}", "cuda", _cuda_title(index), reason)


def _wrong_generation(index: int) -> Message | None:
    """Why a card that PyTorch sees cannot run its programs; None: it can."""
    import torch

    major, minor = torch.cuda.get_device_capability(index)
    if torch.version.hip is not None or supports(torch.cuda.get_arch_list(), (major, minor)):
        return None
    return msg(
        "PyTorch {version} has no programs for {card} (generation {generation}).",
        version=torch.__version__,
        card=torch.cuda.get_device_properties(index).name,
        generation=f"{major}.{minor}",
    )


def _mps(reason: Message) -> DeviceChoice:
    return DeviceChoice("mps", "mps", cpu_name(), reason)


def _cuda_title(index: int) -> str:
    import torch

    properties = torch.cuda.get_device_properties(index)
    return f"{properties.name}, {_gib(properties.total_memory)}"


def _has_nvidia_driver() -> bool:
    return Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi") is not None


def _gib(size: int | None) -> str:
    return "?" if size is None else f"{size / GIB:.1f} GB"


def _sysconf_bytes(pages: str) -> int | None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        count = os.sysconf(pages) * os.sysconf("SC_PAGE_SIZE")
        return count if count > 0 else None
    return None


def _container_limit() -> int | None:
    """Memory limit of the control group (Docker and others): version 2, then version 1."""
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        with contextlib.suppress(OSError, ValueError):
            return int(Path(_CONTROL_GROUP, name).read_text(encoding="ascii"))
    return None


def _container_used() -> int | None:
    """Memory that the control group holds, without what can be read from disk again."""
    for used, statistics, cache in (
        ("memory.current", "memory.stat", "inactive_file"),
        ("memory/memory.usage_in_bytes", "memory/memory.stat", "total_inactive_file"),
    ):
        with contextlib.suppress(OSError, ValueError):
            held = int(Path(_CONTROL_GROUP, used).read_text(encoding="ascii"))
            lines = Path(_CONTROL_GROUP, statistics).read_text(encoding="ascii").splitlines()
            cached = next((line for line in lines if line.startswith(f"{cache} ")), "0 0")
            return max(0, held - int(cached.split()[1]))
    return None


class _MemoryStatus(ctypes.Structure):
    """``MEMORYSTATUSEX`` of the Windows API."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("available", ctypes.c_uint64),
        ("rest", ctypes.c_uint64 * 5),
    )


def _windows_memory() -> tuple[int | None, int | None]:
    """Total and available bytes, from ``GlobalMemoryStatusEx``."""
    status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
    windll = getattr(ctypes, "windll", None)
    if windll is None or not windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None, None
    return status.total, status.available


class _ProcessMemory(ctypes.Structure):
    """``PROCESS_MEMORY_COUNTERS`` of the Windows API."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        ("peak", ctypes.c_size_t),
        ("rest", ctypes.c_size_t * 7),
    )


def _windows_peak_memory() -> int | None:
    """Peak working set, bytes, from ``K32GetProcessMemoryInfo``."""
    counters = _ProcessMemory(size=ctypes.sizeof(_ProcessMemory))
    windll = getattr(ctypes, "windll", None)
    if windll is None:
        return None
    windll.kernel32.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(windll.kernel32.GetCurrentProcess())
    found = windll.kernel32.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.size)
    return counters.peak if found else None
