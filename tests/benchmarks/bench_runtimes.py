"""Exported files in their own programs: how fast beside onnxruntime in 32 bits, and how exact.

    python -m tests.benchmarks.bench_runtimes --project P [--run RUN] [--budget 0.5]
        [--threads 1 2] [--batches 1 32] [--clock wall|cpu] [--onnx-int8] [--litert]

Nothing is written into the project. All sides are given prepared pictures, in turns. Certified is
what the export would call ready: 32-bit files that give all of the app's answers and probabilities
within a thousandth, 8-bit files within the budget, judged on the validation and test images.
"bfloat16" is OpenVINO left to itself on a processor that computes so. With --clock cpu the seconds
of all threads are counted: for a single thread on a busy machine. LiteRT (its converter is
installed first) runs in a process of its own and tells its times itself, by the wall.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime

from effnet_studio import __version__
from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.errors import ImageError
from effnet_studio.engine.events import ignore
from effnet_studio.engine.export.certificate.record import INT8_AGREEMENT, SAME_PROBABILITY
from effnet_studio.engine.export.converters.child import Child
from effnet_studio.engine.export.converters.kinds import ConverterKind
from effnet_studio.engine.export.draft import Draft
from effnet_studio.engine.export.graph.network import export_graph
from effnet_studio.engine.export.int8.write import write_int8 as search_int8
from effnet_studio.engine.export.openvino_door import load_openvino
from effnet_studio.engine.export.writers import (
    write_litert,
    write_litert_int8,
    write_openvino,
    write_openvino_int8,
)
from effnet_studio.engine.predict.onnx_metadata import write_metadata
from effnet_studio.engine.predict.scores import softmax
from effnet_studio.engine.predict.torch_predictor import TorchPredictor
from effnet_studio.engine.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

ROUNDS = {1: 30, 32: 5}
PAUSE = 0.005  # seconds; until the threads of the side before have stopped waiting for work
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


@dataclass(frozen=True)
class Side:
    """A file and the program that runs it.

    Attributes:
        name: In the table.
        bytes: Of all its files.
        eight_bits: Whether it is judged by the budget.
        input: What it is given, from prepared pictures; not timed.
        open: Opens it with so many threads for so many pictures at once; what comes back gives
            scores or probabilities.
    """

    name: str
    bytes: int
    eight_bits: bool
    input: Callable[[NDArray[np.uint8]], NDArray[Any]]
    open: Callable[[int, int], Callable[[NDArray[Any]], NDArray[np.float32]]]


def onnx_side(name: str, file: Path, app: TorchPredictor, *, eight_bits: bool = False) -> Side:
    def opened(threads: int, _count: int) -> Callable[[NDArray[Any]], NDArray[np.float32]]:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(file), options, providers=["CPUExecutionProvider"]
        )
        return lambda some: session.run(None, {"input": some})[0]

    return Side(name, file.stat().st_size, eight_bits, app.preprocess.normalize, opened)


def openvino_side(name: str, file: Path, hint: str = "f32", *, eight_bits: bool = False) -> Side:
    def opened(threads: int, count: int) -> Callable[[NDArray[Any]], NDArray[np.float32]]:
        core: Any = load_openvino().Core()
        model = core.read_model(file)
        model.reshape([count, *model.input().partial_shape[1:]])
        settings = {
            "INFERENCE_PRECISION_HINT": hint,
            "INFERENCE_NUM_THREADS": threads,
            "PERFORMANCE_HINT": "LATENCY",
        }
        compiled = core.compile_model(model, "CPU", settings)
        return lambda some: compiled(some)["probabilities"]

    size = sum(file.with_suffix(ending).stat().st_size for ending in (".xml", ".bin"))
    return Side(name, size, eight_bits, np.asarray, opened)


def litert_side(
    name: str, file: Path, app: TorchPredictor, stack: ExitStack, *, eight_bits: bool = False
) -> Side:
    def opened(threads: int, _count: int) -> Callable[[NDArray[Any]], NDArray[np.float32]]:
        child = stack.enter_context(Child(ConverterKind.LITERT))
        child.ask("open", name="m", file=str(file), threads=threads)

        def run(some: NDArray[Any]) -> NDArray[np.float32]:
            if len(some) == 1:
                return child.ask("run", [some], name="m")[1][0]
            return np.concatenate([run(one[None]) for one in some])

        def milliseconds(some: NDArray[Any]) -> float:
            given = {"names": ["m"], "rounds": len(some), "warm_up": 0}
            return float(child.ask("times", [some[0]], **given)[1][0].sum())

        run.milliseconds = milliseconds  # type: ignore[attr-defined]
        return run

    return Side(name, file.stat().st_size, eight_bits, app.preprocess.normalize, opened)


def make_sides(
    app: TorchPredictor, project: Project, folder: Path, given: Any, stack: ExitStack
) -> list[Side]:
    """Write all files; the 32-bit ONNX file comes first."""
    dataset = load_dataset(project)
    notes = write_metadata(
        classes=app.classes,
        preprocess=app.preprocess,
        model=app.spec.name,
        app_version=__version__,
        reject=app.reject,
    )
    plain = folder / "plain.onnx"
    with app.exclusive() as model:
        export_graph(model, plain, size=app.preprocess.size, metadata=notes)

    def made(name: str, ending: str, write: Callable[[Draft], Any]) -> tuple[Path, Any]:
        scratch = folder / name
        scratch.mkdir()
        draft = Draft(
            app=app,
            file=scratch / f"m{ending}",
            metadata=notes,
            dataset=dataset,
            judged=dataset.subset("val"),
            budget_points=given.budget,
            known=plain,
            scratch=scratch,
            on_event=ignore,
            cancel=CancelToken(),
        )
        found = write(draft)
        return draft.file, found

    exact, _ = made("exact", ".xml", write_openvino)
    small, kept = made("small", ".xml", write_openvino_int8)
    sides = [
        onnx_side("onnxruntime, 32 bits", plain, app),
        openvino_side("OpenVINO, 32 bits", exact),
        openvino_side("OpenVINO, bfloat16", exact, "bf16"),
        openvino_side(f"OpenVINO, 8 bits, {kept.recipe}", small, eight_bits=True),
        openvino_side("  the same with bfloat16", small, "bf16", eight_bits=True),
    ]
    if given.onnx_int8:
        _, kept = made("onnx", ".onnx", search_int8)
        name = f"onnxruntime, 8 bits, {kept.recipe}"
        sides.append(onnx_side(name, kept.file, app, eight_bits=True))
    if given.litert:
        exact, _ = made("litert", ".tflite", write_litert)
        small, kept = made("litert8", ".tflite", write_litert_int8)
        sides.append(litert_side("LiteRT, 32 bits", exact, app, stack))
        name = f"LiteRT, 8 bits, {kept.recipe}"
        sides.append(litert_side(name, small, app, stack, eight_bits=True))
    return sides


def held_out(
    app: TorchPredictor, project: Project
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.float32]]:
    """Prepared validation and test images, their classes, and the app's probabilities."""
    dataset = load_dataset(project)
    pictures, labels, told = [], [], []
    for sample in (*dataset.subset("val"), *dataset.subset("test")):
        try:
            picture = app.picture(sample.path)
        except ImageError:
            continue
        pictures.append(picture)
        labels.append(sample.label)
        told.append(softmax(app.logits(app.preprocess.normalize(picture[None]))[0]))
    return np.stack(pictures), np.array(labels), np.stack(told)


