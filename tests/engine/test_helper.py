"""A process that is asked, and what is said when it fails."""

from __future__ import annotations

import pytest

from effnet_studio.engine.cancel import CancelToken
from effnet_studio.engine.errors import ExportError
from effnet_studio.engine.helper import Helper, HelperFailedError
from effnet_studio.engine.messages import msg
from tests.engine.answering import complaining, doubling, failing_to_start


def test_that_a_helper_says_why_it_failed_and_answers_on() -> None:
    token = CancelToken()
    with Helper("sums", doubling) as helper:
        assert helper.ask(21, token) == 42
        with pytest.raises(HelperFailedError, match="only numbers"):
            helper.ask("x", token)  # type: ignore[arg-type]
        assert helper.ask(2, token) == 4


def test_that_a_helper_complains_in_the_apps_own_words() -> None:
    with Helper("sums", complaining) as helper:
        for _ in range(2):
            with pytest.raises(ExportError) as caught:
                helper.ask("this", CancelToken())
            assert caught.value.message == msg("{name} cannot be used.", name="this")
            assert str(caught.value.hint) == "Choose another."


def test_that_a_helper_that_dies_is_noticed() -> None:
    with (
        Helper("sums", doubling) as helper,
        pytest.raises(HelperFailedError, match="the process ended with 7"),
    ):
        helper.ask(-1, CancelToken())


def test_that_a_helper_that_cannot_start_says_so() -> None:
    with (
        Helper("sums", failing_to_start) as helper,
        pytest.raises(HelperFailedError, match="no such file"),
    ):
        helper.ask(1, CancelToken())
