"""A small guide in two languages, one page of which is not translated yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from effnet_studio.guide.library import Guide

if TYPE_CHECKING:
    from pathlib import Path

FREEZING = """# Freezing

To *freeze* a stage is to keep what it **knows**.

## Why

- Fewer pictures; see [training](train.md#presets).
- A source: [paper](https://example.org/paper).

## In the app

![The Train page](../pictures/train.png)

| preset | stages |
|---|---|
| Best | seven |
"""
TRAIN = """# Train

Where a model learns; freezing is one of its settings.

## Presets

Instant, Balanced, Best.
"""
FREEZING_ZH = """# 冻结

冻结一个阶段，就是保留它已经学到的内容。
"""


@pytest.fixture
def small_guide(tmp_path: Path) -> Guide:
    """Two sections, three pages, one picture in both languages and both themes."""
    folder = tmp_path / "guide"
    for language in ("en", "zh_CN", "pictures", "pictures/zh_CN"):
        (folder / language).mkdir(parents=True)
    sections = [
        {"title": {"en": "Pages", "zh_CN": "页面"}, "pages": ["start", "train", "not-written"]},
        {"title": {"en": "Concepts", "zh_CN": "概念"}, "pages": ["concept-freezing"]},
        {"title": {"en": "Empty", "zh_CN": "空"}, "pages": ["nothing"]},
    ]
    (folder / "toc.json").write_text(json.dumps({"sections": sections}), encoding="utf-8")
    (folder / "en" / "start.md").write_text("# Begin\n\nHere.\n", encoding="utf-8")
    (folder / "en" / "train.md").write_text(TRAIN, encoding="utf-8")
    (folder / "en" / "concept-freezing.md").write_text(FREEZING, encoding="utf-8")
    (folder / "zh_CN" / "concept-freezing.md").write_text(FREEZING_ZH, encoding="utf-8")
    for name in ("train.png", "train-dark.png", "zh_CN/train.png"):
        Image.new("RGB", (64, 40), "white").save(folder / "pictures" / name)
    return Guide(folder)
