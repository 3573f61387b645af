"""Settings of a training from a file, such as the ``config.json`` of a run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from effnet_studio.engine.errors import ConfigError
from effnet_studio.engine.messages import msg
from effnet_studio.engine.training.config import TrainConfig, make_config

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def read_settings(path: Path, changes: Mapping[str, Any] | None = None) -> TrainConfig:
    """Read settings from a JSON file.

    Args:
        path: The ``config.json`` of a run, in which everything is decided, or some settings by
            name; the preset fills in the rest.
        changes: Settings that take the place of the file's.

    Returns:
        The settings.

    Raises:
        ConfigError: If the file holds no settings, or a change is not possible.
    """
    changes = dict(changes or {})
    make_config(**changes)  # says what is wrong with a change better than the whole would
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        if "config" in about:
            return TrainConfig.model_validate({**about["config"], **changes})
        return make_config(**{**about, **changes})
    except FileNotFoundError as error:
        raise ConfigError(
            msg("There is no file {path}.", path=str(path)),
            hint=msg("Give the config.json of a run."),
            path=path,
        ) from error
    except (OSError, ValueError, TypeError, ValidationError) as error:
        raise ConfigError(
            msg("{path} is no file with settings.", path=str(path)),
            hint=msg("Give the config.json of a run."),
            path=path,
        ) from error
