"""OpenVINO's files answer like the app, and say of themselves what any program needs to know."""

from __future__ import annotations

import json
import subprocess
import sys
from multiprocessing import active_children
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import Cancelled, ExportError, ModelError
from effnet_studio.engine.export.graph.openvino_ir import picture_model, write_openvino
from effnet_studio.engine.export.openvino_door import load_openvino, unavailable
from effnet_studio.engine.export.runtimes.openvino_ir import open_openvino
from effnet_studio.engine.predict.onnx_metadata import LABELS_KEY, write_metadata
from effnet_studio.engine.predict.predictor import Predictor, load_predictor, read_pixels
from effnet_studio.engine.predict.reject_option import RejectOption, Score, certainty
from tests.engine.export.conftest import Exported

if TYPE_CHECKING:
    from pathlib import Path

needs_openvino = pytest.mark.skipif(unavailable() is not None, reason="OpenVINO is not installed")

SIZES = ((64, 64), (90, 51), (40, 300), (700, 60), (333, 500))


def entries_of(file: Path) -> dict[str, str]:
    return {entry.key: entry.value for entry in onnx.load(file).metadata_props}


def pictures(count: int = 3) -> list[np.ndarray]:
    random = np.random.default_rng(4)
    found = []
    for height, width in SIZES:
        for _ in range(count):
            coarse = random.integers(0, 256, (height // 8 + 1, width // 8 + 1, 3))
            fine = coarse.repeat(8, 0).repeat(8, 1)[:height, :width]
            found.append((fine * random.uniform(0.2, 1, 3)).astype(np.uint8))
    return found


@pytest.fixture(scope="session")
def app(exported: Exported) -> Predictor:
    return load_predictor(exported.project.find_run(None), device="cpu")


@pytest.fixture(scope="session")
def written(exported: Exported, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("openvino") / "模型 1.xml"
    write_openvino(exported.result.file, out, entries_of(exported.result.file))
    return out


@needs_openvino
def test_that_probabilities_are_the_apps(app: Predictor, written: Path) -> None:
    runtime = open_openvino(written, threads=1)
    assert runtime.program.startswith("OpenVINO 20")
    assert runtime.notes.classes == app.classes
    assert runtime.notes.preprocess == app.preprocess
    for picture in pictures():
        answer, expected = runtime.answer(picture), app.predict(picture).probabilities
        np.testing.assert_allclose(answer.probabilities, expected, atol=1e-5)
        assert answer.certainty == pytest.approx(expected.max(), abs=1e-5)
        assert answer.rejected is False
    runtime.close()


@needs_openvino
@pytest.mark.parametrize("score", Score)
def test_that_the_verdict_is_the_apps(score: Score, color_model: Path, tmp_path: Path) -> None:
    app = load_predictor(color_model)
    images = pictures()
    logits = app.logits(np.stack([app.preprocess(image) for image in images]))
    told = certainty(logits, score)
    option = RejectOption(score, float(np.median(told)) + 1e-4, 0.5, 1.0, 8, "1", "")
    notes = write_metadata(
        classes=app.classes, preprocess=app.preprocess, model="m", app_version="1", reject=option
    )
    write_openvino(color_model, tmp_path / "m.xml", notes)
    runtime = open_openvino(tmp_path / "m.xml")
    answers = [runtime.answer(image) for image in images]
    np.testing.assert_allclose([answer.certainty for answer in answers], told, atol=1e-4)
    rejected = [answer.rejected for answer in answers]
    np.testing.assert_array_equal(rejected, option.rejects(logits))
    assert 0 < sum(rejected) < len(images)


@needs_openvino
def test_that_the_model_takes_any_number_of_pictures(app: Predictor, written: Path) -> None:
    openvino = load_openvino()
    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    compiled = openvino.Core().compile_model(written, "CPU", settings)
    prepared = np.stack([app.preprocess.geometry(picture) for picture in pictures()])
    expected = [app.predict(picture).probabilities for picture in pictures()]
    for count in (1, 7, len(prepared)):
        found = compiled(prepared[:count])["probabilities"]
        np.testing.assert_allclose(found, expected[:count], atol=1e-5)


@needs_openvino
def test_that_odd_class_names_are_kept(color_model: Path, tmp_path: Path) -> None:
    app = load_predictor(color_model)
    names = ["<&>\"'", "蜜蜂 🐝", "a\tb\nc\r\u2028"]
    notes = write_metadata(classes=names, preprocess=app.preprocess, model="m", app_version="1")
    write_openvino(color_model, tmp_path / "m.xml", notes)
    assert list(open_openvino(tmp_path / "m.xml").notes.classes) == names


@needs_openvino
def test_that_the_files_are_the_same_again_and_name_no_folder(
    exported: Exported, written: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.xml"
    write_openvino(exported.result.file, again, entries_of(exported.result.file))
    for ending in (".xml", ".bin"):
        assert again.with_suffix(ending).read_bytes() == written.with_suffix(ending).read_bytes()
    text = written.read_text(encoding="utf-8")
    assert str(tmp_path.parent) not in text
    assert exported.result.file.parent.name not in text


@needs_openvino
@pytest.mark.parametrize("ending", [".xml", ".bin"])
@pytest.mark.parametrize("kept", [None, 0, 0.5])
def test_that_damaged_files_are_told_of(
    ending: str, kept: float | None, written: Path, tmp_path: Path
) -> None:
    for suffix in (".xml", ".bin"):
        content = written.with_suffix(suffix).read_bytes()
        if suffix == ending:
            if kept is None:
                continue
            content = content[: int(len(content) * kept)]
        (tmp_path / f"m{suffix}").write_bytes(content)
    with pytest.raises(ModelError, match=r"m\.xml or its weights .* damaged"):
        open_openvino(tmp_path / "m.xml")


@needs_openvino
def test_that_another_programs_model_is_refused(color_model: Path, tmp_path: Path) -> None:
    openvino = load_openvino()
    openvino.save_model(openvino.Core().read_model(color_model), tmp_path / "m.xml")
    text = (tmp_path / "m.xml").read_text(encoding="utf-8").replace("effnet_studio.", "other.")
    (tmp_path / "m.xml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="not exported by this app"):
        open_openvino(tmp_path / "m.xml")


@needs_openvino
def test_that_what_openvino_cannot_take_is_told(color_model: Path, tmp_path: Path) -> None:
    proto = onnx.load(color_model)
    proto.graph.node[0].op_type = "NoSuchOperator"
    onnx.save(proto, tmp_path / "odd.onnx")
    with pytest.raises(ExportError, match="OpenVINO could not take the model"):
        write_openvino(tmp_path / "odd.onnx", tmp_path / "m.xml", entries_of(color_model))
    assert not (tmp_path / "m.xml").exists()


@needs_openvino
def test_that_a_stopped_job_leaves_no_files_and_no_process(
    color_model: Path, tmp_path: Path
) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        write_openvino(onnx.load(color_model), tmp_path / "m.xml", entries_of(color_model), token)
    assert list(tmp_path.iterdir()) == []
    assert active_children() == []


def test_that_a_picture_model_is_valid_onnx(color_model: Path) -> None:
    app = load_predictor(color_model)
    network = onnx.load(color_model)
    before = network.SerializeToString()
    whole = picture_model(network, app.preprocess)
    onnx.checker.check_model(whole, full_check=True)
    assert network.SerializeToString() == before


BLOCKED = """
import importlib.abc, json, sys
from pathlib import Path

class Blocker(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "openvino":
            raise ModuleNotFoundError(name)
        return None

sys.meta_path.insert(0, Blocker())
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.export.graph.openvino_ir import write_openvino
from effnet_studio.engine.export.openvino_door import unavailable
told = [str(unavailable())]
try:
    write_openvino(Path("a.onnx"), Path("a.xml"), {})
except ExportError as error:
    told.append(str(error))
print(json.dumps(told))
"""


def test_that_a_missing_openvino_is_told_of_before() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED], check=True, capture_output=True, encoding="utf-8"
    )
    before, then = json.loads(done.stdout)
    assert "OpenVINO is not installed" in before
    assert ".[openvino]" in before
    assert then.startswith(before)


@needs_openvino
def test_that_nothing_is_reported_over_the_internet() -> None:
    program = (
        "import sys\n"
        "from effnet_studio.engine.export.openvino_door import load_openvino\n"
        "load_openvino()\n"
        "print([n for n, m in sys.modules.items() if 'telemetry' in n and m is not None])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8"
    )
    assert "openvino_telemetry" not in done.stdout.replace("ovc.telemetry", "")


@needs_openvino
@pytest.mark.parametrize("kind", ["flowers", "hymenoptera"])
def test_that_photographs_are_answered_as_by_the_app(
    kind: str, shared_data: Path, app: Predictor, written: Path
) -> None:
    runtime = open_openvino(written)
    files = sorted((shared_data / "photos" / kind).rglob("*.jpg"))[::20]
    assert len(files) > 15
    for file in files:
        answer = runtime.answer(read_pixels(file, runtime.notes.preprocess))
        expected = app.predict(file).probabilities
        assert answer.probabilities.argmax() == expected.argmax()
        np.testing.assert_allclose(answer.probabilities, expected, atol=1e-5)


def test_that_the_notes_are_needed(color_model: Path, tmp_path: Path) -> None:
    if unavailable() is None:
        with pytest.raises(ValueError, match="classes"):
            write_openvino(color_model, tmp_path / "m.xml", {})
    assert LABELS_KEY in entries_of(color_model)
