"""Where the app computes, why there, and what to do for better, in plain words."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from effnet_studio.engine.facts.fact import Fact, Level, gib_text
from effnet_studio.engine.facts.graphics import Card, GraphicsProbe, Obstacle, obstacle
from effnet_studio.engine.facts.versions import SET_UP, this_python
from effnet_studio.engine.messages import Message, msg

CROWDED: Final = 0.5
"""Share of a card's memory in the hands of others at which the doctor advises."""

DRIVERS: Final = "https://www.nvidia.com/drivers"


def graphics_facts(probe: GraphicsProbe, *, pack: Fact | None = None) -> list[Fact]:
    """What the doctor says of graphics processors.

    Args:
        probe: What was found.
        pack: What is to be done about the GPU pack, where that is the way to another PyTorch;
            None: commands of Python's are.
    """
    facts = [_device(probe)]
    if pack is not None and not probe.torch:
        again = msg("Start the app again; if that does not help, install it anew.")
        facts = [replace(facts[0], hint=again, command="")]
    if probe.system != "Darwin":
        facts.append(_cuda(probe) if pack is None else _with_pack(_cuda(probe), probe, pack))
        if obstacle(probe) is None:
            facts.append(_card_memory(probe.cards[0]))
    else:
        facts.append(_mps(probe))
    if probe.others and not probe.cards and probe.system != "Darwin":
        facts.append(_others(probe))
    return facts


def install_command(probe: GraphicsProbe) -> str:
    """The two lines that put the PyTorch in place that fits this computer's card and driver.

    Args:
        probe: What was found.
    """
    python = this_python()
    return (
        f"{python} -m pip install uv\n"
        f"{python} -m uv pip install --python {python} --torch-backend auto "
        "--reinstall-package torch --reinstall-package torchvision "
        f"torch=={_plain(probe.torch)} torchvision=={_plain(probe.torchvision)}"
    )


def _device(probe: GraphicsProbe) -> Fact:
    title = msg("Computes on")
    if not probe.torch:
        return Fact(
            "device",
            title,
            msg("Nothing: PyTorch cannot be started. {reason}", reason=probe.torch_error),
            level=Level.PROBLEM,
            hint=msg("Run the set-up again, in the app's folder."),
            command=SET_UP,
        )
    if obstacle(probe) is None:
        card = probe.cards[0]
        value = msg("{name}: it computes many times faster than the processor.", name=_named(card))
    elif probe.mps_available:
        value = msg("{name}: the graphics processor of this Mac.", name=probe.processor)
    else:
        value = msg(
            "{name}: the processor, as there is no graphics card that can be used.",
            name=probe.processor,
        )
    return Fact("device", title, value)


def _cuda(probe: GraphicsProbe) -> Fact:
    title, found = msg("NVIDIA graphics card"), obstacle(probe)
    if found is None:
        if probe.hip_build:
            title = msg("AMD graphics card")
        return Fact("cuda", title, msg("{name}, in use", name=_named(probe.cards[0])))
    if found in {Obstacle.NO_CARD, Obstacle.NO_TORCH}:
        return Fact("cuda", title, msg("none found"), level=Level.ABSENT)
    value, hint, command = _explained(probe, found)
    return Fact("cuda", title, value, level=Level.WARNING, hint=hint, command=command)


def _with_pack(fact: Fact, probe: GraphicsProbe, pack: Fact) -> Fact:
    """An installer's program has no commands to replace PyTorch with; it has the pack."""
    found = obstacle(probe)
    if found in {Obstacle.CPU_BUILD, Obstacle.OTHER_BUILD}:
        if not pack.ok:
            return replace(fact, level=Level.ABSENT, hint=None, command="")  # the pack's says more
        level = Level.WARNING if pack.remedy else Level.OK  # nothing can be done about it
        return replace(
            fact, level=level, hint=pack.hint or pack.value, command="", remedy=pack.remedy
        )
    if found is Obstacle.OLD_DRIVER:
        update = msg("Install NVIDIA's newest driver from {address}.", address=DRIVERS)
        return replace(fact, hint=update, command="")
    if found is Obstacle.OLD_CARD:
        old = msg("The card is too old for it, so the processor computes.")
        return replace(fact, hint=old, command="")
    return fact


