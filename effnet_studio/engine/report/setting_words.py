"""The settings of a run in words: which differ from the preset's, and what they say."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from effnet_studio.engine.errors import ModelError
from effnet_studio.engine.messages import Message, msg
from effnet_studio.engine.training.config import preset_values
from effnet_studio.engine.training.schema import TrainConfig

if TYPE_CHECKING:
    from effnet_studio.engine.training.runs import Run


_CHOICES: Final = {
    "instant": msg("Instant"),
    "balanced": msg("Balanced"),
    "best": msg("Best"),
    "none": msg("none"),
    "light": msg("Light"),
    "medium": msg("Medium"),
    "strong": msg("Strong"),
    "horizontal": msg("Left and right"),
    "both": msg("In both directions"),
    "sampling": msg("Weighted sampling"),
    "weights": msg("Class weights"),
    "effective": msg("Effective-number weights"),
    "adamw": msg("AdamW"),
    "sgd": msg("SGD"),
    "auto": msg("automatic"),
    "fp32": msg("32 bit"),
    "mixed": msg("Mixed 16/32 bit"),
    "on": msg("on"),
    "off": msg("off"),
}
"""What the settings that offer a choice offer, in the form's words."""


def all_settings(run: Run) -> tuple[tuple[Message, Message | str], ...]:
    """Every setting of a run.

    Args:
        run: The run.

    Returns:
        Titles and values, in the order of the form.
    """
    return tuple(_row(run, name) for name in TrainConfig.model_fields)


def own_settings(run: Run) -> tuple[tuple[Message, Message | str], ...]:
    """The settings that are not what the preset fills in.

    Args:
        run: The run.

    Returns:
        As :func:`all_settings`; model, preset and starting weights are said elsewhere.
    """
    try:
        preset = preset_values(run.config.preset, run.model)
    except ModelError:  # an architecture that this version does not know
        preset = {}
    fields = TrainConfig.model_fields
    usual = {name: preset.get(name, field.default) for name, field in fields.items()}
    return tuple(
        _row(run, name)
        for name in fields
        if name not in {"model", "preset", "weights"} and getattr(run.config, name) != usual[name]
    )


def _row(run: Run, name: str) -> tuple[Message, Message | str]:
    field = TrainConfig.model_fields[name]
    text = setting_text(name, run.config.model_dump(mode="json")[name])
    title = Message(field.title or name)
    extra = field.json_schema_extra
    unit = extra.get("unit") if isinstance(extra, dict) else None
    if unit:
        title = msg("{title} ({unit})", title=title, unit=Message(str(unit)))
    return title, text


def setting_text(name: str, value: object) -> Message | str:
    """The value of a setting, without anything that only this computer's user should know.

    Args:
        name: Field of :class:`~effnet_studio.engine.training.schema.TrainConfig`.
        value: Its value as JSON has it.

    Returns:
        For people; of a file its name alone.
    """
    if value is None:
        return msg("automatic")
    if isinstance(value, bool):
        return msg("on") if value else msg("off")
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    if text in _CHOICES and isinstance(TrainConfig.model_fields[name].default, Enum):
        return _CHOICES[text]
    if name in {"weights", "teacher"} and text:
        return file_name(text)
    return text or msg("none")


def file_name(text: str) -> str:
    """The last part of a path of any system; weights inside a run's folder go by its name."""
    parts = [part for part in text.replace("\\", "/").split("/") if part]
    if len(parts) > 1 and parts[-1] in {"best.safetensors", "start.safetensors"}:
        return parts[-2]
    return parts[-1] if parts else text
