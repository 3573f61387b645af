"""``effnet-studio gpu-pack``: PyTorch's build for NVIDIA cards, for an app from an installer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from effnet_studio.cli.options import AsJson
from effnet_studio.cli.terminal import Terminal

app = typer.Typer(
    help="Compute on an NVIDIA card: add, check or remove the GPU pack.", no_args_is_help=True
)

Source = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FOLDER|ZIP",
        help="Take the files from here instead of downloading them; `files` lists them.",
    ),
]
Mirror = Annotated[
    str | None,
    typer.Option(
        "--mirror",
        metavar="URL",
        help="Ask this address for the files; by default EFFNET_STUDIO_GPU_PACK_MIRROR.",
    ),
]
Proxy = Annotated[
    str | None,
    typer.Option(
        "--proxy",
        metavar="URL",
        help="http://host:port, or direct; by default EFFNET_STUDIO_PROXY, else the system's.",
    ),
]


@app.command()
def status(*, as_json: AsJson = False) -> None:
    """Say whether a pack would help here, is installed, and is used."""
    from effnet_studio.engine.doctor.gpu_pack import pack_document, pack_fact
    from effnet_studio.engine.facts.graphics_probe import probe_graphics
    from effnet_studio.engine.facts.graphics_words import install_command
    from effnet_studio.engine.gpu_pack.state import Need, look_at_pack

    probe = probe_graphics()
    state = look_at_pack(probe)
    fact = pack_fact(state)
    lines = [f"{fact.title}: {fact.value}"]
    if fact.hint is not None:
        lines.append(f"→ {fact.hint}")
    if state.offered:
        lines.append("  effnet-studio gpu-pack install")
    if state.need is Need.PYTHON and probe.torch and not probe.cuda_available:
        lines += ["→ These commands install the PyTorch that fits the card:"]
        lines += [f"  {line}" for line in install_command(probe).splitlines()]
    Terminal(as_json=as_json).emit(pack_document(state), *lines)


@app.command()
def install(
    source: Source = None, *, mirror: Mirror = None, proxy: Proxy = None, as_json: AsJson = False
) -> None:
    """Download the pack and install it; it is used from the next start of the app on.

    A download that was broken off goes on where it stopped. Every file's checksum is compared.
    """
    from effnet_studio.engine.doctor.gpu_pack import sizes
    from effnet_studio.engine.gpu_pack.install import install_pack, known_manifest

    terminal = Terminal(as_json=as_json)
    manifest = known_manifest()
    terminal.remark(f"PyTorch {manifest.torch} with CUDA {manifest.cuda}: {sizes(manifest)}")
    with terminal.job() as job:
        found = install_pack(
            None if source is None else source.absolute(),
            mirror=mirror,
            proxy=proxy,
            on_event=job.on_event,
            cancel=job.cancel,
        )
    document = {"torch": found.torch, "cuda": found.cuda, "bytes": found.size}
    lines = [f"Installed: PyTorch {found.torch} with CUDA {found.cuda}, {found.size / 1e9:.1f} GB."]
    terminal.emit(document, *lines, "It is used from the next start of the app on.", *_for_python())


@app.command()
def files(*, as_json: AsJson = False) -> None:
    """List the pack's files and where to get them, for a computer without network."""
    from effnet_studio.engine.gpu_pack.install import known_manifest
    from effnet_studio.engine.gpu_pack.listing import file_list

    manifest = known_manifest()
    document = [
        {
            "file": each.file,
            "url": manifest.address(each),
            "size": each.size,
            "sha256": each.sha256,
        }
        for each in manifest.wheels
    ]
    Terminal(as_json=as_json).emit(document, file_list(manifest))


@app.command()
def verify(*, as_json: AsJson = False) -> None:
    """Read every file of the installed pack and compare its checksum."""
    from effnet_studio.engine.gpu_pack.upkeep import verify_pack

    terminal = Terminal(as_json=as_json)
    with terminal.job() as job:
        wrong = verify_pack(on_event=job.on_event, cancel=job.cancel)
    words = f"{len(wrong)} files are missing or damaged:" if wrong else "Every file is whole."
    terminal.emit({"damaged": list(wrong)}, words, *wrong)
    if wrong:
        terminal.remark("error: `effnet-studio gpu-pack install` mends the pack")
        raise typer.Exit(1)


@app.command()
def remove(*, as_json: AsJson = False) -> None:
    """Remove the pack, and what was downloaded for it."""
    from effnet_studio.engine.gpu_pack.upkeep import remove_pack

    freed = remove_pack()
    words = f"Removed: {freed / 1e9:.1f} GB." if freed else "There was no GPU pack."
    Terminal(as_json=as_json).emit({"bytes": freed}, words)


@app.command("try-again")
def forget_failure(*, as_json: AsJson = False) -> None:
    """Use a pack again that was switched off because it could not be loaded."""
    from effnet_studio import paths
    from effnet_studio.engine.gpu_pack.trial import try_again

    try_again(paths.gpu_pack_dir())
    words = "It is tried again at the next start of the app."
    Terminal(as_json=as_json).emit({"switched_off": False}, words)


def _for_python() -> list[str]:
    """What people with a Python of their own have to do."""
    from effnet_studio import paths
    from effnet_studio.engine.gpu_pack.activate import VARIABLE

    if paths.is_frozen():
        return []
    return [f"This app runs from Python: only with {VARIABLE}=on in the environment."]
