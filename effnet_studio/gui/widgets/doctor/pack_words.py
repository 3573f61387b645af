"""What the card of the GPU pack says, and which buttons it has, in each state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from effnet_studio.engine.doctor.gpu_pack import pack_fact
from effnet_studio.engine.facts.graphics_words import DRIVERS
from effnet_studio.engine.gpu_pack.activate import Standing
from effnet_studio.engine.gpu_pack.state import Need
from effnet_studio.gui.i18n import translate_message
from effnet_studio.gui.text import bytes_text, sentences_text

if TYPE_CHECKING:
    from effnet_studio.engine.gpu_pack.state import PackState

_HERE: Final = {
    Standing.USED,
    Standing.READY,
    Standing.OFF,
    Standing.NOT_ASKED,
    Standing.FAILED,
}


class PackWords:
    """Texts in the window's language.

    Args:
        state: How it stands with the pack.
        working: Whether something is being done about it.
        asked: Whether it is to be removed, and that was not confirmed yet.

    Attributes:
        verdict: How it stands, in a sentence.
        about: What follows from that; empty: nothing.
        buttons: Texts of the buttons that are shown, by their keys.
    """

    def __init__(self, state: PackState, *, working: bool, asked: bool) -> None:
        self._state = state
        self.verdict = self._verdict()
        self.about = "" if working else self._question() if asked else self._about()
        self.buttons = {} if working else self._buttons(asked=asked)

    def _verdict(self) -> str:
        state, translate = self._state, QCoreApplication.translate
        idle = translate("PackCard", "Installed, but not used.")
        said = {
            Standing.USED: translate("PackCard", "In use."),
            Standing.READY: translate("PackCard", "Installed. It is used from the next start on."),
            Standing.FAILED: translate("PackCard", "Switched off after a failure."),
            Standing.OFF: idle,
            Standing.NOT_ASKED: idle,
        }.get(state.standing)
        if said is not None:
            return said
        if state.offered and state.card:
            return translate("PackCard", "With it the app computes on the {card}.").format(
                card=state.card
            )
        if state.offered:
            return translate("PackCard", "With it the app computes on the graphics card.")
        return translate("PackCard", "Not used on this computer.")

    def _about(self) -> str:
        state = self._state
        if state.offered:
            return self._offer()
        parts = []
        fact = pack_fact(state)
        if state.standing in {Standing.OFF, Standing.NOT_ASKED, Standing.FAILED, Standing.OTHER}:
            parts.append(_sentence(translate_message(fact.value)))
        if fact.hint is not None and state.standing is not Standing.OTHER:
            parts.append(translate_message(fact.hint))
        parts.append(self._disk())
        return sentences_text(parts)

    def _disk(self) -> str:
        state, translate = self._state, QCoreApplication.translate
        if state.installed is not None:
            return translate(
                "PackCard", "PyTorch {torch} with CUDA {cuda}, {size} on disk."
            ).format(
                torch=state.installed.torch,
                cuda=state.installed.cuda,
                size=bytes_text(state.installed.size),
            )
        if state.old:
            size = bytes_text(sum(each.size for each in state.old))
            return translate("PackCard", "It takes {size} of disk.").format(size=size)
        if state.fetched:
            return translate("PackCard", "{size} of it were downloaded and take room.").format(
                size=bytes_text(state.fetched)
            )
        return ""

    def _offer(self) -> str:
        state, translate = self._state, QCoreApplication.translate
        assert state.manifest is not None  # noqa: S101 - else nothing is offered
        parts = []
        if state.need in {Need.NO_DRIVER, Need.OLD_DRIVER}:
            parts.append(
                translate(
                    "PackCard", "The card needs NVIDIA's newest driver first: {address}."
                ).format(address=DRIVERS)
            )
        if state.standing is Standing.OTHER:
            parts.append(
                translate(
                    "PackCard",
                    "The one that is here belongs to an earlier version of the app; it is removed "
                    "when the new one is installed.",
                )
            )
        parts += [
            translate(
                "PackCard",
                "Training is many times as fast there as on the processor. The pack is PyTorch's "
                "build for NVIDIA cards, with NVIDIA's own libraries, each under its maker's "
                "licence.",
            ),
            translate(
                "PackCard", "Download: {download}. On disk: {disk}. It can be removed again."
            ).format(
                download=bytes_text(state.manifest.download_bytes),
                disk=bytes_text(state.manifest.unpacked_bytes),
            ),
        ]
        if state.fetched:
            parts.append(
                translate("PackCard", "{size} are here already.").format(
                    size=bytes_text(state.fetched)
                )
            )
        return sentences_text(parts)

    def _question(self) -> str:
        return QCoreApplication.translate(
            "PackCard",
            "Remove it from this computer? To use it again, it has to be downloaded again. Images, "
            "projects and models stay.",
        )

    def _buttons(self, *, asked: bool) -> dict[str, str]:
        state, translate = self._state, QCoreApplication.translate
        if asked:
            return {
                "remove": translate("PackCard", "Remove"),
                "keep": translate("PackCard", "Keep"),
            }
        found = {}
        if state.offered and state.need in {Need.NO_DRIVER, Need.OLD_DRIVER}:
            found["driver"] = translate("PackCard", "Copy the driver's address")
        if state.offered:
            found["install"] = (
                translate("PackCard", "Go on with the download")
                if state.fetched
                else translate("PackCard", "Download and install")
            )
            found["files"] = translate("PackCard", "Install from files…")
            found["list"] = translate("PackCard", "Copy the list of files")
        if state.standing is Standing.FAILED:
            found["retry"] = translate("PackCard", "Try again")
        if state.standing in _HERE:
            found["verify"] = translate("PackCard", "Check the files")
        if state.standing in _HERE or state.fetched or state.old:
            found["remove"] = translate("PackCard", "Remove…")
        return found


def _sentence(value: str) -> str:
    """What stands beside a title otherwise, as a sentence of its own."""
    whole = QCoreApplication.translate("PackCard", "{sentence}.")
    return whole.format(sentence=value[:1].upper() + value[1:].rstrip(".。"))
