"""Channels that an image opens, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from effnet_studio.engine.data.importer import import_folder
from effnet_studio.engine.project import Project
from tests.random_run import write_run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def project(tmp_path: Path, pictures: Path) -> Path:
    """A project with a run that knows nothing."""
    with Project.create(tmp_path / "p.effnet") as made:
        import_folder(made, pictures, val=0.25)
        write_run(made, ("ants", "蜜蜂"), size=32)
    return tmp_path / "p.effnet"


def test_that_opened_channels_are_listed_with_the_images_that_open_them(
    command: Command, project: Path, pictures: Path, tmp_path: Path
) -> None:
    image = next((pictures / "ants").iterdir())
    asked = ("explain", project, image, "--out", tmp_path / "x.png", "--method", "se")
    found = command(*asked, "--channels", 4, "--json").document
    opened = found["opened_channels"]
    assert 0 < len(opened) <= 4
    scores = [each["deviations"] for each in opened]
    assert scores == sorted(scores, reverse=True)
    for each in opened:
        assert each["gate"] > each["class_mean"]
        gates = [opener["gate"] for opener in each["images"]]
        assert gates == sorted(gates, reverse=True)
        assert {opener["label"] for opener in each["images"]} <= {"ants", "蜜蜂"}
    block = opened[0]["block"]
    only = command(*asked, "--channels", 2, "--layer", block)
    assert only.code == 0
    assert block in only.out
    one = command(*asked, "--channel", opened[0]["channel"], "--layer", block)
    assert one.code == 0


@pytest.mark.parametrize(
    "wrong",
    [("--channels", "3"), ("--channel", "3"), ("--method", "se", "--channel", "100000")],
)
def test_that_channels_that_cannot_be_shown_are_refused(
    wrong: tuple[str, ...], command: Command, project: Path, pictures: Path, tmp_path: Path
) -> None:
    image = next((pictures / "ants").iterdir())
    refused = command("explain", project, image, "--out", tmp_path / "x.png", *wrong)
    assert refused.code == 1
    assert "hannel" in refused.err
    assert not (tmp_path / "x.png").exists()
