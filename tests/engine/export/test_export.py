"""Exported files answer like the app, and nothing half-written stays behind."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import pytest
from safetensors.torch import load_file, save_file

from effnet_studio import __version__
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import Cancelled, ExportError, ProjectError
from effnet_studio.engine.evaluation.evaluate import evaluate
from effnet_studio.engine.evaluation.rejection import (
    choose_threshold,
    keep_threshold,
    risk_coverage,
)
from effnet_studio.engine.events import (
    Event,
    ExportStep,
    Progress,
    RecipeTried,
    Stage,
    StepStarted,
    Warned,
)
from effnet_studio.engine.export.certificate.record import read_record
from effnet_studio.engine.export.certificate.verdict import shortcomings
from effnet_studio.engine.export.export import export_model, list_exports
from effnet_studio.engine.export.graph.image_model import image_model
from effnet_studio.engine.export.graph.network import write_graph
from effnet_studio.engine.predict.onnx_metadata import PREPROCESS_KEY, read_metadata
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.scores import softmax
from effnet_studio.engine.predict.whole_model import network_in
from effnet_studio.engine.project import Project
from effnet_studio.engine.training.runs import BEST_FILE
from tests.engine.export.conftest import certified

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.export.conftest import Exported


def steps(events: list[Event]) -> list[ExportStep]:
    return [event.step for event in events if isinstance(event, StepStarted)]


def test_that_the_32_bit_file_answers_like_the_app_on_every_image(exported: Exported) -> None:
    result = exported.result
    assert result.images == 12
    assert result.agreement == 1.0
    assert result.max_probability_difference < 1e-4
    assert result.accuracy == result.app_accuracy
    assert result.ok
    assert not result.differing
    assert result.bytes == result.file.stat().st_size
    assert not any(isinstance(event, Warned) for event in exported.events)
    assert steps(exported.events) == [step for step in ExportStep if step is not ExportStep.ROUND]


def test_that_the_file_takes_any_number_of_images_of_any_size(exported: Exported) -> None:
    session = onnxruntime.InferenceSession(str(exported.result.file))
    app = load_predictor(exported.project.find_run(None), device="cpu")
    assert [port.name for port in session.get_inputs()] == ["image"]
    outputs = [port.name for port in session.get_outputs()]
    assert outputs == ["probabilities", "certainty", "none_of_these"]
    random = np.random.default_rng(0)
    for count, height, width in ((1, 64, 64), (7, 90, 51), (2, 300, 40)):
        images = random.integers(0, 256, (count, height, width, 3)).astype(np.uint8)
        (found,) = session.run(["probabilities"], {"image": images})
        expected = [app.predict(image).probabilities for image in images]
        np.testing.assert_allclose(found, expected, atol=1e-5)


def test_that_the_network_alone_is_made_for_those_who_want_it(
    exported: Exported, tmp_path: Path
) -> None:
    result = export_model(exported.project, format="onnx-tensor", out=tmp_path / "plain.onnx")
    session = onnxruntime.InferenceSession(str(result.file))
    app = load_predictor(exported.project.find_run(None), device="cpu")
    assert [port.name for port in session.get_inputs()] == ["input"]
    assert [port.name for port in session.get_outputs()] == ["logits"]
    assert result.ok
    assert result.agreement == 1
    random = np.random.default_rng(0)
    for count in (1, 7):
        batch = random.normal(size=(count, 3, 64, 64)).astype(np.float32)
        (logits,) = session.run(["logits"], {"input": batch})
        np.testing.assert_allclose(logits, app.logits(batch), rtol=1e-4, atol=1e-3)


def test_that_another_preprocessing_inside_the_file_is_found(
    exported: Exported, tmp_path: Path
) -> None:
    """The notes are right and the graph is not: only running the whole shows it."""
    proto = onnx.load(exported.result.file)
    app = load_predictor(exported.project.find_run(None), device="cpu")
    other = app.preprocess.model_copy(update={"mean": (0.9, 0.1, 0.0)})
    notes = {entry.key: entry.value for entry in proto.metadata_props}
    write_graph(image_model(network_in(proto), other), tmp_path / "other.onnx", notes)
    found = certified(exported, tmp_path / "other.onnx")
    assert found.max_probability_difference > 0.01
    assert shortcomings(found)


def test_that_the_file_stands_alone_and_says_nothing_of_this_machine(exported: Exported) -> None:
    result = exported.result
    beside = {path.name for path in result.file.parent.iterdir()}
    assert beside == {
        "MODEL_CARD.md",
        "README.txt",
        "requirements.txt",
        "mobilenet_v3_small.onnx",
        "mobilenet_v3_small.example.py",
        "mobilenet_v3_small.labels.txt",
        "mobilenet_v3_small.certificate.html",
        "mobilenet_v3_small.certificate.json",
    }
    proto = onnx.load(result.file, load_external_data=False)
    assert not any(tensor.external_data for tensor in proto.graph.initializer)
    assert "BatchNormalization" not in {node.op_type for node in proto.graph.node}
    assert proto.opset_import[0].version >= 18
    content = result.file.read_bytes()
    assert b"stack_trace" not in content
    assert b"site-packages" not in content


def test_that_labels_and_preprocessing_are_inside(exported: Exported) -> None:
    proto = onnx.load(exported.result.file)
    metadata = read_metadata({entry.key: entry.value for entry in proto.metadata_props})
    app = load_predictor(exported.project.find_run(None), device="cpu")
    assert metadata is not None
    assert metadata.classes == app.classes == ("red", "green", "blue")
    assert metadata.preprocess == app.preprocess
    assert metadata.model == "mobilenet_v3_small"
    assert metadata.app_version == __version__
    assert exported.result.labels_file.read_text(encoding="utf-8") == "red\ngreen\nblue\n"


def test_that_a_project_lists_its_exports_also_after_it_was_moved(
    exported: Exported, tmp_path: Path
) -> None:
    assert exported.result in list_exports(exported.project)
    moved = tmp_path / "moved"
    shutil.copytree(exported.result.file.parent, moved)
    record = read_record(moved / "mobilenet_v3_small.certificate.json")
    assert record.file == moved / "mobilenet_v3_small.onnx"
    assert record.agreement == 1.0


def test_that_a_damaged_record_is_refused(tmp_path: Path) -> None:
    record = tmp_path / "x.certificate.json"
    record.write_text(json.dumps({"file": "x.onnx", "format": "onnx"}))
    with pytest.raises(ValueError, match="damaged"):
        read_record(record)


def test_that_the_8_bit_file_is_small_and_honest_about_its_answers(
    exported: Exported, tmp_path: Path
) -> None:
    events: list[Event] = []
    result = export_model(
        exported.project, format="onnx-int8", out=tmp_path / "to here", on_event=events.append
    )
    assert result.file == tmp_path / "to here" / "mobilenet_v3_small-int8.onnx"
    assert result.bytes < 0.45 * exported.result.bytes
    assert result.images == 12
    kinds = {node.op_type for node in onnx.load(result.file).graph.node}
    assert "Cast" in kinds if result.recipe == "weights" else "QuantizeLinear" in kinds
    *others, last = result.attempts
    assert not any(attempt.kept_promise for attempt in others)
    assert last.kept_promise or last.recipe == "weights"
    assert result.recipe in {attempt.recipe for attempt in result.attempts}
    assert result.budget_points == 0.5
    warned = any(isinstance(event, Warned) for event in events)
    assert warned is not result.ok
    assert steps(events) == list(ExportStep)
    tried = [event.recipe for event in events if isinstance(event, RecipeTried)]
    assert tried == [attempt.recipe for attempt in result.attempts]
    # The 32-bit graph made before was used: PyTorch's exporter did not run again.
    stages = {event.stage for event in events if isinstance(event, Progress)}
    assert stages == {Stage.DECODE, Stage.QUANTIZE, Stage.VERIFY}
    assert len(list_exports(exported.project)) == 1


def test_that_files_of_the_user_are_never_replaced(exported: Exported, tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"README\.txt is there already"):
        export_model(exported.project, format="onnx-tensor", out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.txt"]
    assert (tmp_path / "README.txt").read_text() == "mine"


def test_that_an_export_of_the_same_name_is_replaced_and_another_is_not(
    exported: Exported, tmp_path: Path
) -> None:
    (tmp_path / "notes of mine.txt").write_text("mine")
    first = export_model(exported.project, format="onnx-fp16", out=tmp_path)
    again = export_model(exported.project, format="onnx-fp16", out=tmp_path)
    assert again.file == first.file
    assert again.created >= first.created
    assert (tmp_path / "notes of mine.txt").read_text() == "mine"
    with pytest.raises(ExportError, match="holds another export: mobilenet_v3_small-fp16"):
        export_model(exported.project, format="onnx-tensor", out=tmp_path)


def test_that_half_precision_is_half_the_size_and_keeps_its_promise(
    exported: Exported, tmp_path: Path
) -> None:
    result = export_model(exported.project, format="onnx-fp16", out=tmp_path)
    assert result.bytes < 0.6 * exported.result.bytes
    assert result.ok
    assert 0 < result.max_probability_difference < 0.01


def test_that_pytorch_gets_a_program_and_weights(exported: Exported, tmp_path: Path) -> None:
    result = export_model(exported.project, target="research", out=tmp_path)
    assert result.file == tmp_path / "mobilenet_v3_small.pt2"
    assert result.ok
    assert result.program.startswith("PyTorch")
    weights = load_file(tmp_path / "mobilenet_v3_small.safetensors")
    assert "features.0.0.weight" in weights


def test_that_a_format_must_fit_what_it_is_for(exported: Exported, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as error:
        export_model(exported.project, target="server", format="pytorch")
    assert "A server" in str(error.value)
    assert "onnx" in str(error.value.hint)
    with pytest.raises(ExportError, match=r"model\.onnx cannot be PyTorch: .* end in \.pt2"):
        export_model(exported.project, target="research", out=tmp_path / "model.onnx")
    assert not any(tmp_path.iterdir())
    with pytest.raises(ExportError, match="There is no export for toaster"):
        export_model(exported.project, target="toaster")


@pytest.mark.parametrize("fault", ["labels", "mean"])
def test_that_the_comparison_finds_a_file_whose_notes_were_spoilt(
    exported: Exported, tmp_path: Path, fault: str
) -> None:
    proto = onnx.load(exported.result.file)
    metadata = {entry.key: entry.value for entry in proto.metadata_props}
    if fault == "labels":
        metadata["effnet_studio.labels"] = json.dumps(["blue", "red", "green"])
    else:
        about = json.loads(metadata[PREPROCESS_KEY])
        metadata[PREPROCESS_KEY] = json.dumps({**about, "mean": [0.9, 0.1, 0.0]})
    spoilt = tmp_path / "spoilt.onnx"
    write_graph(proto, spoilt, metadata)
    found = certified(exported, spoilt)
    assert shortcomings(found)
    assert not found.notes_fit
    if fault == "labels":
        assert found.agreement == 0.0
        assert len(found.differing) == 12


def test_that_stopping_leaves_nothing_behind(exported: Exported, tmp_path: Path) -> None:
    cancel = CancelToken()

    def stop_at_the_comparison(event: Event) -> None:
        if isinstance(event, Progress) and event.stage is Stage.VERIFY:
            cancel.cancel()

    before = set(exported.project.exports_dir.rglob("*"))
    for out in (None, tmp_path / "new"):
        with pytest.raises(Cancelled):
            export_model(
                exported.project,
                format="onnx-int8",
                out=out,
                on_event=stop_at_the_comparison,
                cancel=cancel,
            )
    assert set(exported.project.exports_dir.rglob("*")) == before
    assert not (tmp_path / "new").exists()


def test_that_an_unknown_format_and_an_unknown_run_are_named(exported: Exported) -> None:
    with pytest.raises(ExportError) as format_error:
        export_model(exported.project, format="tensorrt")
    assert "tensorrt" in str(format_error.value)
    assert "onnx-int8" in str(format_error.value.hint)
    with pytest.raises(ProjectError, match="1999"):
        export_model(exported.project, "1999")


@pytest.mark.parametrize("budget", [-0.1, 100.5, float("nan")])
def test_that_a_budget_that_makes_no_sense_is_refused(exported: Exported, budget: float) -> None:
    with pytest.raises(ExportError) as error:
        export_model(exported.project, format="onnx-int8", budget_points=budget)
    assert "0.5" in str(error.value.hint)


def test_that_a_file_in_the_place_of_the_folder_is_named(
    exported: Exported, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("precious")
    with pytest.raises(ExportError, match="not a folder"):
        export_model(exported.project, out=taken)
    with pytest.raises(ExportError, match="not a folder"):
        export_model(exported.project, out=taken / "below")
    assert taken.read_text() == "precious"


def test_that_a_file_carries_the_temperature_and_the_limit(
    exported: Exported, tmp_path: Path
) -> None:
    root = tmp_path / "p.effnet"
    shutil.copytree(exported.project.root, root, ignore=shutil.ignore_patterns("exports"))
    with Project.open(root) as project:
        run_dir = project.find_run(None)
        weights = run_dir / BEST_FILE
        plain = load_predictor(run_dir, device="cpu")
        save_file(load_file(weights), weights, metadata={"temperature": "2.5"})
        images = load_dataset(project).subset("val")
        app = load_predictor(run_dir, device="cpu")
        found = evaluate(app, load_dataset(project), "val")
        curve = risk_coverage(found)
        kept = keep_threshold(run_dir, found, choose_threshold(curve, coverage=0.5))
        result = export_model(project, out=tmp_path / "out")
        app = load_predictor(run_dir, device="cpu")
    file = load_predictor(result.file)
    assert file.reject == app.reject == kept
    assert result.reject == kept.to_json()
    assert read_record(result.file.with_name("mobilenet_v3_small.certificate.json")) == result
    verdicts = set()
    for sample in images:
        ours, theirs = app.predict(sample.path), file.predict(sample.path)
        batch = plain.preprocess.normalize(plain.picture(sample.path)[None])
        tempered = softmax(plain.logits(batch) / 2.5)[0]
        np.testing.assert_allclose(ours.probabilities, tempered, atol=1e-4)
        np.testing.assert_allclose(theirs.probabilities, ours.probabilities, atol=1e-4)
        assert ours.rejected is theirs.rejected
        verdicts.add(ours.rejected)
    assert verdicts == {True, False}


def test_that_a_replacement_that_was_cut_short_does_not_stand_in_the_way(
    exported: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(finished: Path, folder: Path, *, last: str, **_: object) -> None:
        for item in finished.iterdir():
            if not item.name.endswith(last):
                item.replace(folder / item.name)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("effnet_studio.engine.atomic.replace_files", killed)
        with pytest.raises(KeyboardInterrupt):
            export_model(exported.project, format="onnx-tensor", out=tmp_path)
    result = export_model(exported.project, format="onnx-tensor", out=tmp_path)
    assert result.ok
    assert not list(tmp_path.glob(".*"))
