"""Starting weights: which are chosen, and how files become weights."""

from __future__ import annotations

import contextlib
import copy
import functools
import hashlib
import io
import pickle
import shutil
import urllib.parse
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file
from torch import Tensor, nn

from effnet_studio import paths
from effnet_studio.engine.errors import ModelError, WeightsError
from effnet_studio.engine.events import Event, Noted, Progress, Warned
from effnet_studio.engine.models import published as published_module
from effnet_studio.engine.models.build import build_model
from effnet_studio.engine.models.catalog import CATALOG, get_spec
from effnet_studio.engine.models.published import published_file
from effnet_studio.engine.models.state import read_state
from effnet_studio.engine.models.weights import (
    MIRROR_VARIABLE,
    ResolvedWeights,
    cached_imagenet,
    imagenet_url,
    load_weights,
    resolve_weights,
)
from tests.engine.models.file_server import Behaviour, serving

SPEC = get_spec("mobilenet_v3_small")


@functools.cache
def _prototype(classes: int, name: str) -> nn.Module:
    model = build_model(get_spec(name), classes)
    for tensor in model.state_dict().values():
        tensor.fill_(0.5)
    return model


def _model(classes: int = 3, name: str = SPEC.name) -> nn.Module:
    """A network with every weight the same."""
    return copy.deepcopy(_prototype(classes, name))


def _state(classes: int = 1000, name: str = SPEC.name) -> dict[str, Tensor]:
    """Weights that differ from those of :func:`_model`, and from tensor to tensor."""
    state = _prototype(classes, name).state_dict()
    return {k: torch.full_like(v, i + 2) for i, (k, v) in enumerate(state.items())}


def _file(path: Path) -> ResolvedWeights:
    return resolve_weights(SPEC, str(path))


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A resources folder of this test alone, with an empty folder of backbones."""
    folder = tmp_path / "resources"
    (folder / "backbones").mkdir(parents=True)
    monkeypatch.setattr(paths, "resources_dir", lambda: folder)
    return folder


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A file as torchvision would publish it: its checksum in the name that the library knows."""
    buffer = io.BytesIO()
    torch.save(_state(), buffer)
    content = buffer.getvalue()
    name = f"mobilenet-{hashlib.sha256(content).hexdigest()[:8]}.pth"

    class Entry:
        url = f"https://download.example/models/{name}"

    models = published_module.import_torchvision("models")
    monkeypatch.setattr(models, "get_weight", lambda _name: Entry)
    return content


# Which weights are chosen.


@pytest.mark.parametrize("spec", CATALOG.values(), ids=CATALOG)
def test_that_each_row_s_weights_have_an_address_with_a_checksum(spec: Any) -> None:
    url = imagenet_url(spec)

    address = urllib.parse.urlsplit(url)
    assert address.scheme == "https"
    hosts = {"torchvision": "download.pytorch.org", "timm": "github.com"}
    file = published_file(spec)
    if spec.name == "mobilenet_v1":  # published under a name that all files there have
        assert address.hostname == "huggingface.co"
        assert (file.name, file.sha256_prefix) == (f"{spec.weights}.safetensors", "")
        return
    assert address.hostname == hosts[spec.library]
    assert file.name.startswith(spec.builder)
    assert len(file.sha256_prefix) == 8


def test_that_a_mirror_gives_the_same_file_from_another_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = imagenet_url(SPEC).rpartition("/")[2]
    assert imagenet_url(SPEC, "https://a.example/w/") == f"https://a.example/w/{name}"
    monkeypatch.setenv(MIRROR_VARIABLE, "https://b.example")
    assert imagenet_url(SPEC) == f"https://b.example/{name}"


