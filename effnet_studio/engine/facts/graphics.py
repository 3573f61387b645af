"""What keeps PyTorch from a graphics card: worked out from probed values, without a card."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from effnet_studio.engine.device import supports
from effnet_studio.engine.facts.versions import parse


@dataclass(frozen=True)
class Card:
    """A graphics card.

    Attributes:
        name: As its maker calls it.
        memory: Its own memory, bytes; 0 where that is not known.
        used: Of it, by other programs; None where that is not known.
        capability: Its generation, as NVIDIA numbers them; None where that is not known.
    """

    name: str
    memory: int = 0
    used: int | None = None
    capability: tuple[int, int] | None = None


@dataclass(frozen=True)
class GraphicsProbe:
    """Everything that decides where PyTorch can compute.

    Attributes:
        system: ``Linux``, ``Windows`` or ``Darwin``.
        machine: Processor architecture, such as ``x86_64`` or ``arm64``.
        processor: Name of the processor.
        torch: Version of PyTorch; empty if it cannot be imported.
        torch_error: Why it cannot.
        torchvision: Version of torchvision; empty if it is not installed.
        cuda_build: CUDA version PyTorch was built for; None: it was not.
        hip_build: The same of AMD's ROCm.
        arch_list: Card generations PyTorch has programs for, such as ``sm_86``.
        cuda_available: What PyTorch says.
        cuda_error: What it says when it is made to try; empty if nothing.
        cards: Those that PyTorch sees.
        driver: Version of NVIDIA's driver; empty if there is none.
        driver_cuda: Newest CUDA version that the driver runs; empty if not known.
        nvidia: NVIDIA cards that the system sees, with and without a driver.
        others: Other makers' graphics processors that the system sees.
        hidden_by: ``CUDA_VISIBLE_DEVICES`` where it is set; None where it is not.
        mps_built: Whether PyTorch has been built for Apple's processors.
        mps_available: Whether they can be used.
        macos: Version of macOS; empty elsewhere.
        translated: Whether this is a Python for Intel's processors on Apple's.
    """

    system: str = "Linux"
    machine: str = "x86_64"
    processor: str = "CPU"
    torch: str = "2.13.0"
    torch_error: str = ""
    torchvision: str = "0.28.0"
    cuda_build: str | None = None
    hip_build: str | None = None
    arch_list: tuple[str, ...] = ()
    cuda_available: bool = False
    cuda_error: str = ""
    cards: tuple[Card, ...] = ()
    driver: str = ""
    driver_cuda: str = ""
    nvidia: tuple[Card, ...] = ()
    others: tuple[str, ...] = ()
    hidden_by: str | None = None
    mps_built: bool = False
    mps_available: bool = False
    macos: str = ""
    translated: bool = False


class Obstacle(StrEnum):
    """What keeps PyTorch from an NVIDIA card; the first that holds."""

    NO_TORCH = "no-torch"
    NO_CARD = "no-card"
    HIDDEN = "hidden"
    NO_DRIVER = "no-driver"
    CPU_BUILD = "cpu-build"
    OTHER_BUILD = "other-build"
    OLD_DRIVER = "old-driver"
    OLD_CARD = "old-card"
    NEW_CARD = "new-card"
    UNKNOWN = "unknown"


def obstacle(probe: GraphicsProbe) -> Obstacle | None:
    """What keeps PyTorch from computing on an NVIDIA card.

    ``torch.cuda.is_available()`` alone would not do: it also says yes to cards that PyTorch has no
    programs for, on which the first operation fails.

    Args:
        probe: What was found.

    Returns:
        The obstacle to be removed first; None if there is none.
    """
    if probe.torch and probe.cuda_available and probe.cards:
        return None if probe.hip_build else _generation(probe, probe.cards[0])
    driver = bool(probe.driver or probe.driver_cuda)
    hides = probe.hidden_by is not None and probe.hidden_by.strip() in {"", "-1", "NoDevFiles"}
    # Within one major version a driver runs what was built for a later minor one.
    runs, needs = parse(probe.driver_cuda)[:1], parse(probe.cuda_build or "")[:1]
    checks = (
        (Obstacle.NO_TORCH, not probe.torch),
        (Obstacle.NO_CARD, not probe.nvidia and not driver),
        (Obstacle.HIDDEN, hides),
        (Obstacle.NO_DRIVER, not driver),
        (Obstacle.OTHER_BUILD, bool(probe.hip_build)),
        (Obstacle.CPU_BUILD, probe.cuda_build is None),
        (Obstacle.OLD_DRIVER, bool(runs) and runs < needs),
    )
    known = next((card for card in probe.nvidia if card.capability), None)
    otherwise = (known and _generation(probe, known)) or Obstacle.UNKNOWN
    return next((which for which, holds in checks if holds), otherwise)


def _generation(probe: GraphicsProbe, card: Card) -> Obstacle | None:
    if card.capability is None or supports(probe.arch_list, card.capability):
        return None
    known = [parse(name) for name in probe.arch_list]
    newest = max((number[0] for number in known if number), default=0)
    return Obstacle.NEW_CARD if 10 * card.capability[0] > newest else Obstacle.OLD_CARD
