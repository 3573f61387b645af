"""How the engine fails: with a sentence saying what, where, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from effnet_studio.engine.messages import Message

if TYPE_CHECKING:
    from pathlib import Path


class StudioError(Exception):
    """Base of everything the engine raises on purpose.

    Args:
        message: What is wrong, one sentence.
        hint: What the user can do about it, one sentence.
        path: The file or folder concerned.

    Attributes:
        message: What is wrong.
        hint: What to do; empty when there is nothing to add.
        path: The file or folder concerned, if there is one.
    """

    def __init__(
        self, message: Message | str, *, hint: Message | str = "", path: Path | None = None
    ) -> None:
        self.message = message if isinstance(message, Message) else Message(message)
        self.hint = hint if isinstance(hint, Message) else Message(hint)
        self.path = path
        super().__init__(str(self.message))

    def __str__(self) -> str:
        """One line: message, path when the message does not name it, and hint."""
        text = str(self.message)
        if self.path is not None and str(self.path) not in text:
            text = f"{text} [{self.path}]"
        hint = str(self.hint)
        return f"{text} {hint}" if hint else text

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.hint, self.path, self.__dict__.copy())


def _rebuild(
    kind: type[StudioError],
    message: Message,
    hint: Message,
    path: Path | None,
    state: dict[str, object],
) -> StudioError:
    """Unpickle an error that came from another process."""
    error = kind.__new__(kind)
    StudioError.__init__(error, message, hint=hint, path=path)
    error.__dict__.update(state)
    return error


class ImageError(StudioError):
    """A file that cannot be used as a picture."""


class DatasetError(StudioError):
    """A folder or dataset that cannot be trained on."""


class FolderError(DatasetError):
    """A folder has no images that could be learned from; another one may have."""


class ImagesGoneError(DatasetError):
    """The drive or folder of a dataset's pictures is no longer there; it may come back."""


class ProjectError(StudioError):
    """A project folder that cannot be created, opened or written."""


class ModelError(StudioError):
    """An architecture, weights file or exported model that cannot be used."""


class WeightsError(ModelError):
    """Pre-trained weights that cannot be had: offline, cut short, or not the file they claim."""


class ConfigError(StudioError):
    """A setting that is unknown or out of its bounds."""


class TrainingError(StudioError):
    """A training run that cannot go on."""


class ProcessGoneError(TrainingError):
    """Another process of a training that several do together has ended."""


class ExportError(StudioError):
    """An export that could not be made or does not answer like the app."""


class StorageError(StudioError):
    """Disk full, no permission, or a drive that is gone."""


class Cancelled(StudioError):  # noqa: N818 - the field's name for it, as in asyncio and concurrent.futures
    """The user stopped the job."""

    def __init__(self) -> None:
        super().__init__("Stopped.")
