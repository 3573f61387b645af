"""The real converter for LiteRT: installs a gigabyte, so it runs by hand (``-m converters``)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.events import ignore
from effnet_studio.engine.export.converters.environment import install
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.converters.litert import write_litert
from effnet_studio.engine.export.draft import Draft
from effnet_studio.engine.export.runtimes.litert import open_litert
from effnet_studio.engine.export.runtimes.notes import NOTES_SUFFIX, notes_text
from effnet_studio.engine.predict.onnx_metadata import write_metadata
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.engine.export.conftest import Exported

pytestmark = [pytest.mark.converters, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def converter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("converters")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EFFNET_STUDIO_DATA", str(home))
        install(ConverterKind.LITERT)
    return home


@pytest.fixture(autouse=True)
def ready(converter_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EFFNET_STUDIO_DATA", str(converter_home))


@pytest.fixture
def app(exported: Exported) -> TorchPredictor:
    return TorchPredictor.from_run(exported.project.find_run(None), device="cpu")


@pytest.fixture
def draft(app: TorchPredictor, exported: Exported, tmp_path: Path) -> Draft:
    dataset = load_dataset(exported.project)
    metadata = write_metadata(
        classes=app.classes, preprocess=app.preprocess, model=app.spec.name, app_version="1.0"
    )
    file = tmp_path / "model.tflite"
    file.with_name(file.stem + NOTES_SUFFIX).write_text(notes_text(metadata), encoding="utf-8")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return Draft(
        app=app,
        file=file,
        metadata=metadata,
        dataset=dataset,
        judged=dataset.subset("val"),
        budget_points=0.5,
        known=None,
        scratch=scratch,
        on_event=ignore,
        cancel=CancelToken(),
    )


def test_that_a_litert_file_answers_as_the_app_does(
    draft: Draft, picture: NDArray[np.uint8]
) -> None:
    write_litert(draft)
    for threads in (None, 1, 2):
        model = open_litert(draft.file, threads=threads)
        assert model.program.startswith("LiteRT 2.")
        assert model.notes.classes == draft.app.classes
        for sample in draft.judged:
            pixels = draft.app.picture(sample.path)
            expected = draft.app.predict(pixels).probabilities
            np.testing.assert_allclose(model.answer(pixels).probabilities, expected, atol=1e-4)
        model.close()
    content = draft.file.read_bytes()
    assert str(Path.home()).encode() not in content
    assert str(draft.scratch).encode() not in content
    assert list(draft.scratch.iterdir()) == []


def test_that_a_file_that_is_no_model_is_named(draft: Draft) -> None:
    draft.file.write_bytes(b"nonsense" * 100)
    with pytest.raises(ModelError, match=r"model\.tflite is not a LiteRT model"):
        open_litert(draft.file)
