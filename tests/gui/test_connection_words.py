"""What the journal says of failures, in words."""

from __future__ import annotations

import pytest

from effnet_studio.engine.connections import Connection, Outcome, Purpose
from effnet_studio.gui.models.connection_words import reason_text, result_text


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("[Errno -2] Name or service not known", "the name was not found"),
        ("[Errno 11001] getaddrinfo failed", "the name was not found"),
        ("[WinError 10061] No connection could be made", "it accepts none"),
        ("[Errno 101] Network is unreachable", "the network is not reachable"),
        ("The read operation timed out", "no answer in time"),
        ("something else", "something else"),
    ],
)
def test_that_a_reason_is_said_in_words(english: None, detail: str, words: str) -> None:
    assert reason_text(detail) == words


def test_that_an_answer_needs_no_status(english: None) -> None:
    done = Connection(
        "1", "example.org", Purpose.WEIGHTS, "2026-01-01T00:00:00+00:00", Outcome.DONE,
        detail="200 OK",
    )  # fmt: skip
    assert result_text(done) == "answered"
    failed = Connection(
        "2", "example.org", Purpose.WEIGHTS, "2026-01-01T00:00:00+00:00", Outcome.FAILED,
        detail="[Errno -2] Name or service not known",
    )  # fmt: skip
    assert result_text(failed) == "no connection: the name was not found"
