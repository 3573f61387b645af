"""What the status card says of a run: in the making, or on disk. Pure functions of their input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from effnet_studio.engine.data.balance import Imbalance
from effnet_studio.engine.events import Stage
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.models.run_list import run_title, title_of
from effnet_studio.gui.models.train_state import Phase
from effnet_studio.gui.text import duration_text, percent_text, rate_text, rounded_remaining
from effnet_studio.gui.widgets.train.train_status import Action, StatusView

if TYPE_CHECKING:
    from effnet_studio.engine.data.dataset import Dataset
    from effnet_studio.engine.events import Progress
    from effnet_studio.engine.training.runs import Run
    from effnet_studio.gui.models.train_state import TrainState

EVALUATE, PREDICT, RESUME, AGAIN = "evaluate", "predict", "resume", "again"
"""Keys of the card's buttons."""

translate = QCoreApplication.translate


def ready_view(dataset: Dataset, note: str = "") -> StatusView:
    """Say what there is to train on.

    Args:
        dataset: The project's images.
        note: What happened just before, if it matters.
    """
    counts = [len(dataset.subset(split)) for split in ("train", "val")]
    locale = QLocale()
    return StatusView(
        title=translate("TrainStatus", "Ready to train"),
        chip=translate("TrainStatus", "Ready"),
        tone="success",
        figures=(
            (locale.toString(counts[0]), translate("TrainStatus", "training images")),
            (locale.toString(counts[1]), translate("TrainStatus", "validation images")),
            (locale.toString(len(dataset.classes)), translate("TrainStatus", "classes")),
        ),
        sentence=note
        or translate("TrainStatus", "Choose how thorough to be, then press Start training."),
    )


def live_view(state: TrainState, *, uneven: bool = False) -> StatusView:
    """Say how far a run has come.

    Args:
        state: Where it stands.
        uneven: Whether some classes have far more images than others.
    """
    title = run_title(state.model, state.preset)
    match state.phase:
        case Phase.FAILED:
            return _failed_view(title)
        case Phase.PREPARING:
            return StatusView(
                title=title,
                chip=translate("TrainStatus", "Preparing"),
                sentence=_preparation(state.preparation),
                progress=_share(state.preparation),
            )
        case Phase.STOPPING:
            chip = translate("TrainStatus", "Stopping…")
            sentence = translate("TrainStatus", "The step under way is finished first.")
        case Phase.PAUSED:
            chip = translate("TrainStatus", "Paused")
            sentence = translate("TrainStatus", "The computer is yours. Resume whenever you like.")
        case _:
            chip = translate("TrainStatus", "Training")
            sentence = _under_way(state)
    figures = _live_figures(state, uneven=uneven)
    return StatusView(
        title=title,
        chip=chip,
        tone="warning" if state.phase in {Phase.PAUSED, Phase.STOPPING} else "accent",
        # What is being stopped does not take the time that was left.
        figures=figures[:-1] if state.phase is Phase.STOPPING else figures,
        sentence=sentence,
        progress=state.done if state.done is not None else -1.0,
    )


def _under_way(state: TrainState) -> str:
    if state.note is not None:
        return translate_message(state.note)
    if state.best_accuracy is None:
        return translate("TrainStatus", "The first result comes at the end of an epoch.")
    return translate("TrainStatus", "The best epoch is kept, also if you stop early.")


def _live_figures(state: TrainState, *, uneven: bool) -> tuple[tuple[str, ...], ...]:
    unknown = "–"
    best, rate, eta = state.best_accuracy, state.images_per_second, state.eta_seconds
    epoch = translate("TrainStatus", "{epoch} / {epochs}")
    return (
        (
            epoch.format(epoch=state.epoch, epochs=state.epochs),
            translate("TrainStatus", "epoch"),
        ),
        (
            unknown if best is None else percent_text(best),
            translate("TrainStatus", "best accuracy"),
        ),
        _balanced(state.best_balanced, uneven=uneven)
        or (
            unknown if rate is None else rate_text(rate),
            translate("TrainStatus", "images/s"),
        ),
        (
            unknown if eta is None else duration_text(rounded_remaining(eta)),
            translate("TrainStatus", "left"),
        ),
    )


def _balanced(value: float | None, *, uneven: bool) -> tuple[str, ...]:
    """Balanced accuracy, where classes are uneven: there accuracy alone misleads.

    It takes the place of the speed, which the job bar says too; a fifth figure would find no room.
    """
    if value is None or not uneven:
        return ()
    tip = translate(
        "TrainStatus",
        "Balanced accuracy: the mean over the classes, so that small ones count as much as large "
        "ones",
    )
    return percent_text(value), translate("TrainStatus", "balanced accuracy"), tip


def _failed_view(title: str) -> StatusView:
    return StatusView(
        title=title,
        chip=translate("TrainStatus", "Failed"),
        tone="danger",
        sentence=translate(
            "TrainStatus", "The run could not go on. Your settings are still at the left."
        ),
    )


def _share(progress: Progress | None) -> float:
    if progress is None or not progress.total:
        return -1.0
    return progress.done / progress.total


