"""The model card that goes with an exported file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.events import OnEvent, ignore
from effnet_studio.engine.report.card import model_card
from effnet_studio.engine.report.facts import default_split, gather

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from effnet_studio.engine.cancel import CancelToken
    from effnet_studio.engine.evaluation.evaluate import Evaluation
    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.project import Project

CARD_FILE: Final = "MODEL_CARD.md"


def card_of(
    project: Project,
    run_dir: Path,
    *,
    evaluation: Evaluation | None = None,
    words: Callable[[Message], str] = str,
    on_event: OnEvent = ignore,
    cancel: CancelToken | None = None,
) -> str:
    """Write the model card of a run.

    Answers that are kept beside the run are not asked for again, so after an evaluation this takes
    a second or two.

    Args:
        project: An open project; answers that were not known are kept in it, if it may be written.
        run_dir: The run's folder.
        evaluation: The run's answers, if they are known.
        words: Says messages in the reader's language.
        on_event: Hears the progress in images that have to be judged.
        cancel: Stops the job between two images.

    Returns:
        Markdown with a YAML head. Its figures are of the test images; without any of the
        validation images; without those too of the training images, which it says.

    Raises:
        DatasetError: If there are no images, or none of them can be read.
        ModelError: If the weights are missing or damaged, or do not know a class of the images.
        Cancelled: If the job was asked to stop.
    """
    dataset = load_dataset(project)
    split = default_split(dataset)
    facts = gather(
        project,
        run_dir.name,
        split if dataset.subset(split) else "train",
        evaluation=evaluation,
        pictures=False,
        device="cpu",
        on_event=on_event,
        cancel=cancel,
    )
    return model_card(facts, words=words)
