"""Sentences and errors keep their parts, so that they can be translated and sent around."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from effnet_studio.engine import errors
from effnet_studio.engine.messages import Message, msg


def test_that_a_message_reads_as_its_filled_template() -> None:
    assert str(msg("{count} images in {path}", count=3, path="/a")) == "3 images in /a"


def test_that_a_message_without_values_keeps_its_braces() -> None:
    assert str(Message("set {x} to {y")) == "set {x} to {y"


def test_that_values_with_braces_are_shown_as_they_are() -> None:
    assert str(msg("{path} is empty", path="{odd} name}")) == "{odd} name} is empty"


def test_that_a_translation_is_filled_with_the_same_values() -> None:
    message = msg("{count} images in {path}", count=3, path="/a")
    assert message.render(lambda _: "{path} 中有 {count} 张图片") == "/a 中有 3 张图片"


def test_that_messages_inside_a_message_are_translated_too() -> None:
    words = {
        "Changed: {what}.": "已更改：{what}。",
        "Epochs": "轮数",
        "{a} {b}": "{a} {b}",
        ", ": "、",
    }
    changes = tuple(msg("{a} {b}", a=Message("Epochs"), b=number) for number in (3, 5))
    message = msg("Changed: {what}.", what=changes)
    assert str(message) == "Changed: Epochs 3, Epochs 5."
    assert message.render(words.__getitem__) == "已更改：轮数 3、轮数 5。"


def test_that_messages_compare_by_value() -> None:
    assert msg("{a}", a=1) == msg("{a}", a=1)
    assert msg("{a}", a=1) != msg("{a}", a=2)
    assert len({msg("x"), msg("x")}) == 1


def test_that_an_error_is_one_line_with_path_and_hint() -> None:
    error = errors.ImageError(msg("It is empty."), hint=msg("Remove it."), path=Path("/a/b.jpg"))
    assert str(error) == f"It is empty. [{Path('/a/b.jpg')}] Remove it."
    named = errors.ImageError(msg("{p} is empty.", p=str(Path("/a"))), path=Path("/a"))
    assert str(named) == f"{Path('/a')} is empty."


KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type)
    and issubclass(kind, errors.StudioError)
    and kind is not errors.Cancelled
]


@pytest.mark.parametrize("kind", KINDS)
def test_that_errors_cross_processes_with_all_their_parts(kind: type[errors.StudioError]) -> None:
    error = kind(msg("{what} is wrong.", what="x"), hint="Do y.", path=Path("z"))
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert (back.message, back.hint, back.path) == (error.message, error.hint, error.path)
    assert str(back) == str(error)


def test_that_cancelled_crosses_processes() -> None:
    assert isinstance(pickle.loads(pickle.dumps(errors.Cancelled())), errors.Cancelled)
