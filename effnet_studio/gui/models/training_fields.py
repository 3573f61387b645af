"""In which order, and under which headings, the folded settings of a training stand."""

from __future__ import annotations

from typing import Final

from effnet_studio.gui.i18n import QT_TRANSLATE_NOOP

GROUPS: Final = {
    QT_TRANSLATE_NOOP("SettingsForm", "Images"): (
        "image_size",
        "start_size",
        "augmentation",
        "rand_augment",
        "random_erasing",
        "flip",
        "mixup",
        "cutmix",
    ),
    QT_TRANSLATE_NOOP("SettingsForm", "Stages"): (
        "thaw_every",
        "layer_decay",
        "views",
        "solve_head",
        "dropout",
        "drop_path",
    ),
    QT_TRANSLATE_NOOP("SettingsForm", "Steps"): (
        "batch_size",
        "micro_batch",
        "optimizer",
        "learning_rate",
        "warmup_epochs",
        "min_learning_rate",
        "weight_decay",
        "momentum",
        "clip_norm",
        "ema",
        "patience",
    ),
    QT_TRANSLATE_NOOP("SettingsForm", "What counts"): (
        "imbalance",
        "focal_gamma",
        "label_smoothing",
    ),
    QT_TRANSLATE_NOOP("SettingsForm", "Learning from another model"): (
        "teacher",
        "temperature",
        "teacher_share",
        "teacher_attention",
    ),
    QT_TRANSLATE_NOOP("SettingsForm", "This computer"): (
        "precision",
        "compiled",
        "device",
        "workers",
        "seed",
        "deterministic",
        "tensorboard",
    ),
}
"""The folded settings under their headings."""

HELP: Final = {
    "epochs": "concept-overfitting",
    "freeze": "concept-freezing",
    "augmentation": "concept-augmentation",
    "layer_decay": "concept-fine-tuning",
    "dropout": "concept-overfitting",
    "batch_size": "concept-batch-size",
    "learning_rate": "concept-learning-rate",
    "warmup_epochs": "concept-cosine-schedule",
    "patience": "concept-early-stopping",
    "imbalance": "concept-class-balance",
    "label_smoothing": "concept-calibration",
    "teacher": "concept-distillation",
    "precision": "concept-mixed-precision",
}
"""Pages of the guide that explain a setting."""