def print_answers(
    sides: Sequence[Side], app: TorchPredictor, project: Project, budget: float
) -> None:
    """How exact each is, and whether it would be called ready."""
    pictures, labels, told = held_out(app, project)
    print(f"{'':34}  size MB   share     same   largest |dp|  accuracy  certified")
    right = (told.argmax(axis=1) == labels).mean()
    for side in sides:
        run = side.open(1, 1)
        found = np.concatenate([run(side.input(picture[None])) for picture in pictures])
        if (found < 0).any() or not np.allclose(found.sum(axis=1), 1, atol=1e-3):
            found = softmax(found)
        same = (found.argmax(axis=1) == told.argmax(axis=1)).mean()
        apart = np.abs(found - told).max()
        accuracy = (found.argmax(axis=1) == labels).mean()
        ready = same == 1 and apart <= SAME_PROBABILITY
        if side.eight_bits:
            ready = same >= INT8_AGREEMENT and 100 * (right - accuracy) <= budget + 1e-9
        print(
            f"{side.name:34} {side.bytes / 1e6:8.2f} {side.bytes / sides[0].bytes:7.3f} "
            f"{100 * same:7.2f} % {apart:13.2g} {100 * accuracy:8.2f} %  {'yes' if ready else 'no'}"
        )


def print_times(sides: Sequence[Side], size: int, given: Any) -> None:
    """Median milliseconds of each, in turns, and how many times as fast as the first."""
    random, clock = np.random.default_rng(0), CLOCKS[given.clock]
    for threads in given.threads:
        for count in given.batches:
            pictures = random.integers(0, 256, (count, size, size, 3)).astype(np.uint8)
            runs = [(side.open(threads, count), side.input(pictures)) for side in sides]
            kept: list[list[float]] = [[] for _ in sides]
            for turn in range(2 + ROUNDS.get(count, 10)):
                for (run, images), times in zip(runs, kept, strict=True):
                    time.sleep(PAUSE)
                    started = clock()
                    told = getattr(run, "milliseconds", run)(images)
                    spent = told if isinstance(told, float) else 1000 * (clock() - started)
                    if turn >= 2:
                        times.append(spent)
            print(f"\n{threads} threads, batch {count}, {given.clock} ms")
            first = float(np.median(kept[0]))
            for side, times in zip(sides, kept, strict=True):
                middle = float(np.median(times))
                print(f"{side.name:34} {middle:9.1f}  {first / middle:5.2f}×", flush=True)


def main() -> None:
    """Write, judge, time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, required=True)
    parser.add_argument("--run")
    parser.add_argument("--budget", type=float, default=0.5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 32])
    parser.add_argument("--clock", choices=list(CLOCKS), default="wall")
    parser.add_argument("--onnx-int8", action="store_true")
    parser.add_argument("--litert", action="store_true")
    given = parser.parse_args()
    with (
        Project.open(given.project, read_only=True) as project,
        tempfile.TemporaryDirectory() as folder,
        ExitStack() as stack,
    ):
        app = TorchPredictor.from_run(project.find_run(given.run), device="cpu")
        sides = make_sides(app, project, Path(folder), given, stack)
        print_answers(sides, app, project, given.budget)
        print_times(sides, app.preprocess.size, given)


if __name__ == "__main__":
    main()
