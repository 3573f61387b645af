"""Long jobs and cheap questions, run in real threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThread, Slot
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton

from effnet_studio.engine.errors import ImageError, StorageError, StudioError
from effnet_studio.engine.events import BatchProgress, Event, ExamplesJudged, Noted
from effnet_studio.engine.messages import msg
from effnet_studio.gui.failures import UnexpectedError
from effnet_studio.gui.i18n import install_language
from effnet_studio.gui.jobs import Job, JobRunner, JobState
from effnet_studio.gui.questions import Requests
from effnet_studio.gui.theme import ThemeManager
from effnet_studio.gui.widgets.elided_label import ElidedLabel
from effnet_studio.gui.widgets.job_bar import JobBar


class Listener(QObject):
    """Writes down what it hears, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[QThread] = set()

    @Slot()
    def on_signal(self, *values: object) -> None:
        self.heard.append(values[0] if len(values) == 1 else values)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def on_value(self, value: object) -> None:
        self.on_signal(value)

    @Slot(object, object)
    def on_answer(self, key: object, value: object) -> None:
        self.on_signal(key, value)


def counting(count, *, on_event, cancel):
    for number in range(count):
        cancel.check()
        on_event(Noted(msg("{n}", n=number)))
    return count


def test_that_events_arrive_in_order_and_in_the_windows_thread(qtbot, runner: JobRunner) -> None:
    job = runner.start(counting, 200, title="count")
    listener = Listener()
    job.event_received.connect(listener.on_value)
    with qtbot.waitSignal(job.finished):
        pass
    assert [str(event.message) for event in listener.heard] == [str(n) for n in range(200)]
    assert listener.threads == {QCoreApplication.instance().thread()}


def test_that_a_job_ends_with_what_its_function_returned(qtbot, runner: JobRunner) -> None:
    job = runner.start(counting, 3, title="count")
    with qtbot.waitSignals([job.succeeded, job.finished], order="strict"):
        pass
    assert (job.state, job.result) == (JobState.SUCCEEDED, 3)
    assert runner.jobs == []


@pytest.mark.parametrize(
    ("raised", "shown"),
    [
        (ImageError("no image"), ImageError),
        (OSError(28, "No space left on device"), StorageError),
        (MemoryError(), StudioError),
        (KeyError("x"), UnexpectedError),
    ],
)
def test_that_whatever_a_job_raises_reaches_the_window_as_a_sentence(
    qtbot, runner: JobRunner, raised: Exception, shown: type[StudioError]
) -> None:
    def fail() -> None:
        raise raised

    job = runner.start(fail, title="fail", with_events=False)
    with qtbot.waitSignal(job.failed) as heard:
        pass
    assert type(heard.args[0]) is shown
    assert job.state is JobState.FAILED
    qtbot.waitUntil(lambda: runner.jobs == [])


def test_that_a_cancelled_job_stops_at_its_next_check(qtbot, runner: JobRunner) -> None:
    job = runner.start(counting, 10**9, title="count")
    job.cancel()
    with qtbot.waitSignals([job.cancelled, job.finished], order="strict"):
        pass
    assert job.state is JobState.CANCELLED


def test_that_a_paused_job_says_nothing_until_it_is_resumed(qtbot, runner: JobRunner) -> None:
    reached = threading.Event()

    def step(*, on_event, cancel) -> str:
        reached.wait(10)
        cancel.check()
        return "went on"

    job = runner.start(step, title="step")
    job.pause()
    reached.set()
    with qtbot.assertNotEmitted(job.finished, wait=50):
        pass
    with qtbot.waitSignal(job.succeeded):
        job.resume()
    assert job.result == "went on"
    qtbot.waitUntil(lambda: runner.jobs == [])


def test_that_shutdown_ends_running_and_paused_jobs(qtbot, runner: JobRunner) -> None:
    jobs: list[Job] = [runner.start(counting, 10**9, title=str(n)) for n in range(2)]
    jobs[0].pause()
    runner.shutdown()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("job:")]
    qtbot.waitUntil(lambda: runner.jobs == [])
    assert [job.state for job in jobs] == [JobState.CANCELLED] * 2


def test_that_preparation_runs_before_heavy_jobs_only(qtbot) -> None:
    order: list[str] = []
    runner = JobRunner(prepare=lambda: order.append("prepare"))
    for heavy in (True, False):
        job = runner.start(order.append, "job", title="j", with_events=False, heavy=heavy)
        with qtbot.waitSignal(job.finished):
            pass
    assert order == ["prepare", "job", "job"]


def test_that_the_newest_question_is_answered_first(qtbot, runner: JobRunner) -> None:
    requests, listener, gate = Requests(runner), Listener(), threading.Event()
    requests.answered.connect(listener.on_answer)
    requests.ask("first", gate.wait, 10)
    for key in ("a", "b", "c"):
        requests.ask(key, str.upper, key)
    gate.set()
    qtbot.waitUntil(lambda: len(listener.heard) == 4)
    later = [key for key, _ in listener.heard if key != "first"]
    assert later == ["c", "b", "a"]


def test_that_stale_answers_are_dropped(qtbot, runner: JobRunner) -> None:
    requests, listener, gate = Requests(runner), Listener(), threading.Event()
    requests.answered.connect(listener.on_answer)
    requests.ask("old", gate.wait, 10)
    requests.ask_only("new", str.upper, "new")
    gate.set()
    qtbot.waitUntil(lambda: bool(listener.heard))
    requests.close()
    QCoreApplication.processEvents()
    assert listener.heard == [("new", "NEW")]