def _preparation(progress: Progress | None) -> str:
    """Say what is done before the first step, and how far it has come."""
    if progress is None:
        return translate("TrainStatus", "Getting ready…")
    match progress.stage:
        case Stage.DOWNLOAD:
            what = translate("TrainStatus", "Fetching the pre-trained weights")
        case Stage.FEATURES:
            what = translate("TrainStatus", "Looking at every image once with the frozen part")
        case _:
            what = translate("TrainStatus", "Reading the images")
    if not progress.total:
        return what
    if progress.unit == "bytes":
        locale = QLocale()
        amount = translate("TrainStatus", "{done} of {total} MB").format(
            done=locale.toString(progress.done / 1e6, "f", 1),
            total=locale.toString(progress.total / 1e6, "f", 1),
        )
    else:
        amount = translate("TrainStatus", "{done} of {total}").format(
            done=progress.done, total=progress.total
        )
    return f"{what} · {amount}"


def run_view(run: Run, *, busy: bool, elsewhere: bool = False, uneven: bool = False) -> StatusView:
    """Say what came of a run on disk.

    Args:
        run: The run.
        busy: Whether another run is being trained, so that this one cannot go on now.
        elsewhere: Whether another process is training this one.
        uneven: Whether some classes have far more images than others.
    """
    if elsewhere:
        return _elsewhere_view(run, uneven=uneven)
    usable = run.best_accuracy is not None
    actions = []
    interrupted = run.state == "interrupted"
    resume = Action(RESUME, translate("TrainStatus", "Resume"), "play", primary=interrupted)
    resumable = run.resumable and not busy
    if resumable and not interrupted:
        actions.append(resume)
    if run.state == "finished" and not busy:
        tip = translate("TrainStatus", "Puts the settings of this run into the form at the left")
        actions.append(Action(AGAIN, translate("TrainStatus", "Use again"), "refresh", tip=tip))
    if usable:
        actions.append(Action(PREDICT, translate("TrainStatus", "Try it"), "predict"))
        text = translate("TrainStatus", "See the errors")
        actions.append(Action(EVALUATE, text, "evaluate", primary=not interrupted))
    if resumable and interrupted:  # what is to be pressed stands last
        actions.append(resume)
    chip, tone, sentence = _run_state(run)
    return StatusView(
        title=title_of(run),
        chip=chip,
        tone=tone,
        figures=_run_figures(run, uneven=uneven),
        sentence=sentence,
        actions=tuple(actions),
    )


def _elsewhere_view(run: Run, *, uneven: bool) -> StatusView:
    done, planned = len(run.epochs), run.config.epochs
    sentence = translate(
        "TrainStatus",
        "It is being trained in another window or program; each epoch appears here when it is "
        "over. Done: {done} of {planned}.",
    )
    return StatusView(
        title=title_of(run),
        chip=translate("TrainStatus", "Training elsewhere"),
        tone="accent",
        figures=_run_figures(run, uneven=uneven),
        sentence=sentence.format(done=done, planned=planned),
        progress=done / planned if done else -1.0,
    )


def _run_state(run: Run) -> tuple[str, str, str]:
    done = len(run.epochs)
    match run.state:
        case "finished":
            sentence = _kept_sentence(run)
            return translate("TrainStatus", "Done"), "success", sentence
        case "stopped":
            sentence = translate(
                "TrainStatus", "Stopped after {done} of {planned} epochs; the best one is kept."
            )
            chip, tone = translate("TrainStatus", "Stopped"), ""
        case _:
            sentence = translate(
                "TrainStatus",
                "The app ended while this was being trained. Epochs kept: {done} of {planned}.",
            )
            chip, tone = translate("TrainStatus", "Interrupted"), "warning"
    return chip, tone, sentence.format(done=done, planned=run.config.epochs)


def _kept_sentence(run: Run) -> str:
    known = all(epoch.balanced is not None for epoch in run.epochs)  # else it began otherwise
    if run.config.imbalance is Imbalance.NONE or not known:
        return translate(
            "TrainStatus", "The weights of the best epoch are kept. Next: look at the mistakes."
        )
    return translate(
        "TrainStatus",
        "The epoch with the best balanced accuracy is kept: every class counts alike. Next: look "
        "at the mistakes.",
    )


def _run_figures(run: Run, *, uneven: bool) -> tuple[tuple[str, ...], ...]:
    best = run.best
    if best is None:
        return ()
    seconds = sum(epoch.seconds for epoch in run.epochs)
    speeds = sorted(epoch.images_per_second for epoch in run.epochs)
    return (
        (percent_text(best.accuracy), translate("TrainStatus", "accuracy")),
        (
            translate("TrainStatus", "{epoch} / {epochs}").format(
                epoch=best.epoch + 1, epochs=run.config.epochs
            ),
            translate("TrainStatus", "best epoch"),
        ),
        _balanced(best.balanced, uneven=uneven)
        or (rate_text(speeds[len(speeds) // 2]), translate("TrainStatus", "images/s")),
        (duration_text(seconds), translate("TrainStatus", "training time")),
    )