def test_that_imagenet_weights_are_downloaded_once_and_fit(
    published: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    behaviour = Behaviour(published)
    events: list[Event] = []
    with serving(behaviour) as url:
        monkeypatch.setenv(MIRROR_VARIABLE, url)
        first = resolve_weights(SPEC, "auto", on_event=events.append)
    second = resolve_weights(SPEC, "auto", on_event=events.append)  # the server is gone

    assert first == second
    assert first.kind == "imagenet"
    assert first.path is not None
    assert first.path.parent == paths.weights_dir()
    assert "67.7 %" in str(first.description)
    assert events
    assert all(isinstance(event, Progress) for event in events)
    report = load_weights(model := _model(3), SPEC, first)
    assert report.backbone_share == 1
    assert report.missing == ("classifier.3.weight", "classifier.3.bias")
    assert torch.equal(model.get_parameter("features.0.0.weight"), _state()["features.0.0.weight"])


def test_that_the_classifier_of_imagenet_is_not_taken_even_for_a_thousand_classes(
    published: bytes,
) -> None:
    target = paths.weights_dir() / imagenet_url(SPEC).rpartition("/")[2]
    target.parent.mkdir(parents=True)
    target.write_bytes(published)
    model = _model(1000)
    before = model.get_parameter("classifier.3.weight").clone()

    report = load_weights(model, SPEC, resolve_weights(SPEC, "imagenet"))

    assert "classifier.0.weight" in report.matched
    assert torch.equal(model.get_parameter("classifier.3.weight"), before)


def test_that_weights_pytorch_has_downloaded_before_are_used(published: bytes) -> None:
    folder = Path(torch.hub.get_dir(), "checkpoints")
    folder.mkdir(parents=True)
    file = folder / imagenet_url(SPEC).rpartition("/")[2]
    file.write_bytes(published)
    assert cached_imagenet(SPEC) == file

    file.write_bytes(published[:-1])
    assert cached_imagenet(SPEC) is None


def test_that_auto_without_network_starts_from_nothing_and_says_what_that_means(
    resources: Path,
) -> None:
    events: list[Event] = []
    found = resolve_weights(SPEC, "auto", on_event=events.append)

    assert (found.kind, found.path) == ("none", None)
    (warning,) = events
    assert isinstance(warning, Warned)
    assert "(no network): MobileNetV3-Small starts from nothing" in str(warning.message)
    assert warning.hint is not None


def test_that_auto_says_why_a_download_failed(published: bytes, resources: Path) -> None:
    events: list[Event] = []
    with serving(Behaviour(published[:-7])) as url:
        found = resolve_weights(SPEC, "auto", on_event=events.append, base_url=url)

    assert found.kind == "none"
    assert isinstance(events[-1], Warned)
    assert "checksum differs" in str(events[-1].message)


def test_that_auto_prefers_the_starter_backbone_to_nothing(resources: Path) -> None:
    state = {
        name: tensor.half() if tensor.is_floating_point() else tensor
        for name, tensor in _state(200).items()
        if not name.startswith("classifier.")
    }
    save_file(state, resources / "backbones" / f"{SPEC.name}.safetensors")
    events: list[Event] = []

    found = resolve_weights(SPEC, "auto", on_event=events.append)
    report = load_weights(model := _model(3), SPEC, found)

    assert found.kind == "starter"
    assert events == []
    assert resolve_weights(SPEC, "starter") == found
    assert report.backbone_share == pytest.approx(0.61, abs=0.02)  # all but the hidden layer
    assert {p.dtype for p in model.parameters()} == {torch.float32}


def test_that_asking_for_what_is_not_there_is_an_error(resources: Path, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no starter backbone for MobileNetV3-Small yet"):
        resolve_weights(SPEC, "starter")
    with pytest.raises(WeightsError, match=r"There is no network: download\.pytorch\.org"):
        resolve_weights(SPEC, "imagenet")
    with pytest.raises(WeightsError, match="There is no weights file"):
        resolve_weights(SPEC, str(tmp_path / "missing.pth"))
    with pytest.raises(WeightsError, match="There is no weights file"):
        resolve_weights(SPEC, str(tmp_path))
    (tmp_path / "model.onnx").write_bytes(b"")
    with pytest.raises(WeightsError, match=r"model\.onnx is not a weights file"):
        resolve_weights(SPEC, str(tmp_path / "model.onnx"))


def test_that_none_leaves_the_network_as_it_is() -> None:
    model = _model(3)
    before = {k: v.clone() for k, v in model.state_dict().items()}

    report = load_weights(model, SPEC, resolve_weights(SPEC, "None"))

    assert report.matched == ()
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())


# How files become weights.


@pytest.mark.parametrize(
    ("wrapper", "prefix"),
    [(None, ""), ("state_dict", "module."), ("model", "module._orig_mod.")],
)
def test_that_usual_checkpoints_are_unwrapped(
    tmp_path: Path, wrapper: str | None, prefix: str
) -> None:
    state = {f"{prefix}{name}": tensor for name, tensor in _state(3).items()}
    saved: dict[str, Any] = {"epoch": 3, wrapper: state} if wrapper else state
    torch.save(saved, tmp_path / "a.pth")
    model = _model(3)

    report = load_weights(model, SPEC, _file(tmp_path / "a.pth"))

    expected = _state(3)
    assert (report.missing, report.unexpected, report.mismatched) == ((), (), ())
    assert all(torch.equal(v, expected[k]) for k, v in model.state_dict().items())


def test_that_a_safetensors_file_of_other_classes_keeps_the_random_head(tmp_path: Path) -> None:
    save_file({**_state(5), "extra": torch.zeros(2)}, tmp_path / "a.safetensors")
    model = _model(3)
    before = model.get_parameter("classifier.3.weight").clone()

    events: list[Event] = []
    report = load_weights(model, SPEC, _file(tmp_path / "a.safetensors"), on_event=events.append)

    assert events == [Noted(report.message())]
    assert report.mismatched == ("classifier.3.bias", "classifier.3.weight")
    assert set(report.missing) == set(report.mismatched)
    assert report.unexpected == ("extra",)
    assert torch.equal(model.get_parameter("classifier.3.weight"), before)
    assert "100 % of the backbone" in str(report.message())
    assert "0 missing, 2 of another shape, 1 not used" in str(report.message())


def test_that_a_partial_file_is_taken_and_its_share_told(tmp_path: Path) -> None:
    state = {k: v for k, v in _state(3).items() if k.startswith(("features.0.", "features.1."))}
    torch.save(state, tmp_path / "a.pt")

    events: list[Event] = []
    report = load_weights(_model(3), SPEC, _file(tmp_path / "a.pt"), on_event=events.append)

    assert set(report.matched) == set(state)
    assert 0 < report.backbone_share < 0.01
    (warning,) = events
    assert isinstance(warning, Warned)
    assert warning.message == report.message()
    assert not any(name.endswith("num_batches_tracked") for name in report.missing)


def test_that_the_oldest_densenet_files_get_today_s_names(tmp_path: Path) -> None:
    with torch.device("meta"):
        names = list(build_model(get_spec("densenet121"), 3).state_dict())
    old = [
        n.replace("norm1.", "norm.1.").replace("conv2.", "conv.2.") if "denselayer" in n else n
        for n in names
    ]
    assert "features.denseblock1.denselayer1.norm.1.weight" in old
    torch.save({name: torch.zeros(1) for name in old}, tmp_path / "a.pth")

    assert list(read_state(tmp_path / "a.pth")) == names


def test_that_weights_of_another_architecture_are_refused(tmp_path: Path) -> None:
    torch.save(_state(3, "resnet18"), tmp_path / "a.pth")
    model = _model(3)
    before = {k: v.clone() for k, v in model.state_dict().items()}

    with pytest.raises(ModelError, match=r"Nothing in a\.pth fits MobileNetV3-Small"):
        load_weights(model, SPEC, _file(tmp_path / "a.pth"))
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())


