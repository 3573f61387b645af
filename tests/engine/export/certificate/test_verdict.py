"""What a certificate's figures mean: exact files must be exact, rounded ones keep their promise."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.export.certificate.record import (
    ExportFormat,
    ExportResult,
    PartCheck,
    read_record,
)
from effnet_studio.engine.export.certificate.verdict import shortcomings
from tests.export_results import export_result, part


def rounded(*parts: PartCheck, budget: float = 0.5) -> ExportResult:
    return export_result(format=ExportFormat.ONNX_INT8, budget_points=budget, parts=parts)


def said(result: ExportResult) -> str:
    return " ".join(map(str, shortcomings(result)))


def test_that_a_file_that_answers_exactly_like_the_app_is_ready() -> None:
    assert not shortcomings(export_result())


def test_that_a_file_that_was_not_opened_is_never_ready() -> None:
    assert "could not be opened" in said(export_result(parts=()))
    assert "could not be opened" in said(rounded())


def test_that_what_only_a_mac_can_open_says_so() -> None:
    apples = export_result(format=ExportFormat.COREML, parts=())
    assert "Open it on a Mac" in said(apples)
    assert "Mac" not in said(export_result(parts=()))


@pytest.mark.parametrize("where", ["val", "test"])
def test_that_one_other_answer_is_enough_against_an_exact_file(where: str) -> None:
    parts = [part("val"), part("test", 100)]
    index = 0 if where == "val" else 1
    parts[index] = dataclasses.replace(parts[index], same=parts[index].images - 1)
    words = {"val": "1 of 200 validation images", "test": "1 of 100 test images"}
    assert words[where] in said(export_result(parts=tuple(parts)))


def test_that_probabilities_must_be_the_apps_in_an_exact_file() -> None:
    assert not shortcomings(export_result(parts=(part(largest_difference=1e-3),)))
    assert "1.5 points" in said(export_result(parts=(part(largest_difference=0.015),)))


def test_that_wrong_notes_are_told_even_if_all_answers_are_right() -> None:
    assert "threshold" in said(export_result(notes_fit=False))
    assert "threshold" in said(dataclasses.replace(rounded(part()), notes_fit=False))


def test_that_a_rounded_file_may_lose_what_is_allowed_and_no_more() -> None:
    lost_one = part(same=199, correct=187, app_correct=188, lost=1)
    lost_two = part(same=198, correct=186, app_correct=188, lost=2)
    assert not shortcomings(rounded(lost_one))
    assert "1.0 points" in said(rounded(lost_two))
    assert not shortcomings(rounded(lost_two, budget=1.0))


def test_that_a_rounded_file_must_mostly_give_the_apps_answers() -> None:
    """Lost and won answers may cancel each other; the user would still see other answers."""
    swapped = part(same=190, correct=188, app_correct=188, lost=5, won=5)
    assert "10 of 200" in said(rounded(swapped))


def test_that_test_images_speak_only_beyond_chance() -> None:
    unlucky = part("test", 50, same=49, correct=46, app_correct=47, lost=1)
    ruined = part("test", 50, same=35, correct=35, app_correct=47, lost=12)
    assert not shortcomings(rounded(part(), unlucky))
    assert "test images" in said(rounded(part(), ruined))


@given(
    images=st.integers(1, 500),
    lost=st.integers(0, 50),
    won=st.integers(0, 50),
    budget=st.floats(0, 100),
)
def test_that_more_lost_answers_never_make_a_file_ready(
    images: int, lost: int, won: int, budget: float
) -> None:
    def with_lost(count: int) -> ExportResult:
        total = images + lost + won + 1
        facts = {"correct": won, "app_correct": count, "lost": count, "won": won}
        return rounded(part(images=total, same=total - count - won, **facts), budget=budget)

    if shortcomings(with_lost(lost)):
        assert shortcomings(with_lost(lost + 1))


def test_that_a_record_is_read_as_it_was_written(tmp_path) -> None:
    import json

    result = export_result("net.onnx", parts=(part(), part("test", 9)))
    record = tmp_path / "net.certificate.json"
    record.write_text(json.dumps(result.to_json()), encoding="utf-8")
    assert read_record(record) == dataclasses.replace(result, file=tmp_path / "net.onnx")


def test_that_what_only_a_newer_version_knows_of_a_file_does_not_disturb(tmp_path) -> None:
    import json

    result = export_result("net.onnx", parts=(part(),))
    about = result.to_json()
    about["flavour"] = "sweet"
    about["parts"][0]["colour"] = "red"
    record = tmp_path / "net.certificate.json"
    record.write_text(json.dumps(about), encoding="utf-8")
    assert read_record(record) == dataclasses.replace(result, file=tmp_path / "net.onnx")


def test_that_a_record_of_another_version_is_refused(tmp_path) -> None:
    record = tmp_path / "net.certificate.json"
    record.write_text('{"certificate": 2}', encoding="utf-8")
    with pytest.raises(ValueError, match="version"):
        read_record(record)


def test_that_none_of_these_is_told_apart_from_another_class() -> None:
    text = said(rounded(part(images=60, same=57, correct=56, app_correct=56, silenced=3)))
    assert "another answer than the app on 3 of 60 validation images" in text
    assert '"none of these" instead of a class on 3' in text
    assert "another class on 0" in text
    other = said(rounded(part(images=60, same=57, correct=56, app_correct=56)))
    assert "none of these" not in other
