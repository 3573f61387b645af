"""The real converters: they take a gigabyte, so this runs by hand (``-m converters``)."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.events import Event, RecipeTried, ignore
from effnet_studio.engine.export.bundle.pi import pi_part
from effnet_studio.engine.export.converters import litert_search
from effnet_studio.engine.export.converters.environment import install, python_of
from effnet_studio.engine.export.converters.executorch import write_executorch
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.converters.litert import write_litert, write_litert_int8
from effnet_studio.engine.export.draft import Draft
from effnet_studio.engine.export.runtimes.executorch import open_executorch
from effnet_studio.engine.export.runtimes.litert import open_litert
from effnet_studio.engine.export.runtimes.notes import NOTES_SUFFIX, notes_text
from effnet_studio.engine.predict.onnx_metadata import REJECT_KEY, write_metadata
from effnet_studio.engine.predict.reject_option import RejectOption, Score
from effnet_studio.engine.predict.torch_predictor import TorchPredictor

if TYPE_CHECKING:
    from tests.engine.export.conftest import Exported

pytestmark = [pytest.mark.converters, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def converter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("converters")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EFFNET_STUDIO_DATA", str(home))
        for kind in ConverterKind:
            install(kind)
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


@pytest.mark.parametrize(
    ("write", "open_file", "program"),
    [
        (write_litert, open_litert, "LiteRT 2."),
        (write_executorch, open_executorch, "ExecuTorch 1."),
    ],
)
def test_that_a_converted_file_answers_as_the_app_does(
    write: Any, open_file: Any, program: str, draft: Draft
) -> None:
    write(draft)
    for threads in (None, 1, 2):
        model = open_file(draft.file, threads=threads)
        assert model.program.startswith(program)
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
    for open_file, kind in ((open_litert, "LiteRT"), (open_executorch, "ExecuTorch")):
        with pytest.raises(ModelError, match=f"model.tflite is not a {kind} model"):
            open_file(draft.file)


def test_that_the_search_walks_on_until_the_promise_is_kept(draft: Draft) -> None:
    events: list[Event] = []
    allowed = replace(draft, budget_points=100.0, on_event=events.append)
    made = write_litert_int8(allowed)
    assert made.recipe == made.attempts[-1].recipe
    assert all(not attempt.kept_promise for attempt in made.attempts[:-1])
    assert [event.recipe for event in events if isinstance(event, RecipeTried)] == [
        attempt.recipe for attempt in made.attempts
    ]
    assert draft.file.stat().st_size == made.attempts[-1].bytes
    model = open_litert(draft.file)
    same = 0
    for sample in draft.judged:
        pixels = draft.app.picture(sample.path)
        answer = model.answer(pixels).probabilities.argmax()
        same += int(answer == draft.app.predict(pixels).probabilities.argmax())
    model.close()
    assert same / len(draft.judged) == pytest.approx(made.attempts[-1].agreement, abs=0.001)


def test_that_all_recipes_are_tried_where_none_keeps_the_promise(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(litert_search, "INT8_AGREEMENT", 1.1)  # nothing can
    made = write_litert_int8(draft)
    tried = [attempt.recipe for attempt in made.attempts]
    assert tried == ["least-error", "mixed-50", "mixed-75", "mixed-90", "mixed-95", "weights"]
    sizes = {attempt.recipe: attempt.bytes for attempt in made.attempts}
    assert sizes["least-error"] < 0.45 * made.attempts[0].float_bytes
    assert sizes["least-error"] < sizes["mixed-95"]
    assert made.attempts[-1].agreement >= 0.9  # only the weights are rounded


def test_that_the_program_beside_a_file_gives_the_apps_answers(
    draft: Draft, tmp_path: Path
) -> None:
    limit = RejectOption(Score.ENERGY, 1.0, 0.5, 1.0, images=4, dataset_version="1", weights="")
    metadata = {**draft.metadata, REJECT_KEY: json.dumps(limit.to_json())}
    notes = draft.file.with_name(draft.file.stem + NOTES_SUFFIX)
    notes.write_text(notes_text(metadata), encoding="utf-8")
    write_litert(draft)
    part = pi_part(draft.file.name)
    for name, text in part.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (program,) = tmp_path.glob("*.py")
    assert len(program.read_text().splitlines()) <= 35
    pictures = [sample.path for sample in draft.judged]
    see_through = tmp_path / "transparent.png"
    pixels = np.random.default_rng(1).integers(0, 256, (90, 70, 4), dtype=np.uint8)
    Image.fromarray(pixels).save(see_through)
    command = [python_of(ConverterKind.LITERT), program, *pictures, see_through]
    site = Path(Image.__file__).parents[1]  # the converter's environment has no Pillow
    environment = {**os.environ, "PYTHONPATH": str(site)}
    said = subprocess.check_output(command, env=environment, text=True, encoding="utf-8")
    for path, line in zip([*pictures, see_through], said.splitlines(), strict=True):
        answer = draft.app.predict(path)
        logits = draft.app.logits(draft.app.preprocess.normalize(draft.app.picture(path)[None]))
        order = answer.probabilities.argsort()[::-1]
        best = [f"{draft.app.classes[i]} {100 * answer.probabilities[i]:.1f} %" for i in order]
        told = ["none of these"] if limit.rejects(logits[0]) else []
        assert line.split("\t") == [str(path), *told, *best]