def test_that_too_many_questions_drop_the_oldest_and_say_so(qtbot, runner: JobRunner) -> None:
    requests, dropped, gate = Requests(runner, waiting=2), Listener(), threading.Event()
    started = threading.Event()
    requests.dropped.connect(dropped.on_value)

    def hold() -> None:
        started.set()
        gate.wait(10)

    requests.ask("running", hold)
    assert started.wait(10)
    for key in ("a", "b", "c"):
        requests.ask(key, str.upper, key)
    assert dropped.heard == ["a"]
    gate.set()


def test_that_a_refused_question_carries_the_reason(qtbot, runner: JobRunner) -> None:
    requests = Requests(runner)

    def fail() -> None:
        raise ImageError("broken")

    with qtbot.waitSignal(requests.refused) as heard:
        requests.ask("key", fail)
    assert heard.args[0] == "key"
    assert str(heard.args[1]) == "broken"


def test_that_no_question_is_begun_while_the_window_shows_an_answer(
    qtbot, runner: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("effnet_studio.gui.questions._PATIENCE_SECONDS", 20)
    shown, asked = Requests(runner), Requests(runner)
    begun: list[str] = []
    seen: list[list[str]] = []

    def show() -> None:
        asked.ask("next", begun.append, "next")
        time.sleep(0.05)
        seen.append(list(begun))

    shown.answered.connect(show)
    shown.ask("first", int)
    qtbot.waitUntil(lambda: begun == ["next"])
    assert seen == [[]]


def test_that_questions_are_answered_while_the_window_is_busy_for_long(
    qtbot, runner: JobRunner
) -> None:
    requests, answered = Requests(runner), [threading.Event() for _ in range(3)]
    for number, event in enumerate(answered):
        requests.ask(number, event.set)
    assert all(event.wait(20) for event in answered), "nothing went back to the event loop"


def test_that_heavy_questions_wait_for_what_they_need(qtbot) -> None:
    order: list[str] = []
    runner = JobRunner(prepare=lambda: order.append("prepare"))
    for heavy in (True, False):
        requests = Requests(runner, heavy=heavy)
        with qtbot.waitSignal(requests.answered):
            requests.ask("key", order.append, "answer")
    assert order == ["prepare", "answer", "answer"]
    runner.shutdown()


def test_that_a_title_follows_the_language_while_the_job_runs(
    qtbot, runner: JobRunner, theme: ThemeManager, english
) -> None:
    bar = JobBar(runner, theme)
    qtbot.addWidget(bar)
    goes_on = threading.Event()
    job = runner.start(
        goes_on.wait,
        title=lambda: QCoreApplication.translate("Session", "Training"),
        with_events=False,
    )
    label = bar.findChild(QLabel, "job_title")
    assert label.text() == "Training"
    install_language(QApplication.instance(), "zh_CN")
    qtbot.waitUntil(lambda: label.text() == "训练")
    assert job.title == "训练"
    with qtbot.waitSignal(job.finished):
        goes_on.set()


def test_that_how_far_a_job_is_follows_the_language_after_news_without_words(
    qtbot, runner: JobRunner, theme: ThemeManager, english
) -> None:
    bar = JobBar(runner, theme)
    qtbot.addWidget(bar)
    gate = threading.Event()

    def work(*, on_event: Callable[[Event], None], cancel: object) -> None:
        on_event(BatchProgress(0, 154, 240, 0.5, 0.9, 1e-3, 11.6, 240.0))
        on_event(ExamplesJudged(0, (), ()))
        gate.wait(20)

    job = runner.start(work, title="Training")
    detail = bar.findChild(ElidedLabel, "job_detail")
    qtbot.waitUntil(lambda: "154 of 240" in detail.toolTip())
    qtbot.wait(50)
    install_language(QApplication.instance(), "zh_CN")
    qtbot.waitUntil(lambda: "11.6 张/秒" in detail.toolTip())
    with qtbot.waitSignal(job.finished):
        gate.set()


def test_that_a_long_title_leaves_room_for_how_far_the_job_is(
    qtbot, runner: JobRunner, theme: ThemeManager
) -> None:
    bar = JobBar(runner, theme)
    qtbot.addWidget(bar)
    gate = threading.Event()
    long = "A title of many words, as some languages need " * 4
    job = runner.start(gate.wait, title=long, with_events=False)
    bar.resize(800, 60)
    with qtbot.waitExposed(bar):
        bar.show()
    title = bar.findChild(ElidedLabel, "job_title")
    detail = bar.findChild(ElidedLabel, "job_detail")
    qtbot.waitUntil(lambda: detail.width() >= 120)
    assert title.shown_text() != long
    assert title.toolTip() == long
    assert bar.minimumSizeHint().width() <= 800
    with qtbot.waitSignal(job.finished):
        gate.set()


def test_that_a_title_stays_when_who_gave_it_is_gone(qtbot, runner: JobRunner) -> None:
    owner = QObject()
    owner.setObjectName("Looking")
    job = runner.start(int, title=owner.objectName, with_events=False)
    with qtbot.waitSignal(job.finished):
        pass
    shiboken6.delete(owner)
    assert job.title == "Looking"


def test_that_a_job_that_a_page_asks_to_stop_offers_no_more_of_it_below(
    qtbot, runner: JobRunner, theme: ThemeManager, english: None
) -> None:
    bar = JobBar(runner, theme)
    qtbot.addWidget(bar)
    job = runner.start(counting, 10**9, title="count")
    buttons = [bar.findChild(QPushButton, name) for name in ("job_pause", "job_stop")]
    assert all(button.isEnabled() for button in buttons)
    job.cancel()
    assert not any(button.isEnabled() for button in buttons)
    assert bar.findChild(QProgressBar, "job_progress").maximum() == 0
    with qtbot.waitSignal(job.finished):
        pass
    job.cancel()  # it has ended: nothing happens
