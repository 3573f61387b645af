"""The Doctor page: looking around, all well, problems, speed, and network."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QScrollArea

from effnet_studio import __version__
from effnet_studio.engine.connections import Connection, Outcome, Purpose
from effnet_studio.engine.doctor.examine import Examination, Group
from effnet_studio.engine.doctor.hosts import hosts_in_use
from effnet_studio.engine.doctor.speed import Speed
from effnet_studio.engine.events import Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.facts.fact import Fact, Level, Remedy
from effnet_studio.engine.facts.graphics import Card, GraphicsProbe
from effnet_studio.engine.facts.graphics_words import graphics_facts
from effnet_studio.engine.facts.versions import PACKAGES, version_facts
from effnet_studio.engine.messages import Message, msg
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario

if TYPE_CHECKING:
    from effnet_studio.gui.pages.doctor import DoctorPage
    from tests.gallery.stage import Stage

_PROCESSOR = "AMD Ryzen 7 5800X 8-Core Processor"
_VERSIONS = dict(
    zip(
        PACKAGES,
        ("2.13.0", "0.28.0", "1.0.31", "1.31.1", "1.23.2", "6.11.3", "0.14.0", "13.0.0", "2.4.6",
         "0.8.0"),
        strict=True,
    )
)  # fmt: skip
_CARD = Card("NVIDIA GeForce RTX 4070", 12 * 2**30, 2**30, (8, 9))
_DETAILS = ("200 OK", "[Errno -2] Name or service not known")
_GOOD = GraphicsProbe(
    processor=_PROCESSOR,
    cuda_build="13.0",
    cuda_available=True,
    arch_list=("sm_75", "sm_80", "sm_86", "sm_90", "sm_100", "sm_120"),
    cards=(_CARD,),
    driver="580.65",
    driver_cuda="13.0",
    nvidia=(_CARD,),
)


def _examination(graphics: GraphicsProbe, **changes: object) -> Examination:
    values = {
        "memory": Fact("memory", msg("Memory"),
                       msg("{total}, {free} free", total="31.9 GB", free="19.4 GB")),
        "projects": Fact("projects", msg("Folder offered for new projects"),
                         msg("{path}, {free} free", path="/home/lin/Documents", free="212.4 GB"),
                         remedy=Remedy.FOLDER, path=Path("/home/lin")),
        "versions": _VERSIONS,
        **changes,
    }  # fmt: skip
    computer = (
        Fact("system", msg("System"), Message("Linux-6.8.0-x86_64-with-glibc2.39, x86_64")),
        Fact(
            "processor",
            msg("Processor"),
            msg("{name}, usable logical processors: {cores}", name=_PROCESSOR, cores=16),
        ),
        values["memory"],
        Fact("cpu_features", msg("Instruction sets"), Message("AVX2")),
        Fact("threads", msg("Threads used"), Message("8")),
    )
    own = Fact(
        "data_folder",
        msg("The app's own folder"),
        msg("{path}, {free} free", path="/home/lin/.local/share/EffNet Studio", free="212.4 GB"),
        remedy=Remedy.FOLDER,
        path=Path("/home/lin"),
    )
    weights = (
        Fact(
            "starter",
            msg("Starter weights shipped with the app"),
            msg("{names}, complete", names="EfficientNet-B0"),
        ),
        Fact(
            "weights",
            msg("Downloaded weights"),
            msg("none yet: they come when a training first needs them"),
            hint=msg("To work without network later, download them ahead of time."),
            remedy=Remedy.WEIGHTS,
        ),
    )
    parts = (
        Fact("heic", msg("HEIC images"), msg("installed, version {version}", version="1.1.0")),
        Fact(
            "camera",
            msg("Camera"),
            msg("not installed"),
            level=Level.ABSENT,
            hint=msg(
                "Only needed to take pictures, and to recognise live, with a camera (160 MB)."
            ),
            command='/home/lin/effnet/.venv/bin/python -m pip install "PySide6-Addons==6.11.3"',
        ),
    )
    app = Fact("app", Message("EffNet Studio"), Message(__version__))
    groups = (
        Group("computer", msg("Computer"), computer),
        Group("graphics", msg("Graphics"), tuple(graphics_facts(graphics))),
        Group("folders", msg("Folders"), (values["projects"], own)),
        Group("weights", msg("Pre-trained weights"), weights),
        Group("parts", msg("Optional parts"), parts),
        Group("versions", msg("Versions"), (app, *version_facts(values["versions"]))),
    )
    return Examination(groups, hosts=hosts_in_use((), {}))


def _speed() -> Speed:
    now = datetime.now().astimezone().replace(hour=9, minute=41)
    return Speed(
        "NVIDIA GeForce RTX 4070, 12.0 GB", "cuda", 64, 2310.0, 1480.0, 512.0, "2.13.0", "",
        now.isoformat(),
    )  # fmt: skip


def _page(stage: Stage) -> DoctorPage:
    stage.given += [_PROCESSOR, _CARD.name, "+cpu", "OneDrive", *_DETAILS]
    stage.window.show_page("doctor")
    page = stage.window.page("doctor")
    stage.wait_for(lambda: page.examination is not None, 120)
    stage.settle()
    return page


def _looking(stage: Stage) -> None:
    page = stage.window.page("doctor")
    page.findChild(QPushButton, "doctor_again").setEnabled(False)  # it does not begin by itself
    stage.window.show_page("doctor")


def _here(stage: Stage) -> None:
    """The real findings on the computer that makes the picture."""
    _page(stage)


def _good(stage: Stage) -> None:
    _page(stage).set_examination(_examination(_GOOD))


def _problems(stage: Stage) -> None:
    probe = replace(
        _GOOD, torch="2.13.0+cpu", cuda_build=None, cuda_available=False, cards=(), arch_list=()
    )
    synchronised = Fact(
        "projects",
        msg("Folder offered for new projects"),
        msg("{path}, {free} free", path="/home/lin/OneDrive/Documents", free="212.4 GB"),
        level=Level.WARNING,
        hint=msg(
            "{service} copies files while the app writes them, which can damage a project. Keep "
            "projects in another folder; only exports may stay in {service}.",
            service="OneDrive",
        ),
        remedy=Remedy.SETTINGS,
        path=Path("/home/lin"),
    )
    versions = {**_VERSIONS, "torchvision": "0.27.1"}
    found = _examination(probe, projects=synchronised, versions=versions)
    _page(stage).set_examination(found)


def _measuring(stage: Stage) -> None:
    page = _page(stage)
    page.set_examination(_examination(_GOOD))
    job = stage.perform(
        stage.session.jobs.start,
        [Progress(Work.BENCHMARK, 5, 12, "steps")],
        title=in_words("DoctorPage", "Measuring this computer's speed"),
        kind="speed",
        heavy=False,
    )
    page._speed.follow(job)
    page._speed.take_event(Progress(Work.BENCHMARK, 5, 12, "steps"))


def _measured(stage: Stage) -> None:
    _page(stage).set_examination(replace(_examination(_GOOD), speed=_speed()))


def _network(stage: Stage) -> None:
    now = datetime.now().astimezone()
    rows = (
        ("pypi.org", Purpose.CONVERTER, 2, Outcome.DONE, 0, "LiteRT", ""),
        ("files.pythonhosted.org", Purpose.CONVERTER, 2, Outcome.DONE, 238_400_000, "LiteRT", ""),
        ("download.pytorch.org", Purpose.WEIGHTS, 26, Outcome.DONE, 21_444_401,
         "efficientnet_b0_rwightman-7f5810bc.pth", _DETAILS[0]),
        ("huggingface.co", Purpose.WEIGHTS, 50, Outcome.FAILED, 0, "model.safetensors",
         _DETAILS[1]),
    )  # fmt: skip
    connections = tuple(
        Connection(
            str(number),
            host,
            purpose,
            (now - timedelta(hours=hours)).isoformat(timespec="seconds"),
            outcome=outcome,
            received=received,
            sent=sent,
            detail=detail,
        )
        for number, (host, purpose, hours, outcome, received, sent, detail) in enumerate(rows)
    )
    found = replace(
        _examination(_GOOD), connections=connections, hosts=hosts_in_use(connections, {})
    )
    page = _page(stage)
    page.set_examination(found)
    page.findChild(QPushButton, "network_more").click()
    stage.settle()
    bar = page.findChild(QScrollArea, "doctor_scroll").verticalScrollBar()
    bar.setValue(bar.maximum())
    bar.rangeChanged.connect(lambda _least, most: bar.setValue(most))


SCENARIOS = (
    Scenario("doctor", "looking", _looking),
    Scenario("doctor", "here", _here),
    Scenario("doctor", "good", _good),
    Scenario("doctor", "problems", _problems),
    Scenario("doctor", "measuring", _measuring),
    Scenario("doctor", "measured", _measured),
    Scenario("doctor", "network", _network),
)
