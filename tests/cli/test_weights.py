"""``effnet-studio weights``, against a server on this computer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from effnet_studio import paths
from effnet_studio.engine.models import published
from effnet_studio.engine.models.catalog import CATALOG, get_spec, preprocess_for
from effnet_studio.engine.project import Project
from effnet_studio.engine.training import runs
from effnet_studio.engine.training.config import make_config
from tests.engine.models.file_server import Behaviour, serving
from tests.engine.models.proxy_server import Gate, proxying

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command

CONTENT = b"weights" * 5_000
NAME = f"resnet18-{hashlib.sha256(CONTENT).hexdigest()[:8]}.pth"


@pytest.fixture(autouse=True)
def _library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library whose ResNet-18 is a small file; those of the others are nowhere."""
    models = published.import_torchvision("models")
    real = models.get_weight

    class Entry:
        url = f"https://download.example/models/{NAME}"

    def get(name: str) -> Any:
        return Entry if name == CATALOG["resnet18"].weights else real(name)

    monkeypatch.setattr(models, "get_weight", get)


def _put(content: bytes = CONTENT) -> Path:
    paths.weights_dir().mkdir(parents=True, exist_ok=True)
    (paths.weights_dir() / NAME).write_bytes(content)
    return paths.weights_dir() / NAME


def test_that_the_list_names_every_architecture_and_what_is_here(command: Command) -> None:
    file = _put()
    done = command("weights", "list", "--json")
    by_model = {row["model"]: row for row in done.document}
    assert set(by_model) == set(CATALOG)
    assert by_model["resnet18"]["state"] == "here"
    assert by_model["resnet18"]["path"] == str(file)
    assert by_model["resnet50"]["state"] == "missing"
    assert by_model["resnet50"]["path"] is None
    text = command("weights", "list").out
    assert "densenet121" in text
    assert str(file) in text


def test_that_a_download_takes_mirror_and_proxy_and_says_its_progress(command: Command) -> None:
    gate = Gate()
    with serving(Behaviour(CONTENT)) as url, proxying(gate) as proxy:
        done = command("weights", "download", "resnet18", "--mirror", url, "--proxy", proxy)
    assert done.code == 0
    assert (paths.weights_dir() / NAME).read_bytes() == CONTENT
    assert "here" in done.out
    assert "Downloading" in done.err
    assert gate.asked == [f"GET {url}/{NAME}"]
    again = command("weights", "download", "resnet18", "--json")  # the server is gone
    assert [row["state"] for row in again.document] == ["here"]


def test_that_a_failed_download_is_one_line(command: Command) -> None:
    done = command("weights", "download", "resnet18", "--proxy", "socks5://a", "--json")
    assert done.code == 1
    assert "not a proxy that can be used" in done.document["error"]
    done = command("weights", "download", "resnet18", "resnet81")
    assert done.code == 1
    assert "resnet81" in done.err


def test_that_check_finds_a_damaged_file(command: Command) -> None:
    _put()
    assert command("weights", "check").code == 0
    _put(CONTENT[:-1])
    done = command("weights", "check", "--json")
    assert done.code == 1
    assert [(row["model"], row["state"]) for row in done.document] == [("resnet18", "damaged")]
    assert "weights download" in done.err


def test_that_a_bundle_brings_weights_to_another_computer(command: Command, tmp_path: Path) -> None:
    file = _put()
    path = tmp_path / "lab.effnet-weights.zip"
    done = command("weights", "bundle", path, "resnet18", "resnet50", "--json")
    assert done.code == 0
    assert [each["name"] for each in done.document["files"]] == [NAME]
    assert done.document["missing"] == ["resnet50"]
    assert command("weights", "bundle", path).code == 0  # all that is here
    file.unlink()
    taken = command("weights", "import", path)
    assert "1 added, 0 here already" in taken.out
    assert file.read_bytes() == CONTENT
    assert len(command("weights", "import", path, "--json").document["present"]) == 1
    path.write_bytes(b"no bundle")
    refused = command("weights", "import", path, "--json")
    assert refused.code == 1
    assert "no bundle of weights" in refused.document["error"]


def test_that_a_project_names_the_weights_it_needs(command: Command, tmp_path: Path) -> None:
    _put()
    root = tmp_path / "p.effnet"
    with Project.create(root) as project:
        empty = command("weights", "bundle", tmp_path / "a.zip", "--project", root)
        for model in ("resnet18", "resnet50"):
            runs.write_about(
                project.new_run_dir(model),
                config=make_config(model=model),
                classes=("a", "b"),
                preprocess=preprocess_for(get_spec(model)),
                dataset_version="1",
                weights="imagenet",
                created="2026-01-01T00:00:00Z",
            )
    assert empty.code == 1
    assert "No model was chosen" in empty.err
    done = command("weights", "bundle", tmp_path / "a.zip", "--project", root, "--json")
    assert [each["models"] for each in done.document["files"]] == [["resnet18"]]
    assert done.document["missing"] == ["resnet50"]