def _explained(probe: GraphicsProbe, found: Obstacle) -> tuple[Message, Message, str]:
    """What is in the way, what to do about it in words, and the command for it."""
    card = next(iter((*probe.cards, *probe.nvidia)), Card("NVIDIA"))
    update = msg("Install NVIDIA's newest driver from {address}.", address=DRIVERS)
    if found in {Obstacle.CPU_BUILD, Obstacle.OTHER_BUILD}:
        return _wrong_build(probe, card, found)
    if found in {Obstacle.OLD_CARD, Obstacle.NEW_CARD}:
        return _wrong_generation(probe, card, found)
    if found is Obstacle.HIDDEN:
        return (
            msg("{name} is here, but CUDA_VISIBLE_DEVICES hides it.", name=card.name),
            msg("Remove that variable from the environment, and start the app again."),
            "",
        )
    if found is Obstacle.NO_DRIVER:
        return msg("{name} is here, but has no driver.", name=card.name), update, ""
    if found is Obstacle.OLD_DRIVER:
        value = msg(
            "{name}: its driver {driver} runs CUDA {runs} at most, and PyTorch {version} needs "
            "CUDA {needs}.",
            name=card.name,
            driver=probe.driver or "?",
            runs=probe.driver_cuda,
            version=probe.torch,
            needs=probe.cuda_build or "",
        )
        hint = msg("{update} Or install a PyTorch for this driver.", update=update)
        return value, hint, install_command(probe)
    value = msg(
        "{name} cannot be used by PyTorch {version}: {reason}",
        name=card.name,
        version=probe.torch,
        reason=probe.cuda_error or msg("it does not say why."),
    )
    hint = msg("Start the computer again; if that does not help: {update}", update=update)
    return value, hint, ""


def _wrong_build(probe: GraphicsProbe, card: Card, found: Obstacle) -> tuple[Message, Message, str]:
    value = msg(
        "{name} is here, but PyTorch {version} is the build for processors only.",
        name=card.name,
        version=probe.torch,
    )
    if found is Obstacle.OTHER_BUILD:
        value = msg(
            "{name} is here, but PyTorch {version} is the build for AMD cards.",
            name=card.name,
            version=probe.torch,
        )
    hint = msg("Install the PyTorch that fits the card, with these two commands.")
    return value, hint, install_command(probe)


def _wrong_generation(
    probe: GraphicsProbe, card: Card, found: Obstacle
) -> tuple[Message, Message, str]:
    major, minor = card.capability or (0, 0)
    value = msg(
        "{name} is of generation {generation}; PyTorch {version} has programs for {known}.",
        name=card.name,
        generation=f"{major}.{minor}",
        version=probe.torch,
        known=", ".join(_dotted(name) for name in probe.arch_list if name.startswith("sm_")),
    )
    if found is Obstacle.NEW_CARD:
        return (
            value,
            msg("A newer version of the app will know it; the processor computes until then."),
            "",
        )
    return (
        value,
        msg(
            "The card is too old for it, so the processor computes. A build of PyTorch for an "
            "older CUDA may still know the card."
        ),
        install_command(probe).replace("--torch-backend auto", "--torch-backend cu126"),
    )


def _card_memory(card: Card) -> Fact:
    title, used = msg("Memory of the card"), card.used
    if used is None or not card.memory:
        return Fact("card_memory", title, Message(gib_text(card.memory or None)))
    value = msg(
        "{total}, {free} free", total=gib_text(card.memory), free=gib_text(card.memory - used)
    )
    if used < CROWDED * card.memory:
        return Fact("card_memory", title, value)
    return Fact(
        "card_memory",
        title,
        value,
        level=Level.WARNING,
        hint=msg(
            "Other programs hold {used} of it: close them, or train with a smaller batch.",
            used=gib_text(used),
        ),
    )


def _mps(probe: GraphicsProbe) -> Fact:
    title = msg("Apple graphics processor")
    if probe.mps_available:
        return Fact("mps", title, msg("can be used"))
    if probe.translated:
        return Fact(
            "mps",
            title,
            msg("This Python is made for Intel's processors and runs in translation."),
            level=Level.WARNING,
            hint=msg("Install Python for Apple silicon, and set the app up again with it."),
        )
    if probe.machine != "arm64":
        return Fact("mps", title, msg("This Mac has an Intel processor; it computes by itself."))
    if not probe.torch:
        return Fact("mps", title, msg("Not known without PyTorch."))
    if not probe.mps_built:
        return Fact(
            "mps",
            title,
            msg("PyTorch {version} was built without it.", version=probe.torch),
            level=Level.WARNING,
            hint=msg("Run the set-up again, in the app's folder."),
            command=SET_UP,
        )
    return Fact(
        "mps",
        title,
        msg("PyTorch needs macOS 14 or later; this is {version}.", version=probe.macos or "?"),
        level=Level.WARNING,
        hint=msg("Update macOS."),
    )


def _others(probe: GraphicsProbe) -> Fact:
    return Fact(
        "other_card",
        msg("Other graphics"),
        msg(
            "{names}: not used. The app computes on NVIDIA's cards, on Apple's processors and, "
            "with PyTorch's build for ROCm, on AMD's cards under Linux.",
            names=", ".join(probe.others),
        ),
    )


def _named(card: Card) -> Message | str:
    if not card.memory:
        return card.name
    return msg("{name} ({memory})", name=card.name, memory=gib_text(card.memory))


def _dotted(name: str) -> str:
    digits = "".join(character for character in name if character.isdigit())
    return f"{digits[:-1]}.{digits[-1:]}"


def _plain(version: str) -> str:
    return version.partition("+")[0]
