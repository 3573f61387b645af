"""The whole examination: facts in groups, the journal of connections, the last measured speed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from effnet_studio import __version__
from effnet_studio.engine.connections import Connection, read_connections
from effnet_studio.engine.doctor.folders import folder_facts
from effnet_studio.engine.doctor.gpu_pack import pack_fact
from effnet_studio.engine.doctor.hosts import HostUse, hosts_in_use, proxy_of
from effnet_studio.engine.doctor.parts import part_facts
from effnet_studio.engine.doctor.speed import Speed, kept_speed
from effnet_studio.engine.doctor.weights import weights_facts
from effnet_studio.engine.facts.computer import calculation_facts, computer_facts
from effnet_studio.engine.facts.fact import Fact, Level
from effnet_studio.engine.facts.graphics_probe import probe_graphics
from effnet_studio.engine.facts.graphics_words import graphics_facts
from effnet_studio.engine.facts.versions import version_facts
from effnet_studio.engine.gpu_pack.state import Need, PackState, look_at_pack
from effnet_studio.engine.messages import Message, msg

if TYPE_CHECKING:
    from pathlib import Path

    from effnet_studio.engine.facts.graphics import GraphicsProbe


@dataclass(frozen=True)
class Group:
    """Facts that belong together.

    Attributes:
        key: For programs.
        title: For people.
        facts: The facts.
    """

    key: str
    title: Message
    facts: tuple[Fact, ...]

    @property
    def level(self) -> Level:
        """The worst of its facts; what nobody misses counts as well."""
        worst = max((fact.level for fact in self.facts), key=lambda level: level.rank)
        return Level.OK if worst is Level.ABSENT else worst


@dataclass(frozen=True)
class Examination:
    """Everything that was found.

    Attributes:
        groups: Facts, in groups.
        speed: The last measurement on this computer; None: none yet.
        hosts: Other computers that can be asked, and whether they were.
        connections: The journal, the newest first.
        proxy: Host and port that downloads go through; empty: none.
        pack: How it stands with the GPU pack; None: it was not looked at.
    """

    groups: tuple[Group, ...]
    speed: Speed | None = None
    hosts: tuple[HostUse, ...] = ()
    connections: tuple[Connection, ...] = ()
    proxy: str = ""
    pack: PackState | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, in order."""
        return tuple(fact for group in self.groups for fact in group.facts)

    def at(self, level: Level) -> tuple[Fact, ...]:
        """The facts of one level."""
        return tuple(fact for fact in self.facts if fact.level is level)

    @property
    def to_look_at(self) -> tuple[Fact, ...]:
        """Problems, then warnings."""
        return (*self.at(Level.PROBLEM), *self.at(Level.WARNING))


def examine(project: Path | None = None, offered: Path | None = None) -> Examination:
    """Find everything out; imports PyTorch, never Qt, and asks no other computer.

    Args:
        project: The open project's folder, if there is one.
        offered: Where new projects are offered to be made; None: in the documents.

    Returns:
        What was found.
    """
    probe = probe_graphics()
    pack = look_at_pack(probe)
    computer = [*computer_facts(), *(calculation_facts() if probe.torch else ())]
    app = Fact("app", Message("EffNet Studio"), Message(__version__))
    found = (
        Group("computer", msg("Computer"), tuple(computer)),
        Group("graphics", msg("Graphics"), graphics_with_pack(probe, pack)),
        Group("folders", msg("Folders"), tuple(folder_facts(project, offered))),
        Group("weights", msg("Pre-trained weights"), tuple(weights_facts())),
        Group("parts", msg("Optional parts"), tuple(part_facts())),
        Group("versions", msg("Versions"), (app, *version_facts())),
    )
    connections = read_connections()
    hosts = hosts_in_use(connections)
    return Examination(found, kept_speed(), hosts, connections, proxy_of(), pack)


def graphics_with_pack(probe: GraphicsProbe, pack: PackState) -> tuple[Fact, ...]:
    """Facts on graphics, with the GPU pack's where one can exist.

    Args:
        probe: What was found about graphics.
        pack: How it stands with the pack.
    """
    said = pack_fact(pack)
    facts = graphics_facts(probe, pack=None if pack.need is Need.PYTHON else said)
    if probe.system == "Darwin":
        return tuple(facts)
    return (*facts, replace(said, remedy=None) if said.ok else said)
