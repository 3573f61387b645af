"""An examination as plain text to be sent to others, and as plain values for programs."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from effnet_studio import __version__
from effnet_studio.engine.doctor.gpu_pack import pack_document
from effnet_studio.engine.doctor.references import REFERENCES
from effnet_studio.engine.doctor.speed import speed_document
from effnet_studio.engine.facts.fact import Level

if TYPE_CHECKING:
    from effnet_studio.engine.connections import Connection
    from effnet_studio.engine.doctor.examine import Examination
    from effnet_studio.engine.doctor.hosts import HostUse
    from effnet_studio.engine.doctor.speed import Speed
    from effnet_studio.engine.facts.fact import Fact

FORMAT: Final = 1

_MARKS: Final = {Level.OK: "ok", Level.ABSENT: "–", Level.WARNING: "look", Level.PROBLEM: "PROBLEM"}


def report_text(examination: Examination) -> str:
    """Everything in English, without the user's name.

    Args:
        examination: What was found.
    """
    when = datetime.now().astimezone().isoformat(timespec="minutes")
    lines = [f"EffNet Studio {__version__}, doctor's report, {when}", ""]
    for group in examination.groups:
        lines.append(str(group.title))
        lines += [line for fact in group.facts for line in _fact_lines(fact)]
        lines.append("")
    lines += ["Speed", *_speed_lines(examination.speed), "", "Network"]
    lines += [f"  {_host_line(use)}" for use in examination.hosts]
    return without_names("\n".join(lines) + "\n")


def without_names(text: str, home: Path | None = None) -> str:
    """Take the user's name out of paths.

    Args:
        text: Any text.
        home: The user's home folder; None: that of this process.

    Returns:
        The text with ``~`` for the home folder and ``USER`` for its name in other paths.
    """
    folder = home or Path.home()
    text = text.replace(str(folder), "~").replace(folder.as_posix(), "~")
    if len(folder.name) < 2:
        return text
    return re.sub(rf"(?<=[/\\]){re.escape(folder.name)}(?=[/\\\s,;:)\"']|$)", "USER", text)


def examination_document(examination: Examination) -> dict[str, Any]:
    """The examination as plain values for JSON; keys stay the same from version to version."""
    speed = examination.speed
    return {
        "format": FORMAT,
        "app": __version__,
        "problems": len(examination.at(Level.PROBLEM)),
        "warnings": len(examination.at(Level.WARNING)),
        "groups": [
            {
                "key": group.key,
                "title": str(group.title),
                "level": group.level.value,
                "facts": [fact_document(fact) for fact in group.facts],
            }
            for group in examination.groups
        ],
        "speed": None if speed is None else speed_document(speed),
        "network": network_document(examination),
        "gpu_pack": None if examination.pack is None else pack_document(examination.pack),
    }


def fact_document(fact: Fact) -> dict[str, Any]:
    """One fact as plain values."""
    return {
        "key": fact.key,
        "title": str(fact.title),
        "value": str(fact.value),
        "level": fact.level.value,
        "hint": str(fact.hint or ""),
        "command": fact.command,
    }


def network_document(examination: Examination, *, journal: bool = False) -> dict[str, Any]:
    """Hosts, and on request every connection, as plain values.

    Args:
        examination: What was found.
        journal: Whether every connection is told.
    """
    document: dict[str, Any] = {
        "proxy": examination.proxy,
        "hosts": [_host_document(use) for use in examination.hosts],
    }
    if journal:
        document["connections"] = [asdict(each) for each in examination.connections]
    return document


def _host_document(use: HostUse) -> dict[str, Any]:
    return {
        "host": use.host.name,
        "why": str(use.host.why),
        "times": use.times,
        "received": use.received,
        "last": None if use.last is None else use.last.began,
        "outcome": None if use.last is None else use.last.outcome.value,
    }


def _fact_lines(fact: Fact) -> list[str]:
    lines = [f"  [{_MARKS[fact.level]}] {fact.title}: {fact.value}"]
    if fact.hint is not None and not fact.ok:
        lines.append(f"      {fact.hint}")
        lines += [f"      $ {line}" for line in fact.command.splitlines()]
    return lines


def _speed_lines(speed: Speed | None) -> list[str]:
    if speed is None:
        return ["  not measured yet"]
    times = speed.beside(REFERENCES[0])
    rates = (
        f"{speed.predict:.1f} pictures a second answered, {speed.train_frozen:.1f} trained as "
        f"Balanced, {speed.train:.1f} trained whole"
    )
    compared = f"{times:.2f} times the reference ({REFERENCES[0].title})"
    when = f"measured {speed.measured} with PyTorch {speed.torch}"
    return [f"  {speed.device}: {rates}", f"  {compared}; {when}"]


def _host_line(use: HostUse) -> str:
    return f"{use.host.name}: {_last(use.last)}"


def _last(connection: Connection | None) -> str:
    if connection is None:
        return "never asked"
    return f"last asked {connection.began} ({connection.outcome.label})"