def test_that_weights_that_are_not_numbers_are_refused(tmp_path: Path) -> None:
    state = _state(3)
    state["features.4.block.0.0.weight"][0] = torch.nan
    torch.save(state, tmp_path / "a.pth")

    with pytest.raises(WeightsError, match=r"not numbers, in features\.4\.block\.0\.0\.weight"):
        load_weights(_model(3), SPEC, _file(tmp_path / "a.pth"))


class Evil:
    """Runs something when it is unpickled."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.witness,)


@pytest.mark.parametrize("how", ["torch zip", "torch legacy", "bare pickle", "whole model"])
def test_that_a_pickle_with_code_is_refused_and_not_run(tmp_path: Path, how: str) -> None:
    witness, file = tmp_path / "witness", tmp_path / "a.pth"
    checkpoint = {"state_dict": _state(3), "extra": Evil(witness)}
    match how:
        case "torch zip":
            torch.save(checkpoint, file)
        case "torch legacy":
            torch.save(checkpoint, file, _use_new_zipfile_serialization=False)
        case "bare pickle":
            file.write_bytes(pickle.dumps(Evil(witness)))
        case _:
            torch.save(_model(3), file)

    with pytest.raises(WeightsError) as caught:
        load_weights(_model(3), SPEC, _file(file))

    assert not witness.exists()
    assert str(caught.value.hint)
    assert "holds program code" in str(caught.value)


@pytest.mark.parametrize("suffix", [".pth", ".pt", ".safetensors"])
@pytest.mark.parametrize("kind", ["empty", "text", "zip", "cut", "no weights"])
def test_that_files_that_are_no_weights_are_a_sentence(
    tmp_path: Path, suffix: str, kind: str
) -> None:
    file = tmp_path / f"a{suffix}"
    if kind == "zip":
        (tmp_path / "content").mkdir()
        shutil.make_archive(str(tmp_path / "a"), "zip", tmp_path / "content")
        (tmp_path / "a.zip").rename(file)
    elif kind == "no weights":
        if suffix == ".safetensors":
            save_file({}, file)
        else:
            torch.save({"epoch": 1, "names": ["a"]}, file)
    else:
        if suffix == ".safetensors":
            save_file({"a": torch.ones(999)}, file)
        else:
            torch.save({"a": torch.ones(999)}, file)
        content = {"empty": b"", "text": b"<html></html>", "cut": file.read_bytes()[:-999]}[kind]
        file.write_bytes(content)

    with pytest.raises(WeightsError, match=r"damaged or not a weights file|holds no weights"):
        load_weights(_model(3), SPEC, _file(file))


def test_that_a_torchscript_archive_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "a.pt"
    torch.save(_state(3), file)
    import zipfile

    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("a/constants.pkl", b"")

    with pytest.raises(WeightsError, match="holds program code"):
        load_weights(_model(3), SPEC, _file(file))


def _small_file(kind: str, folder: Path) -> Path:
    state = {f"layer{i}.weight": torch.full((3, 4), float(i)) for i in range(3)}
    file = folder / ("a.safetensors" if kind == "safetensors" else "a.pth")
    if kind == "safetensors":
        save_file(state, file)
    else:
        torch.save({"state_dict": state}, file, _use_new_zipfile_serialization=kind == "zip")
    return file


@pytest.mark.filterwarnings("ignore:Detected pickle protocol:UserWarning")
@pytest.mark.filterwarnings("ignore:TypedStorage is deprecated:UserWarning")  # torch, of damage
@pytest.mark.parametrize("kind", ["zip", "legacy", "safetensors"])
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=5),
    keep=st.floats(0.2, 4),
)
def test_that_damaged_bytes_give_tensors_or_a_sentence(
    tmp_path: Path, kind: str, changes: list[tuple[float, int]], keep: float
) -> None:
    file = _small_file(kind, tmp_path)
    content = bytearray(file.read_bytes())
    reach = min(len(content), 400) if kind == "safetensors" else len(content)
    for place, value in changes:
        content[int(place * (reach - 1))] = value
    file.write_bytes(content[: int(len(content) * min(1, keep))])

    with contextlib.suppress(WeightsError):
        state = read_state(file)
        assert all(isinstance(tensor, Tensor) for tensor in state.values())
