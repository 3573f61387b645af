"""What became of a job or why something failed, as it is kept and as it is said."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.messages import Message
from effnet_studio.gui.failures import report_of
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.jobs import JobState
from effnet_studio.gui.text import duration_text, moment_text, percent_text, sentences_text

if TYPE_CHECKING:
    from effnet_studio.engine.errors import StudioError
    from effnet_studio.engine.project import Project
    from effnet_studio.gui.jobs import Job

ERROR: Final = "error"
"""Kind of an entry that is no job but a failure of something short."""

_PAGES: Final = {
    "import": "data",
    "sample": "data",
    "map": "data",
    "judge": "data",
    "prepare": "data",
    "train": "train",
    "rate": "train",
    "evaluate": "evaluate",
    "suspects": "evaluate",
    "label": "evaluate",
    "learning": "evaluate",
    "report": "evaluate",
    "attention": "evaluate",
    "predict": "predict",
    "explain": "predict",
    "neighbours": "predict",
    "channels": "predict",
    "file": "predict",
    "compare": "train",
    "export": "export",
    "measure": "models",
    "speed": "doctor",
    "gpu_pack": "doctor",
}
"""Which page shows the result of which kind of job."""

_REPORT_LIMIT: Final = 20_000
"""Characters of a report that are kept."""


@dataclass(frozen=True)
class Outcome:
    """One entry of the history.

    Attributes:
        key: Its own.
        title: What the job bar called it, in the language of that day.
        kind: Of the job, or :data:`ERROR`.
        state: How it ended.
        ended: When: ISO 8601, UTC.
        seconds: How long it took.
        project: Folder of the project it belongs to; empty for none.
        project_name: As shown.
        accuracy: What a training reached, in [0, 1].
        ready: Whether an exported file keeps its promise.
        message: Why it failed.
        hint: What to do about that.
        report: The report on the failure, to copy.
    """

    key: str
    title: str
    kind: str
    state: JobState
    ended: str
    seconds: float = 0.0
    project: str = ""
    project_name: str = ""
    accuracy: float | None = None
    ready: bool | None = None
    message: Message | None = None
    hint: Message | None = None
    report: str = ""

    @property
    def page(self) -> str:
        """Key of the page that shows the result; empty where there is none."""
        return _PAGES.get(self.kind, "")


def outcome_of_job(job: Job, seconds: float, project: Project | None) -> Outcome:
    """What became of a job.

    Args:
        job: It has ended.
        seconds: How long it took.
        project: The open one.

    Returns:
        Its entry.
    """
    stopped = job.state is JobState.SUCCEEDED and getattr(job.result, "stopped", False) is True
    accuracy = getattr(job.result, "accuracy", None) if job.kind == "train" else None
    ready = getattr(job.result, "ok", None) if job.kind == "export" else None
    error = job.error
    return Outcome(
        key=uuid.uuid4().hex,
        title=job.title,
        kind=job.kind,
        state=JobState.CANCELLED if stopped else job.state,
        ended=_now(),
        seconds=seconds,
        project=str(project.root) if project else "",
        project_name=project.name if project else "",
        accuracy=accuracy if isinstance(accuracy, float) else None,
        ready=ready if isinstance(ready, bool) else None,
        message=error.message if error else None,
        hint=error.hint if error else None,
        report=report_of(error)[:_REPORT_LIMIT] if error else "",
    )


def outcome_of_error(error: StudioError, project: Project | None) -> Outcome:
    """The entry of a failure that is no job's.

    Args:
        error: The failure.
        project: The open one.

    Returns:
        Its entry.
    """
    return Outcome(
        key=uuid.uuid4().hex,
        title="",
        kind=ERROR,
        state=JobState.FAILED,
        ended=_now(),
        project=str(project.root) if project else "",
        project_name=project.name if project else "",
        message=error.message,
        hint=error.hint,
        report=report_of(error)[:_REPORT_LIMIT],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# -- in words ------------------------------------------------------------------------------------


_TITLES: Final = {
    "train": ("Session", "Training"),
    "suspects": ("SuspectFinder", "Looking for wrong labels"),
    "attention": ("AttentionKeeper", "Looking at all images"),
    "learning": ("LearningKeeper", "Finding out whether more images would help"),
    "speed": ("DoctorPage", "Measuring this computer's speed"),
}
"""Jobs that are always called the same, so that their titles can follow the language."""


def title_text(outcome: Outcome) -> str:
    """What the entry is called: the job, or what went wrong."""
    if outcome.kind == ERROR:
        return _said(outcome.message)
    usual = _TITLES.get(outcome.kind)
    return outcome.title if usual is None else QCoreApplication.translate(*usual)


def result_text(outcome: Outcome) -> str:
    """How it ended, in a few words."""
    translate = QCoreApplication.translate
    if outcome.kind == ERROR:
        return _said(outcome.hint) or translate("Outcome", "Failed")
    match outcome.state:
        case JobState.FAILED:
            reason = _said(outcome.message)
            failed = translate("Outcome", "Failed")
            return f"{failed} · {reason}" if reason else failed
        case JobState.CANCELLED:
            word = translate("Outcome", "Stopped")
        case _ if outcome.ready is not None:
            ready = translate("Outcome", "Ready")
            return ready if outcome.ready else translate("Outcome", "Made, but not good enough")
        case _:
            word = translate("Outcome", "Finished")
    if outcome.accuracy is None:
        return word
    right = translate("Outcome", "{accuracy} right")
    return f"{word} · {right.format(accuracy=percent_text(outcome.accuracy))}"


def headline_text(outcome: Outcome) -> str:
    """One sentence for a notice: what ended, and with which result."""
    if outcome.kind == "train":
        return _training_headline(outcome)
    translate = QCoreApplication.translate
    if outcome.state is JobState.FAILED:
        text = translate("Outcome", "Failed – {title}")
    elif outcome.state is JobState.CANCELLED:
        text = translate("Outcome", "Stopped – {title}")
    elif outcome.ready is False:
        text = translate("Outcome", "Made, but not good enough – {title}")
    else:
        text = translate("Outcome", "Finished – {title}")
    return text.format(title=title_text(outcome))


def _training_headline(outcome: Outcome) -> str:
    translate = QCoreApplication.translate
    if outcome.state is JobState.FAILED:
        return translate("Outcome", "Training failed")
    if outcome.state is JobState.CANCELLED:
        return translate("Outcome", "Training stopped")
    if outcome.accuracy is None:
        return translate("Outcome", "Training finished")
    text = translate("Outcome", "Training finished: {accuracy} right")
    return text.format(accuracy=percent_text(outcome.accuracy))


def detail_text(outcome: Outcome) -> str:
    """A second line for a notice: why it failed, or how long it took."""
    if outcome.state is JobState.FAILED:
        return _said(outcome.message)
    took = QCoreApplication.translate("Outcome", "It took {time}.")
    return took.format(time=duration_text(outcome.seconds)) if outcome.seconds >= 1 else ""


def remedy_text(outcome: Outcome) -> str:
    """What can be done about a failure, or all there is to say of anything else."""
    if outcome.state is JobState.FAILED:
        return sentences_text((_said(outcome.message), _said(outcome.hint)))
    return result_text(outcome)


def brief_text(outcome: Outcome, *, named: bool = True) -> str:
    """A line below the title: result, when, how long, in which project.

    Args:
        outcome: What ended.
        named: Whether the project is named.

    Returns:
        The line.
    """
    parts = [
        moment_text(outcome.ended),
        result_text(outcome),
        duration_text(outcome.seconds) if outcome.seconds >= 1 else "",
        outcome.project_name if named else "",
    ]
    return " · ".join(part for part in parts if part)


def _said(message: Message | None) -> str:
    return translate_message(message) if message is not None and message.template else ""


# -- on disk -------------------------------------------------------------------------------------


def to_json(outcome: Outcome) -> dict[str, Any]:
    """The entry as ``json`` can write it; what is not known is left out."""
    found = dict(vars(outcome), state=outcome.state.value)
    for name in ("message", "hint"):
        found[name] = _message_to_json(found[name]) if found[name] is not None else None
    return {name: value for name, value in found.items() if value is not None and value != ""}


def from_json(found: dict[str, Any]) -> Outcome:
    """Read an entry.

    Args:
        found: As :func:`to_json` gave it; fields of later versions are left out.

    Returns:
        The entry.

    Raises:
        KeyError: If something is missing.
        TypeError: If something is not what it should be.
        ValueError: As ``TypeError``.
    """
    known = {name: value for name, value in found.items() if name in Outcome.__annotations__}
    for name in ("message", "hint"):
        if name in known:
            known[name] = _message_from_json(known[name])
    for name in ("key", "kind", "ended"):
        known[name] = str(known[name])
    for name in ("seconds", "accuracy"):
        if name in known:
            known[name] = float(known[name])
    known["title"] = str(known.get("title", ""))
    return Outcome(**{**known, "state": JobState(known["state"])})


def _message_to_json(value: object) -> object:
    if isinstance(value, Message):
        details = {name: _message_to_json(each) for name, each in value.details}
        return {"template": value.template, "details": details}
    if isinstance(value, tuple):
        return [_message_to_json(each) for each in value]
    return value if isinstance(value, str | int | float) else str(value)


def _message_from_json(value: Any) -> Any:
    if isinstance(value, dict):
        details = {name: _message_from_json(each) for name, each in value["details"].items()}
        return Message(str(value["template"]), tuple(details.items()))
    if isinstance(value, list):
        return tuple(_message_from_json(each) for each in value)
    return value
