"""Answers as tables: whole, in order, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.messages import msg
from effnet_studio.engine.predict.answers import FailedImage, Prediction
from effnet_studio.engine.predict.tables import answers_csv, answers_json

CLASSES = ("bees", "ants, red", '=cmd|"/C"')


def prediction(*values: float) -> Prediction:
    return Prediction(Path("x.jpg"), np.array(values, dtype=np.float32), CLASSES)


FAILED = FailedImage(Path("b.jpg"), msg("It is no picture."), msg("Remove it."))


def test_that_the_table_names_every_class_or_the_likeliest() -> None:
    rows = [("a.jpg", prediction(0.2, 0.7, 0.1)), ("b.jpg", FAILED)]
    every = list(csv.DictReader(io.StringIO(answers_csv(rows))))
    assert every[0]["rejected"] == "no"
    assert every[0]["answer"] == "ants, red"
    assert every[0]["confidence"] == every[0]["ants, red"] == "0.700000"
    assert every[1] == {
        **dict.fromkeys(every[0], ""),
        "path": "b.jpg",
        "error": "It is no picture.",
    }
    likeliest = list(csv.DictReader(io.StringIO(answers_csv(rows, top=2))))
    assert likeliest[0]["label_2"] == "bees"
    assert likeliest[1]["error"] == "It is no picture."


def test_that_json_holds_the_same() -> None:
    document = json.loads(answers_json([("ä.jpg", prediction(0.2, 0.7, 0.1)), ("b.jpg", FAILED)]))
    assert document[0]["path"] == "ä.jpg"
    assert [each["label"] for each in document[0]["top"]] == ["ants, red", "bees", CLASSES[2]]
    assert document[1] == {"path": "b.jpg", "error": "It is no picture.", "hint": "Remove it."}


def test_that_none_of_these_is_said_beside_the_probabilities() -> None:
    refused = Prediction(Path("x.jpg"), np.array([0.4, 0.3, 0.3], np.float32), CLASSES, True)
    rows = [("a.jpg", refused), ("b.jpg", FAILED)]
    for top, label in ((None, "answer"), (2, "label_1")):
        first, failed = csv.DictReader(io.StringIO(answers_csv(rows, top=top)))
        assert (first["rejected"], first[label], first["error"]) == ("yes", "bees", "")
        assert (failed["rejected"], failed["error"]) == ("", "It is no picture.")
    document = json.loads(answers_json(rows))
    assert document[0]["rejected"] is True
    assert len(document[0]["top"]) == 3


@given(
    names=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=8),
    top=st.sampled_from([None, 1, 3, 5]),
)
def test_that_every_image_has_its_line_and_no_cell_is_a_formula(
    names: list[str], top: int | None
) -> None:
    rows = [(name, prediction(0.1, 0.1, 0.8)) for name in names]
    text = answers_csv(rows, top=top)
    lines = list(csv.reader(io.StringIO(text, newline="")))
    assert len(lines) == 1 + len(names)
    assert len({len(line) for line in lines}) == 1
    assert [line[0].removeprefix("'") for line in lines[1:]] == [n.removeprefix("'") for n in names]
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for line in lines for cell in line
    )


def test_that_a_notebook_shows_the_likeliest_classes_whatever_they_are_called() -> None:
    shown = Prediction(
        None, np.array([0.75, 0.25], dtype=np.float32), ("<b>ants</b>", "bees")
    )._repr_html_()
    assert "&lt;b&gt;ants&lt;/b&gt;" in shown
    assert shown.index("75.0 %") < shown.index("bees")
