"""Looks for graphics processors, drivers and what PyTorch makes of them; nothing is changed.

Each question is asked by itself and may fail by itself: a doctor must not fall ill.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from effnet_studio.engine.device import cpu_name
from effnet_studio.engine.facts.graphics import Card, GraphicsProbe
from effnet_studio.engine.quiet import NO_WINDOW

_MEBIBYTE: Final = 2**20
_TIMEOUT: Final = 10.0
"""Longest time for the driver's own tool, seconds; it hangs where the driver does."""

_MAKERS: Final = {"0x1002": "AMD", "0x8086": "Intel"}
_NVIDIA: Final = "0x10de"
_DISPLAY: Final = "0x03"
"""Class of graphics processors among the devices of the PCI bus."""

_SMI: Final = ("name", "memory.total", "memory.used", "compute_cap", "driver_version")


def probe_graphics() -> GraphicsProbe:
    """Look at everything that decides where PyTorch can compute; imports it."""
    cards, driver = ask_driver()
    nvidia, others = pci_graphics()
    probe = GraphicsProbe(
        system=platform.system(),
        machine=platform.machine(),
        processor=cpu_name(),
        torch="",
        torchvision=_version("torchvision"),
        driver=driver or _kernel_driver(),
        driver_cuda=_driver_cuda(),
        nvidia=cards or nvidia,
        others=others,
        hidden_by=os.environ.get("CUDA_VISIBLE_DEVICES"),
        macos=platform.mac_ver()[0],
        translated=_translated(),
    )
    try:
        import torch
    except (ImportError, OSError) as error:  # a library of the system is missing, for instance
        return replace(probe, torch_error=str(error))
    return _with_torch(probe, torch)


def ask_driver() -> tuple[tuple[Card, ...], str]:
    """Ask the tool of NVIDIA's driver for cards, and for the driver's version.

    Returns:
        Cards, and version; empty where there is no such tool or it does not answer.
    """
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return (), ""
    command = [tool, f"--query-gpu={','.join(_SMI)}", "--format=csv,noheader,nounits"]
    try:
        answer = subprocess.run(  # noqa: S603 - the driver's own tool
            command,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
            creationflags=NO_WINDOW,
        )
    except (OSError, subprocess.TimeoutExpired):
        return (), ""
    return read_answer(answer.stdout) if answer.returncode == 0 else ((), "")


def read_answer(text: str) -> tuple[tuple[Card, ...], str]:
    """Read what the driver's tool answers.

    Args:
        text: One line for each card: name, memory and used memory in MiB, generation, driver.

    Returns:
        As :func:`ask_driver`.
    """
    cards, driver = [], ""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split(",")]
        if len(cells) != len(_SMI):
            continue
        name, total, used, generation, driver = cells
        cards.append(
            Card(
                name,
                memory=(_number(total) or 0) * _MEBIBYTE,
                used=None if (taken := _number(used)) is None else taken * _MEBIBYTE,
                capability=_capability(generation),
            )
        )
    return tuple(cards), driver


def pci_graphics(
    root: Path = Path("/sys/bus/pci/devices"),
) -> tuple[tuple[Card, ...], tuple[str, ...]]:
    """Graphics processors that Linux sees on the bus, with and without a driver.

    Args:
        root: Where Linux tells of the bus.

    Returns:
        NVIDIA's cards, and the makers of others.
    """
    nvidia, others = [], []
    with contextlib.suppress(OSError):
        for device in sorted(root.iterdir()):
            with contextlib.suppress(OSError):
                if not (device / "class").read_text(encoding="ascii").startswith(_DISPLAY):
                    continue
                maker = (device / "vendor").read_text(encoding="ascii").strip()
                if maker == _NVIDIA:
                    nvidia.append(Card("NVIDIA"))
                elif maker in _MAKERS:
                    others.append(_MAKERS[maker])
    return tuple(nvidia), tuple(dict.fromkeys(others))


def _with_torch(probe: GraphicsProbe, torch: Any) -> GraphicsProbe:
    available, error = False, ""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            available = bool(torch.cuda.is_available())
        except RuntimeError as failure:
            error = str(failure)
    if not available and not error:
        error = next((str(each.message) for each in said), "")
    return replace(
        probe,
        torch=str(torch.__version__),
        cuda_build=torch.version.cuda,
        hip_build=torch.version.hip,
        arch_list=tuple(torch.cuda.get_arch_list()),
        cuda_available=available,
        cuda_error=error.partition("(Triggered")[0].strip(),
        cards=_torch_cards(torch, probe.nvidia) if available else (),
        mps_built=bool(torch.backends.mps.is_built()),
        mps_available=bool(torch.backends.mps.is_available()),
    )


def _torch_cards(torch: Any, told: tuple[Card, ...]) -> tuple[Card, ...]:
    """Cards as PyTorch sees them; what others hold of their memory is known to the driver."""
    cards = []
    for index in range(torch.cuda.device_count()):
        own = torch.cuda.get_device_properties(index)
        twin = next((card for card in told if card.name == own.name), None)
        # This process's own share does not count, unless nothing was computed on the card yet.
        mine = torch.cuda.memory_reserved(index) if torch.cuda.is_initialized() else 0
        used = None if twin is None or twin.used is None else max(0, twin.used - mine)
        capability = torch.cuda.get_device_capability(index)
        cards.append(Card(own.name, own.total_memory, used, (capability[0], capability[1])))
    return tuple(cards)


def _kernel_driver() -> str:
    with contextlib.suppress(OSError):
        text = Path("/proc/driver/nvidia/version").read_text(encoding="utf-8", errors="replace")
        found = re.search(r"\b(\d{3}\.\d+(\.\d+)?)\b", text)
        return found[1] if found else "?"
    return ""


def _driver_cuda() -> str:
    """The newest CUDA version that the driver runs, from the driver's own library."""
    name = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(name)
        number = ctypes.c_int(0)
        if library.cuDriverGetVersion(ctypes.byref(number)) == 0 and number.value:
            return f"{number.value // 1000}.{number.value % 1000 // 10}"
    return ""


def _translated() -> bool:
    """Whether macOS translates this Python from Intel's instructions."""
    if platform.system() != "Darwin" or platform.machine() == "arm64":
        return False
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        answer = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "sysctl.proc_translated"],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=False,
        )
        return answer.stdout.strip() == "1"
    return False


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def _capability(text: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2])) if found else None
