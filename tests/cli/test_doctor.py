"""``effnet-studio doctor``: for people, for programs, and its exit code."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.connections import Outcome, Purpose, begin
from effnet_studio.engine.doctor import examine as module
from effnet_studio.engine.doctor import speed
from effnet_studio.engine.facts.fact import Fact, Level
from effnet_studio.engine.messages import msg

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def _found(monkeypatch: pytest.MonkeyPatch, level: Level) -> None:
    """Let the doctor find something of a level, and nothing worse."""
    fact = Fact("memory", msg("Memory"), msg("little"), level, msg("Buy more."), command="buy it")
    well = Fact("python", msg("Python"), msg("3.11"))
    monkeypatch.setattr(module, "computer_facts", lambda: [fact])
    for name in ("calculation_facts", "part_facts", "weights_facts", "version_facts"):
        monkeypatch.setattr(module, name, partial(list, [replace(well, key=name)]))
    monkeypatch.setattr(module, "folder_facts", lambda *_: [replace(well, key="folder")])
    monkeypatch.setattr(module, "graphics_facts", lambda _probe, **_: [replace(well, key="device")])


def test_that_the_doctor_answers_for_people_and_programs(command: Command) -> None:
    document = command("doctor", "--json").document
    facts = {fact["key"]: fact for group in document["groups"] for fact in group["facts"]}
    assert {"python", "torch", "processor", "device", "starter", "data_folder"} <= set(facts)
    assert all(fact["value"] for fact in facts.values())
    assert document["speed"] is None
    done = command("doctor")
    assert "Python" in done.out
    assert "Nothing of yours leaves this computer" in done.out
    assert "not measured yet" in done.out


@pytest.mark.parametrize(
    ("level", "code", "verdict"),
    [
        (Level.OK, 0, "All is well."),
        (Level.WARNING, 0, "Could be better: 1"),
        (Level.PROBLEM, 1, "Problems: 1, warnings: 0"),
    ],
)
def test_that_only_a_problem_fails_a_script(
    command: Command, monkeypatch: pytest.MonkeyPatch, level: Level, code: int, verdict: str
) -> None:
    _found(monkeypatch, level)
    done = command("doctor")
    assert done.code == code
    assert verdict in done.out
    assert "Buy more." in done.out
    assert "buy it" in done.out
    as_json = command("doctor", "--json")
    assert as_json.code == code
    assert as_json.document["groups"][0]["level"] == level.value


def test_that_the_network_use_is_told_alone(command: Command) -> None:
    quiet = command("doctor", "--network")
    assert quiet.code == 0
    assert "never" in quiet.out
    assert "Memory" not in quiet.out
    begin("github.com", Purpose.WEIGHTS, sent="net.pth").end(Outcome.REFUSED, detail="404 No")
    assert "net.pth" in command("doctor", "--network").out
    document = command("doctor", "--network", "--json").document
    assert document["connections"][0]["host"] == "github.com"
    assert document["connections"][0]["outcome"] == "refused"


def test_that_speed_is_measured_on_request_and_kept(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "SIZE", 32)
    monkeypatch.setattr(speed, "ROUND_SECONDS", 0.0)
    measured = command("doctor", "--speed", "--json").document["speed"]
    assert measured["train"] > 0
    assert measured["times_reference"] > 0
    assert command("doctor", "--json").document["speed"] == measured
    assert "times as fast" in command("doctor").out


def test_that_a_project_s_folder_is_looked_at(command: Command, tmp_path: Path) -> None:
    document = command("doctor", "--json", "--project", tmp_path).document
    keys = {fact["key"] for group in document["groups"] for fact in group["facts"]}
    assert "project" in keys
