"""A network translated for the processor: the same numbers, and only where it pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from effnet_studio.engine.events import Event, Noted, Warned
from effnet_studio.engine.training import compiling
from effnet_studio.engine.training.compiling import CompileTrial, has_compiler
from effnet_studio.engine.training.fit import fit
from effnet_studio.engine.training.network import build_network
from effnet_studio.engine.training.runs import load_run
from effnet_studio.engine.training.schema import Compiled
from tests.engine.training.test_fit import assert_same, new_run, weights_of
from tests.engine.training.test_recipe import job_of
from tests.engine.training.test_survival import stopping

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.training.session import TrainJob
    from tests.engine.training.conftest import MakeConfig

CPU = torch.device("cpu")

needs_compiler = pytest.mark.skipif(not has_compiler(CPU), reason="needs a C++ compiler")


@pytest.fixture
def fresh_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is left of earlier compilations, and none runs in processes of its own."""
    import torch._inductor.config

    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", str(tmp_path / "inductor"))
    torch.compiler.reset()
    with torch._inductor.config.patch(compile_threads=1):
        yield
    torch.compiler.reset()


@pytest.fixture
def job(tiny_config: MakeConfig, stripes: Dataset, tmp_path: Path) -> TrainJob:
    """A run that is not begun."""
    return job_of(tiny_config(), stripes, tmp_path)


@needs_compiler
@pytest.mark.usefixtures("fresh_compiler")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_that_a_compiled_run_learns_the_same_and_continues_alike(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    config = tiny_config(
        model="resnet18", optimizer="sgd", learning_rate=0.01, batch_size=20, epochs=3
    )
    plain, calm, wild = (new_run(tmp_path, name) for name in ("plain", "calm", "wild"))
    events: list[Event] = []
    fit(config, stripes, run_dir=plain)
    on = config.model_copy(update={"compiled": Compiled.ON})
    fit(on, stripes, run_dir=calm, on_event=events.append)
    said = [str(event.message) for event in events if isinstance(event, Noted)]
    failed = [str(event.hint) for event in events if isinstance(event, Warned)]
    assert any("was compiled for this computer" in text for text in said), failed
    # Before and behind the first step; later, rounding grows with random weights.
    first, second = (load_run(folder).epochs[0] for folder in (plain, calm))
    assert second.train_loss == pytest.approx(first.train_loss, rel=1e-5)
    assert second.val_loss == pytest.approx(first.val_loss, rel=2e-3)

    fit(on, stripes, run_dir=wild, **stopping(2))
    assert load_run(wild).config.compiled is Compiled.ON
    assert len(load_run(wild).epochs) < 3
    fit(load_run(wild).config, stripes, run_dir=wild)
    assert_same(weights_of(wild), weights_of(calm))


def test_that_short_runs_are_left_as_they_are(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig
) -> None:
    run_dir = new_run(tmp_path)
    fit(tiny_config(epochs=1), stripes, run_dir=run_dir)
    assert load_run(run_dir).config.compiled is Compiled.OFF


def test_that_without_a_compiler_a_run_says_so_and_trains(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    events: list[Event] = []
    run_dir = new_run(tmp_path)
    config = tiny_config(epochs=1, compiled="on")
    fit(config, stripes, run_dir=run_dir, on_event=events.append)
    assert any("cannot be compiled" in str(e.message) for e in events if isinstance(e, Warned))
    assert load_run(run_dir).config.compiled is Compiled.OFF


@pytest.mark.usefixtures("fresh_compiler")
def test_that_a_run_survives_a_compiler_that_fails(
    tmp_path: Path, stripes: Dataset, tiny_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "has_compiler", lambda _device: True)
    events: list[Event] = []
    run_dir = new_run(tmp_path)
    config = tiny_config(epochs=1, compiled="on")
    with torch._inductor.config.patch({"cpp.cxx": ("false",)}):
        fit(config, stripes, run_dir=run_dir, on_event=events.append)
    warned = [event for event in events if isinstance(event, Warned)]
    assert any("Compiling the network failed" in str(event.message) for event in warned)
    assert load_run(run_dir).config.compiled is Compiled.OFF
    assert len(load_run(run_dir).epochs) == 1


def test_that_a_run_too_large_for_the_trial_goes_on_with_fewer_pictures_at_once(
    job: TrainJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short(*_: object) -> list[float]:
        raise MemoryError

    monkeypatch.setattr(compiling, "has_compiler", lambda _device: True)
    monkeypatch.setattr(compiling, "_passes", short)
    decided, forward = compiling.compile_for(job, build_network(job), 5000)
    assert decided.config.compiled is Compiled.OFF
    assert forward is None


@pytest.mark.parametrize(
    ("trial", "kept"),
    [
        (CompileTrial(0.5, 0.4, 60.0), Compiled.ON),
        (CompileTrial(0.5, 0.5, 60.0), Compiled.OFF),
        (CompileTrial(0.01, 0.005, 60.0), Compiled.OFF),
    ],
    ids=["long and faster", "long and not faster", "short"],
)
def test_that_a_long_run_is_compiled_if_that_is_really_faster(
    trial: CompileTrial, kept: Compiled, job: TrainJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 5,000 steps; the clock and the compiler are not the real ones."""
    monkeypatch.setattr(compiling, "has_compiler", lambda _device: True)
    monkeypatch.setattr(compiling, "_passes", lambda *_: [trial.plain])
    monkeypatch.setattr(compiling, "try_compiled", lambda *_: trial)
    decided, forward = compiling.compile_for(job, build_network(job), 5000)
    assert decided.config.compiled is kept
    assert (forward is not None) == (kept is Compiled.ON)
