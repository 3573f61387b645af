"""Facts made up for tests: any classes and answers, no model behind them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from effnet_studio.engine.data.versions import VersionDiff
from effnet_studio.engine.evaluation.evaluate import summarize
from effnet_studio.engine.evaluation.measures.calibration import measure_calibration
from effnet_studio.engine.evaluation.measures.intervals import confidence_intervals
from effnet_studio.engine.events import EpochFinished
from effnet_studio.engine.facts.fact import Fact
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.preprocess import Preprocess
from effnet_studio.engine.report.facts import Division, Facts, PartCounts
from effnet_studio.engine.report.origin import weights_origin
from effnet_studio.engine.report.worst import Mistake
from effnet_studio.engine.training.config import make_config
from effnet_studio.engine.training.runs import Run
from effnet_studio.engine.web_page import jpeg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

HOSTILE = ("<b>&\"'", "a|b\\c*d_e`f", "蜜蜂", "---\n# [x](y)")
"""Names that mean something in HTML, Markdown or YAML."""


def make_run(**config: Any) -> Run:
    """A finished run of three epochs, the second the best."""
    epochs = tuple(
        EpochFinished(
            number, 3, number, 1.0 - 0.2 * number, 0.5, 1.1 - 0.1 * number, right, 1e-3, 9.0, 40.0,
            0.0, number < 2,
        )
        for number, right in enumerate((0.5, 0.7, 0.6))
    )  # fmt: skip
    settings = make_config(**{"epochs": 3, **config})
    return Run(
        run_id="20260101-000000-efficientnet_b0",
        run_dir=Path("nowhere"),
        config=settings,
        model=settings.model,
        classes=(),
        preprocess=Preprocess(size=224, resize=256, interpolation="bilinear"),
        dataset_version="v1",
        epochs=epochs,
        state="finished",
        best_accuracy=0.7,
        weights="starter",
        created="2026-01-01T00:00:00+00:00",
    )


def make_facts(
    true: Sequence[int],
    predicted: Sequence[int],
    classes: Sequence[str] = ("ants", "bees"),
    *,
    split: str = "test",
    pictures: bool = True,
    **changes: Any,
) -> Facts:
    """Facts about answers.

    Args:
        true: True classes.
        predicted: Answers, each about 88 % sure with two classes.
        classes: Names.
        split: The part they are of.
        pictures: Whether mistakes have pictures.
        **changes: Other values of the facts.
    """
    names = tuple(classes)
    logits = np.zeros((len(true), len(names)), dtype=np.float32)
    logits[np.arange(len(true)), np.asarray(predicted, dtype=np.int64)] = 2.0
    evaluation = summarize(
        logits,
        np.asarray(true, dtype=np.int64),
        classes=names,
        sample_ids=tuple(range(len(true))),
        split=split,
        dataset_version="0123456789abcdef",
        model="EfficientNet-B0",
    )
    run = changes.pop("run", None) or make_run()
    grey = jpeg(np.full((8, 8, 3), 128, dtype=np.uint8))
    worst = tuple(
        Mistake(f"{place}.jpg", names[a], names[b], 0.88, 0.1, (grey, grey) if pictures else ())
        for place, (a, b) in enumerate(zip(true, predicted, strict=True))
        if a != b
    )[:24]
    values: dict[str, Any] = {
        "project": "insects",
        "run": run,
        "spec": get_spec(run.model),
        "temperature": 1.25,
        "origin": weights_origin(run),
        "evaluation": evaluation,
        "outside": "",
        "dataset_version": "0123456789abcdef",
        "intervals": confidence_intervals(evaluation, resamples=60),
        "calibration": measure_calibration(evaluation.logits, evaluation.true, replicates=60),
        "raw_calibration": measure_calibration(
            evaluation.logits, evaluation.true, temperature=0.8, replicates=60
        ),
        "reject": None,
        "counts": tuple(
            PartCounts(name, 10, 5, int((evaluation.true == label).sum()))
            for label, name in enumerate(names)
        ),
        "division": Division(0, 0.2, 0.1, 0),
        "changes": VersionDiff((), (), (), ()),
        "learned": 0,
        "chosen": 0,
        "edits": (),
        "findings": (msg("Very blurred images: {count}", count=3),),
        "worst": worst,
        "environment": (Fact("python", msg("Python"), Message("3.11.7")),),
        "app": "0.1.0",
        "made": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    }
    return Facts(**{**values, **changes})
