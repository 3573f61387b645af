"""What ``predict --nearest`` adds: the training images most alike, and strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from effnet_studio.cli.terminal import Job
    from effnet_studio.engine.evaluation.likeness.neighbours import Neighbour
    from effnet_studio.engine.predict.answers import FailedImage, Prediction
    from effnet_studio.engine.predict.predictor import Predictor

    Likeness = tuple[tuple[Neighbour, ...], bool]


def find_likeness(
    predictor: Predictor, verdicts: Sequence[Prediction | FailedImage], count: int, job: Job
) -> list[Likeness | None]:
    """Compare images with the training images of the project that a run is of.

    Args:
        predictor: The run's model.
        verdicts: The images; those without an answer are passed over.
        count: How many training images to name.
        job: Hears the progress and may stop it.

    Returns:
        For each verdict the training images most alike and whether it is like none; or None.

    Raises:
        ModelError: If the model is an exported file.
        StudioError: If the project or its images cannot be used.
    """
    from effnet_studio.engine.evaluation.likeness.neighbours import of_run, open_gallery, vector_of
    from effnet_studio.engine.predict.answers import Prediction
    from effnet_studio.engine.project import Project

    run_dir = of_run(predictor).path
    with Project.open(run_dir.parent.parent) as project:
        gallery = open_gallery(project, run_dir.name, on_event=job.on_event, cancel=job.cancel)
    found: list[Likeness | None] = []
    for verdict in verdicts:
        job.cancel.check()
        if isinstance(verdict, Prediction) and verdict.path is not None:
            vector = vector_of(predictor, verdict.path)
            found.append((gallery.nearest(vector, count), gallery.is_stranger(vector)))
        else:
            found.append(None)
    return found


def likeness_document(likeness: Likeness | None) -> dict[str, Any]:
    """What is added to a file's document."""
    if likeness is None:
        return {}
    nearest, stranger = likeness
    return {
        "nearest": [
            {"path": str(each.path), "label": each.label, "similarity": each.similarity}
            for each in nearest
        ],
        "like_none": stranger,
    }


def likeness_table(
    verdicts: Sequence[Prediction | FailedImage], likeness: Sequence[Likeness | None]
) -> RenderableType:
    """The training images most like each image.

    Args:
        verdicts: The images.
        likeness: Of each, from :func:`find_likeness`.
    """
    from rich.text import Text

    from effnet_studio.cli.render import make_table, percent

    table = make_table("Image", "Most like these training images")
    table.columns[1].justify = "left"
    for verdict, each in zip(verdicts, likeness, strict=True):
        if each is None:
            continue
        nearest, stranger = each
        names = [f"{near.label} {near.path.name} {percent(near.similarity)}" for near in nearest]
        text = Text("  ".join(names))
        if stranger:
            text.append("  like none of them: perhaps none of these classes", style="yellow")
        table.add_row(str(verdict.path), text)
    return table
