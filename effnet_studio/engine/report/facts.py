"""Everything that a report and a model card are made of, gathered from a project."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from effnet_studio import __version__
from effnet_studio.engine.data.checks.findings import find_problems
from effnet_studio.engine.data.dataset import SPLITS
from effnet_studio.engine.data.edits import history
from effnet_studio.engine.data.schema import connected
from effnet_studio.engine.data.store import load_index, load_problems, load_sources
from effnet_studio.engine.data.versions import compare, content_of, load_version
from effnet_studio.engine.errors import DatasetError, ModelError
from effnet_studio.engine.evaluation.comparing.compare import learned_from
from effnet_studio.engine.evaluation.evaluate import evaluate
from effnet_studio.engine.evaluation.measures.calibration import measure_calibration
from effnet_studio.engine.evaluation.measures.intervals import confidence_intervals
from effnet_studio.engine.evaluation.run_evaluation import evaluate_run
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.facts.environment import environment_facts
from effnet_studio.engine.messages import Message
from effnet_studio.engine.models.catalog import get_spec
from effnet_studio.engine.predict.predictor import load_predictor
from effnet_studio.engine.predict.reject_option import read_reject_option
from effnet_studio.engine.report.origin import WeightsOrigin, weights_origin
from effnet_studio.engine.report.worst import Mistake, worst_mistakes
from effnet_studio.engine.training.checkpoint import read_temperature
from effnet_studio.engine.training.runs import load_run, weights_state

if TYPE_CHECKING:
    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.data.dataset import Dataset, Split
    from effnet_studio.engine.data.edits import Edit
    from effnet_studio.engine.data.index import Index
    from effnet_studio.engine.data.versions import Content, VersionDiff
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.evaluation.measures.calibration import Calibration
    from effnet_studio.engine.evaluation.measures.intervals import Intervals
    from effnet_studio.engine.facts.fact import Fact
    from effnet_studio.engine.models.spec import ModelSpec
    from effnet_studio.engine.predict.reject_option import RejectOption
    from effnet_studio.engine.project import Project
    from effnet_studio.engine.training.runs import Run


@dataclass(frozen=True)
class Division:
    """How the images came to their parts.

    Attributes:
        named: Images whose part their folder or table named; the others were drawn.
        val: Share that was to be drawn for validation, in (0, 1).
        test: The same for test, in [0, 1).
        seed: Of the draw.
    """

    named: int
    val: float
    test: float
    seed: int


@dataclass(frozen=True)
class PartCounts:
    """Images of one class.

    Attributes:
        label: Name of the class.
        train: Images to learn from.
        val: To validate on.
        test: Kept apart.
    """

    label: str
    train: int
    val: int
    test: int

    @property
    def images(self) -> int:
        """Of all parts."""
        return self.train + self.val + self.test


@dataclass(frozen=True, eq=False)
class Facts:
    """What is known of a run, its images, and how well it does on one part of them.

    Attributes:
        project: Name of the project.
        run: The run.
        spec: Its architecture; None if this version does not know it.
        temperature: By which the logits were divided.
        origin: Where its first weights came from.
        evaluation: Its answers.
        outside: Name of the folder whose images it judged; empty: a part of the project's.
        dataset_version: Version of the project's images today.
        intervals: How far each of its figures can be trusted.
        calibration: Whether its probabilities mean what they say.
        raw_calibration: The same before the temperature.
        reject: Below what it says "none of these"; None: it always answers.
        counts: Images of each class.
        division: How they were divided.
        changes: How today's images differ from those it was trained on; None: not remembered.
        learned: Judged images that it has learned from.
        chosen: Judged images that were validation images in its training, and so chose its epoch.
        edits: What people changed in the dataset, oldest first.
        findings: What the checks of the dataset found.
        worst: Its worst mistakes.
        environment: The computer that made the report.
        app: Version of the app.
        made: When.
    """

    project: str
    run: Run
    spec: ModelSpec | None
    temperature: float
    origin: WeightsOrigin
    evaluation: Evaluation
    outside: str
    dataset_version: str
    intervals: Intervals
    calibration: Calibration
    raw_calibration: Calibration
    reject: RejectOption | None
    counts: tuple[PartCounts, ...]
    division: Division
    changes: VersionDiff | None
    learned: int
    chosen: int
    edits: tuple[Edit, ...]
    findings: tuple[Message, ...]
    worst: tuple[Mistake, ...]
    environment: tuple[Fact, ...]
    app: str
    made: datetime

    @property
    def model_title(self) -> str:
        """Name of the architecture for people."""
        return self.spec.title if self.spec is not None else self.run.model

    @property
    def best_epoch(self) -> int:
        """The epoch whose weights were kept, counted from 1; 0 before the first."""
        best = self.run.best
        return best.epoch + 1 if best else 0

    def images(self, split: Split) -> int:
        """Number of images of a part."""
        return sum(getattr(each, split) for each in self.counts)


def default_split(dataset: Dataset) -> Split:
    """The part that a report is of: test images where there are any, else validation."""
    return "test" if len(dataset.subset("test")) else "val"


def gather(
    project: Project,
    run_id: str | None = None,
    split: Split | None = None,
    *,
    evaluation: Evaluation | None = None,
    outside: Dataset | None = None,
    outside_name: str = "",
    pictures: bool = True,
    device: str = "auto",
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> Facts:
    """Gather everything that a report says, and judge the images if that is not known yet.

    Args:
        project: An open project; answers that were not known are kept in it, if it may be written.
        run_id: Which run; the beginning of its id is enough. None: the newest.
        split: Which part; None: as :func:`default_split`.
        evaluation: The run's answers for these images, if they are known; if the project's images
            have changed since, or the run's weights, they are measured anew.
        outside: Other labelled images, as
            :func:`~effnet_studio.engine.data.outside.outside_dataset` reads them, to be judged
            instead of a part of the project's.
        outside_name: What people call these.
        pictures: Whether the worst mistakes get pictures.
        device: Where to compute.
        on_event: Hears the progress.
        cancel: Stops the job between two images.

    Returns:
        The facts.

    Raises:
        DatasetError: If the part has no images, or none of them can be read.
        ModelError: If weights are missing or damaged, or do not know a class of the images.
        ProjectError: If there is no such run.
        Cancelled: If the job was asked to stop.
    """
    run = load_run(project.find_run(run_id))
    index = load_index(project)
    dataset = index.dataset()
    images = dataset if outside is None else outside
    part: Split = "test" if outside is not None else split or default_split(dataset)
    if evaluation is not None and _outdated(evaluation, run, images.version):
        evaluation = None
    asked = load_predictor(run.run_dir, device=device) if pictures else None
    if evaluation is None and outside is not None:
        predictor = asked or load_predictor(run.run_dir, device=device)
        evaluation = evaluate(predictor, outside, part, on_event=on_event, cancel=cancel)
    elif evaluation is None:
        evaluation = evaluate_run(
            run.run_dir,
            dataset,
            part,
            device=device,
            keep=not project.read_only,
            on_event=on_event,
            cancel=cancel,
        )
    worst = worst_mistakes(evaluation, images, asked, on_event=on_event, cancel=cancel)
    temperature = read_temperature(run.best_file)
    trained_on = _trained_on(project, run, dataset)
    numbers = set(evaluation.sample_ids)
    judged = {str(each.path) for each in images.subset(part) if each.id in numbers}
    learned = judged & learned_from(project, run)
    return Facts(
        project=project.name,
        run=run,
        spec=_spec(run.model),
        temperature=temperature,
        origin=weights_origin(run),
        evaluation=evaluation,
        outside="" if outside is None else outside_name,
        dataset_version=dataset.version,
        intervals=confidence_intervals(evaluation, cancel=cancel),
        calibration=measure_calibration(evaluation.logits, evaluation.true),
        raw_calibration=measure_calibration(
            evaluation.logits, evaluation.true, temperature=1 / temperature
        ),
        reject=read_reject_option(run.run_dir),
        counts=_counts(dataset),
        division=_division(project),
        changes=None if trained_on is None else compare(trained_on, content_of(dataset)),
        learned=len(learned),
        chosen=len((judged & _validated_on(trained_on)) - learned),
        edits=tuple(edit for edit in history(project) if not edit.undone),
        findings=_findings(project, index),
        worst=worst,
        environment=tuple(environment_facts()),
        app=__version__,
        made=datetime.now().astimezone(),
    )


def _outdated(evaluation: Evaluation, run: Run, version: str) -> bool:
    """Whether images or weights have changed since."""
    state = weights_state(run.run_dir)
    learned = evaluation.weights is not None and list(evaluation.weights) != state
    return learned or evaluation.dataset_version != version


def _spec(model: str) -> ModelSpec | None:
    try:
        return get_spec(model)
    except ModelError:
        return None


def _findings(project: Project, index: Index) -> tuple[Message, ...]:
    problems = Counter(problem.kind for problem in load_problems(project))
    found = find_problems(index, unreadable=problems["unreadable"], suspicious=problems["warning"])
    return tuple(finding.title for finding in found)


def _counts(dataset: Dataset) -> tuple[PartCounts, ...]:
    parts = {split: dataset.counts(split) for split in SPLITS}
    return tuple(
        PartCounts(label, *(parts[split][label] for split in SPLITS)) for label in dataset.classes
    )


def _division(project: Project) -> Division:
    with connected(project) as database:
        query = "SELECT COUNT(*) FROM present WHERE excluded = 0 AND found_split IS NOT NULL"
        named = int(database.execute(query).fetchone()[0])
    sources = load_sources(project)
    settings = sources[-1].settings if sources else {}
    shares = [settings.get(name) for name in ("val", "test", "seed")]
    val, test, seed = (each if isinstance(each, int | float) else 0 for each in shares)
    return Division(named, float(val), float(test), int(seed))


def _trained_on(project: Project, run: Run, dataset: Dataset) -> Content | None:
    """The images of a run's training with their parts; None if they are not remembered."""
    if run.dataset_version == dataset.version:
        return content_of(dataset)
    try:
        return load_version(project, run.dataset_version)
    except DatasetError:
        return None


def _validated_on(trained_on: Content | None) -> set[str]:
    """Files of the images that chose the best epoch."""
    return {path for path, (_, part) in (trained_on or {}).items() if part == "val"}
