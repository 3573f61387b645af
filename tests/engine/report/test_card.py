"""Model cards: read by the library that made the format, whatever the names."""

from __future__ import annotations

import pytest
import yaml
from huggingface_hub import ModelCard
from hypothesis import given
from hypothesis import strategies as st

from effnet_studio.engine.report.card import markdown, model_card, quoted
from tests.engine.report.made import HOSTILE, make_facts

_SECTIONS = [
    "Model details",
    "Intended use",
    "Factors",
    "Metrics",
    "Evaluation data",
    "Training data",
    "Quantitative analyses",
    "Ethical considerations",
    "Caveats and recommendations",
]
"""Mitchell et al. 2019, figure 1."""


@pytest.mark.parametrize(("split", "name"), [("val", "validation"), ("test", "test")])
def test_that_the_hub_reads_the_head(split: str, name: str) -> None:
    card = ModelCard(model_card(make_facts([0, 1, 1], [0, 1, 0], split=split)))
    assert card.data.pipeline_tag == "image-classification"
    assert card.data.library_name == "effnet-studio"
    results = {each.metric_name: each for each in card.data.eval_results or []}
    accuracy = results["Accuracy"]
    assert accuracy.metric_type == "accuracy"
    assert accuracy.metric_value == pytest.approx(2 / 3, abs=1e-6)
    assert accuracy.dataset_split == name


def test_that_names_cannot_leave_their_place() -> None:
    facts = make_facts([0, 1, 2, 3], [1, 2, 3, 0], HOSTILE, project='x: "y"\n---\n# <i>')
    text = model_card(facts)
    _, head, body = text.split("---\n", 2)
    about = yaml.safe_load(head)
    assert about["model-index"][0]["name"] == 'x: "y"\n---\n# <i>'
    headings = [line[3:] for line in body.splitlines() if line.startswith("## ")]
    assert headings == _SECTIONS
    assert [line for line in body.splitlines() if line.startswith("# ")] == [
        '# x: "y" --- \\# \\<i\\>'
    ]
    assert "<" not in body.replace("\\<", "")
    rows = [line for line in body.splitlines() if line.startswith("| ")]
    widths = {line.replace("\\|", "").count("|") for line in rows}
    assert widths <= {4, 5, 6}, "no bar of a name makes a column"


def test_that_what_only_people_know_is_left_open_in_plain_sight() -> None:
    body = model_card(make_facts([0, 1], [0, 0]))
    assert body.count("(to fill in)") >= 8
    assert "license: unknown  # to fill in" in body


def test_that_a_thousand_classes_do_not_make_it_endless() -> None:
    names = tuple(f"class {number}" for number in range(1000))
    card = model_card(make_facts(list(range(1000)), list(range(1000)), names))
    assert len(card.splitlines()) < 340
    assert "and 900 more classes" in card


@given(st.text())
def test_that_yaml_reads_any_text_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"name: {quoted(text)}") == {"name": text}


@given(st.text())
def test_that_any_text_stays_inside_its_place_in_markdown(text: str) -> None:
    line = markdown(text)
    assert len(line.splitlines()) <= 1
    plain = line.replace("\\\\", "")
    assert all(plain[place - 1 : place] == "\\" for place, c in enumerate(plain) if c in "|<*_`[")


def test_that_names_of_any_script_can_be_read() -> None:
    assert quoted("蜜蜂 🐝") == '"蜜蜂 🐝"'


def test_that_markdown_is_one_plain_line() -> None:
    assert markdown("a\n b*c") == "a b\\*c"
