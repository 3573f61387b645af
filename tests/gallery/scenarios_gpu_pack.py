"""The Doctor page's card of the GPU pack in each of its states."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QPushButton

from effnet_studio.engine.doctor.examine import graphics_with_pack
from effnet_studio.engine.errors import GpuPackError
from effnet_studio.engine.events import Event, Noted, Progress
from effnet_studio.engine.events import Stage as Work
from effnet_studio.engine.gpu_pack.activate import Standing
from effnet_studio.engine.gpu_pack.installed import Installed
from effnet_studio.engine.gpu_pack.manifest import Manifest, load_manifest
from effnet_studio.engine.gpu_pack.state import Need, PackState
from effnet_studio.engine.gpu_pack.trial import Failure
from effnet_studio.engine.messages import msg
from effnet_studio.paths import resources_dir
from tests.gallery.names import in_words
from tests.gallery.registry import Scenario
from tests.gallery.scenarios_doctor import _CARD, _GOOD, _examination, _page

if TYPE_CHECKING:
    from effnet_studio.engine.facts.graphics import GraphicsProbe
    from effnet_studio.gui.pages.doctor import DoctorPage
    from tests.gallery.stage import Stage


_INSTALLED: Final = Installed("2.13.0", "13.0", "cp311", "linux-x86_64", 3_987_000_000, {})
_BARE: Final = replace(
    _GOOD, torch="2.13.0+cpu", cuda_build=None, cuda_available=False, cards=(), arch_list=()
)
"""A card is there, and the app's own PyTorch cannot use it."""


def _manifest() -> Manifest:
    found = load_manifest(resources_dir() / "gpu_pack" / "linux-x86_64-cp311.json")
    assert found is not None
    return found


def _state(standing: Standing = Standing.NONE, **more: object) -> PackState:
    given = {"need": Need.HELPS, "card": _CARD.name, "manifest": _manifest(), **more}
    return PackState(standing, **given)


def _show(stage: Stage, state: PackState, probe: GraphicsProbe = _BARE) -> DoctorPage:
    page = _page(stage)
    found = _examination(_GOOD)
    facts = graphics_with_pack(probe, state)
    groups = [
        replace(group, facts=facts) if group.key == "graphics" else group for group in found.groups
    ]
    page.set_examination(replace(found, groups=tuple(groups), pack=state))
    stage.settle()
    _follow(page)
    return page


def _follow(page: DoctorPage) -> None:
    """Keep the card in sight in windows of every size."""
    bar = page._scroll.verticalScrollBar()
    bar.rangeChanged.connect(lambda *_: page._scroll.ensureWidgetVisible(page._pack, 0, 24))
    page._scroll.ensureWidgetVisible(page._pack, 0, 24)


def _offered(stage: Stage) -> None:
    page = _show(stage, _state())
    bar = page._scroll.verticalScrollBar()
    bar.rangeChanged.connect(lambda *_: bar.setValue(0))
    bar.setValue(0)


def _card(stage: Stage) -> None:
    _show(stage, _state(Standing.NONE, fetched=1_204_000_000))


def _driver(stage: Stage) -> None:
    stage.given.append("https:")  # of the address in a sentence
    _show(stage, _state(Standing.NONE, need=Need.OLD_DRIVER))


def _working(stage: Stage, *events: Event) -> None:
    page = _show(stage, _state())
    job = stage.perform(
        stage.session.jobs.start,
        list(events),
        title=in_words("GpuPacker", "Installing the GPU pack"),
        kind="gpu_pack",
        heavy=False,
    )
    page._pack.follow(job)
    for event in events:
        job.take_event(event)
    stage.settle()
    page._scroll.ensureWidgetVisible(page._pack, 0, 24)


def _downloading(stage: Stage) -> None:
    progress = Progress(Work.DOWNLOAD, 1_204_000_000, 2_524_000_000, "bytes", 11.4e6, 116.0)
    _working(stage, Noted(msg("Downloading")), progress)


def _unpacking(stage: Stage) -> None:
    progress = Progress(Work.UNPACK, 2_912_000_000, 3_920_000_000, "bytes", 7.4e7, 14.0)
    _working(stage, Noted(msg("Unpacking")), progress)


def _failed(stage: Stage) -> None:
    page = _show(stage, _state(Standing.NONE, fetched=1_204_000_000))
    page._pack.show_error(
        GpuPackError(
            msg("There is no network: {host} was not found.", host="files.pythonhosted.org"),
            hint=msg(
                "What has come is kept: try again later, and it goes on from there. Or fetch the "
                "files on another computer, and install them from a folder."
            ),
        )
    )
    stage.settle()
    page._scroll.ensureWidgetVisible(page._pack, 0, 24)


def _installed(stage: Stage) -> None:
    _show(stage, _state(Standing.READY, installed=_INSTALLED))


def _used(stage: Stage) -> None:
    _show(stage, _state(Standing.USED, installed=_INSTALLED), _GOOD)


def _removing(stage: Stage) -> None:
    page = _show(stage, _state(Standing.USED, installed=_INSTALLED), _GOOD)
    page._pack.findChild(QPushButton, "gpu_pack_remove").click()
    stage.settle()
    page._scroll.ensureWidgetVisible(page._pack, 0, 24)


def _switched_off(stage: Stage) -> None:
    failure = Failure("2026-11-20T09:41:00+00:00")
    _show(stage, _state(Standing.FAILED, installed=_INSTALLED, failure=failure))


def _of_before(stage: Stage) -> None:
    old = replace(_INSTALLED, torch="2.12.1")
    _show(stage, _state(Standing.OTHER, old=(old,)))


def _banner(stage: Stage) -> None:
    stage.window.pack_banner.set_standing(Standing.FAILED)


SCENARIOS = (
    Scenario("welcome", "pack_switched_off", _banner),
    Scenario("doctor", "pack_offered", _offered),
    Scenario("doctor", "pack_begun", _card),
    Scenario("doctor", "pack_driver", _driver),
    Scenario("doctor", "pack_downloading", _downloading),
    Scenario("doctor", "pack_unpacking", _unpacking),
    Scenario("doctor", "pack_failed", _failed),
    Scenario("doctor", "pack_installed", _installed),
    Scenario("doctor", "pack_used", _used),
    Scenario("doctor", "pack_removing", _removing),
    Scenario("doctor", "pack_switched_off", _switched_off),
    Scenario("doctor", "pack_of_before", _of_before),
)
