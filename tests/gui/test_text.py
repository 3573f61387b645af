"""Numbers and units in sentences."""

from __future__ import annotations

import pytest

from effnet_studio.gui.text import unbroken


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("On disk: 3.9 GB. It goes.", "On disk: 3.9~GB. It goes."),
        ("（160 MB）", "（160~MB）"),
        ("between 80 and 86 % of them", "between 80 and 86~% of them"),
        ("another 3 min 20 s", "another 3~min 20~s"),
        ("约 12 秒", "约 12~秒"),
        ("from 5 % – 10 % on", "from 5~%~–~10~% on"),
    ],
)
def test_that_a_number_stays_with_its_unit(text: str, joined: str) -> None:
    assert unbroken(text) == joined.replace("~", "\u00a0")


@pytest.mark.parametrize("text", ["5 sets", "2 GPUs", "4 models of 12", "a 3 by 3 kernel"])
def test_that_a_number_and_a_word_may_part(text: str) -> None:
    assert unbroken(text) == text
