"""The certificate as a page: what was found, with the images on which file and app differ."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.data.store import load_dataset
from effnet_studio.engine.export.certificate.page import write_page
from effnet_studio.engine.export.certificate.record import Attempt, Difference, ExportFormat
from effnet_studio.engine.export.certificate.tried import attempts_section
from tests.export_results import export_result, part

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.export.conftest import Exported


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.pictures = 0

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.pictures += tag == "img"


def page_of(result, exported: Exported, folder: Path) -> _Text:
    result = dataclasses.replace(result, file=folder / result.file.name)
    write_page(result, load_dataset(exported.project))
    text = _Text()
    text.feed(result.page_file.read_text(encoding="utf-8"))
    return text


def test_that_the_export_wrote_its_page(exported: Exported) -> None:
    html = exported.result.page_file.read_text(encoding="utf-8")
    for expected in (
        "Ready. The file was opened again",
        "12 of 12",
        "MobileNetV3-Small",
        *exported.result.sha256.values(),
        exported.result.weights,
        exported.result.environment["processor"],
    ):
        assert expected in html
    assert str(exported.project.root.parent) not in html
    assert "<script" not in html


def test_that_a_file_that_is_not_ready_says_why_and_shows_the_images(
    exported: Exported, tmp_path: Path
) -> None:
    first, second = load_dataset(exported.project).samples[:2]
    second.path.rename(second.path.with_suffix(".away"))
    result = export_result(
        model="mobilenet_v3_small",
        parts=(part(same=198, skipped=3),),
        differing=(
            Difference(first.id, "red/1.jpg", "<b>red</b>", "red", ""),
            Difference(second.id, "red/2.jpg", "red", "", "blue"),
            Difference(10**6, "red/gone.jpg", "red", "red", "blue"),
        ),
        ok=False,
    )
    try:
        found = page_of(result, exported, tmp_path)
    finally:
        second.path.with_suffix(".away").rename(second.path)
    text = " ".join(found.parts)
    assert "Not ready." in text
    assert "on 2 of 200 validation images" in text
    assert "3 images could not be read" in text
    assert "True class: <b>red</b>" in text
    assert text.count("none of these") == 2
    assert found.pictures == 1


def test_that_all_that_was_tried_is_on_the_page(exported: Exported, tmp_path: Path) -> None:
    attempts = (
        Attempt("least-error", 0.95, 4.0, 4_900_000, images=200, accuracy=0.9, loss=0.04),
        Attempt("weights", 1.0, 9.0, 4_300_000, images=200, accuracy=0.94, kept_promise=True),
    )
    result = export_result(
        model="mobilenet_v3_small",
        format=ExportFormat.ONNX_INT8,
        budget_points=0.5,
        recipe="weights",
        attempts=attempts,
    )
    text = " ".join(page_of(result, exported, tmp_path).parts)
    for expected in ("least-error", "✓ weights", "Kept", "Not kept", "32 bits", "4.9 MB"):
        assert expected in text


@given(
    st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=7),
    st.integers(0, 40),
)
def test_that_no_way_tried_lies_outside_its_chart(
    found: list[tuple[int, bool]], exact: int
) -> None:
    attempts = tuple(
        Attempt(
            f"way {number}",
            1.0,
            4.0 + number,
            4_000_000,
            images=40,
            accuracy=right / 40,
            loss=(exact - right) / 40,
            float_latency_ms=12.0,
            float_bytes=16_000_000,
            kept_promise=kept,
        )
        for number, (right, kept) in enumerate(found)
    )
    (section,) = attempts_section(export_result(attempts=attempts, recipe="way 0"))
    charts, table = section.blocks
    assert len(table.rows) == len(attempts)
    for chart in charts.items:
        places = [point for each in chart.series for point in zip(each.x, each.y, strict=True)]
        assert len(places) == len(attempts) + 1  # the 32-bit file is there too
        low, high = chart.y_range
        assert all(low <= y <= high and 0 < x < chart.x_range[1] for x, y in places)
        assert round(100 * (high - low)) % 4 == 0
