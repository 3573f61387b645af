"""The values of settings in the words of the form. Pure functions of their input."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.models.catalog import CATALOG
from effnet_studio.engine.training.config import Preset, TrainConfig
from effnet_studio.gui.i18n import translate_text
from effnet_studio.gui.models.run_list import model_title, title_of
from effnet_studio.gui.widgets.plots.log_axis import plain_number
from effnet_studio.gui.widgets.train.preset_cards import preset_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from effnet_studio.engine.training.runs import Run

translate = QCoreApplication.translate

OFF_AT_ZERO: Final = frozenset({"mixup", "cutmix", "clip_norm", "ema", "patience"})
"""Settings that do nothing at zero; their descriptions say so."""


def choice_titles() -> dict[str, dict[str, str]]:
    """Names of the answers of the form's combo boxes, by field and value."""
    none = translate("TrainSetup", "None")
    return {
        "augmentation": {
            "none": none,
            "light": translate("TrainSetup", "Light"),
            "medium": translate("TrainSetup", "Medium"),
            "strong": translate("TrainSetup", "Strong"),
        },
        "optimizer": {"adamw": "AdamW", "sgd": "SGD"},
        "flip": {
            "none": none,
            "horizontal": translate("TrainSetup", "Left and right"),
            "both": translate("TrainSetup", "In both directions"),
        },
        "imbalance": {
            "none": translate("TrainSetup", "Nothing"),
            "sampling": translate("TrainSetup", "Weighted sampling"),
            "weights": translate("TrainSetup", "Class weights"),
            "effective": translate("TrainSetup", "Effective-number weights"),
        },
        "precision": {
            "auto": translate("TrainSetup", "Automatic"),
            "fp32": translate("TrainSetup", "32 bit"),
            "mixed": translate("TrainSetup", "Mixed 16/32 bit"),
        },
        "compiled": {
            "auto": translate("TrainSetup", "Automatic"),
            "on": translate("TrainSetup", "Yes"),
            "off": translate("TrainSetup", "No"),
        },
    }


def weights_titles() -> dict[str, str]:
    """Names of the starting weights that are no file, by value."""
    return {
        "auto": translate("WeightsField", "The best there is"),
        "imagenet": "ImageNet",
        "starter": translate("WeightsField", "Starter backbone"),
        "none": translate("WeightsField", "None"),
    }


def teacher_choices(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Who can teach: nobody, each run that has weights, each model of the catalog.

    Args:
        runs: Of the project, the newest first.

    Returns:
        Values of the setting and their titles.
    """
    usable = [run for run in runs if run.best_accuracy is not None]
    return [
        ("", translate("TrainSetup", "Nobody")),
        *((str(run.best_file), f"{title_of(run)} · {run.run_id[:15]}") for run in usable),
        *((spec.name, spec.title) for spec in CATALOG.values()),
    ]


def setting_text(name: str, value: object, runs: Sequence[Run] = ()) -> str:
    """What the form shows for a value; also whether a checkbox is on.

    Args:
        name: Field of :class:`~effnet_studio.engine.training.config.TrainConfig`.
        value: Its value.
        runs: Of the project: a teacher and starting weights may be one of them.
    """
    match value:
        case None:
            return translate("SettingsForm", "automatic")
        case bool():
            return _on() if value else _off()
        case int() | float():
            return _off() if not value and name in OFF_AT_ZERO else _number(name, value)
        case Preset():
            return preset_title(value)
        case Enum():
            return choice_titles().get(name, {}).get(str(value.value), str(value.value))
    return _named(name, str(value), runs)


def _named(name: str, value: str, runs: Sequence[Run]) -> str:
    """What the form shows for the name of a model, or of something that has learned."""
    match name:
        case "model":
            return model_title(value)
        case "weights":
            return weights_titles().get(value) or _run_or_file(value, runs)
        case "teacher":
            return dict(teacher_choices(runs)).get(value) or _run_or_file(value, runs)
    return value


def _number(name: str, value: float) -> str:
    extra = TrainConfig.model_fields[name].json_schema_extra
    extra = extra if isinstance(extra, dict) else {}
    if not value and extra.get("zero"):
        return translate_text(str(extra["zero"]))
    unit = unit_text(str(extra.get("unit", "")), value)
    text = plain_number(value) if isinstance(value, float) else str(value)
    return f"{text} {unit}" if unit else text


def unit_text(unit: str, value: float) -> str:
    """What is counted, as it is said of one or of many.

    Args:
        unit: Of the schema; empty: none.
        value: How many.
    """
    ones = {
        "epochs": translate("SettingsForm", "epoch"),
        "images": translate("SettingsForm", "image"),
    }
    return ones[unit] if value == 1 and unit in ones else translate_text(unit)


def _run_or_file(value: str, runs: Sequence[Run]) -> str:
    """Title of the run that an id or a file in its folder names, else the file's name."""
    path = Path(value)
    for run in runs:
        if run.run_id in {value, path.parent.name}:
            return title_of(run)
    return path.name


def _on() -> str:
    return translate("SettingWords", "on")


def _off() -> str:
    return translate("SettingWords", "off")
