"""The real Core ML converter: 90 MB are installed, so this runs by hand (``-m converters``)."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.export.converters.coreml import unopenable
from effnet_studio.engine.export.converters.environment import install, python_of
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.export import export_model
from effnet_studio.engine.export.runtimes.coreml import open_coreml
from effnet_studio.engine.export.runtimes.notes import read_notes
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from tests.engine.export.conftest import Exported

pytestmark = [pytest.mark.converters, pytest.mark.timeout(600)]

READER = Path(__file__).with_name("mil_program.py")


@pytest.fixture(scope="module")
def converter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("converters")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EFFNET_STUDIO_DATA", str(home))
        install(ConverterKind.COREML)
    return home


@pytest.fixture(autouse=True)
def ready(converter_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EFFNET_STUDIO_DATA", str(converter_home))


@pytest.fixture(scope="module")
def package(
    converter_home: Path, exported: Exported, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The package of the random MobileNet, exported twice into the same folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EFFNET_STUDIO_DATA", str(converter_home))
        file = tmp_path_factory.mktemp("package") / "m.mlpackage"
        for _ in range(2):
            result = export_model(exported.project, format="coreml", out=file)
    assert result.file == file
    assert result.checked == result.ok == (unopenable() is None)
    return file


def test_that_what_the_package_computes_is_what_the_app_computes(
    package: Path, exported: Exported, tmp_path: Path
) -> None:
    app = TorchPredictor.from_run(exported.project.find_run(None), device="cpu")
    samples = load_dataset(exported.project).subset("val")
    images = np.concatenate(
        [app.preprocess.normalize(app.picture(sample.path)[None]) for sample in samples]
    )
    np.save(tmp_path / "images.npy", images)
    files = (package, tmp_path / "images.npy", tmp_path / "scores.npy")
    site = Path(torch.__file__).parents[1]
    subprocess.run([python_of(ConverterKind.COREML), READER, site, *files], check=True)
    scores = np.load(tmp_path / "scores.npy")
    np.testing.assert_allclose(scores, app.logits(images), atol=1e-4)
    assert scores.std() > 0.01, "weights that are all alike would agree with anything"


def test_that_the_package_is_whole_and_says_nothing_of_this_machine(
    package: Path, exported: Exported
) -> None:
    files = sorted(path for path in package.rglob("*") if path.is_file())
    inside = "Data/com.apple.CoreML"
    names = [path.relative_to(package).as_posix() for path in files]
    assert names == [f"{inside}/model.mlmodel", f"{inside}/weights/weight.bin", "Manifest.json"]
    for path in files:
        content = path.read_bytes()
        assert str(Path.home()).encode() not in content
        assert str(package.parent).encode() not in content
        assert path.stat().st_mode & 0o044 == files[-1].stat().st_mode & 0o044
    app = TorchPredictor.from_run(exported.project.find_run(None), device="cpu")
    assert read_notes(package).classes == app.classes
    assert not [path for path in package.parent.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(unopenable() is None, reason="a Mac opens it")
def test_that_asking_it_elsewhere_is_refused_in_words(package: Path) -> None:
    model = open_coreml(package)
    with pytest.raises(ModelError, match=r"m.mlpackage could not be run"):
        model.answer(np.zeros((40, 40, 3), dtype=np.uint8))
    model.close()
