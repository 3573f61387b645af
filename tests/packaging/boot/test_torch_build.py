"""The bootstrap's choice of a build of torch."""

from pathlib import Path

import boot.console
import boot.system
import boot.torch_build
import pytest

CUDA_TORCH = [
    "filelock",
    "setuptools>=77.0.3",
    'cuda-toolkit[cublas,cudart]==13.0.3; platform_system == "Linux"',
    'nvidia-cudnn-cu13==9.20.0.48; platform_system == "Linux"',
    'triton==3.7.1; platform_system == "Linux" and python_version < "3.15"',
]
CPU_TORCH = ["filelock", "sympy>=1.13.3", "jinja2", 'optree>=0.13.0; extra == "optree"']


@pytest.mark.parametrize(
    ("requires", "machine", "cuda"),
    [
        (CUDA_TORCH, "x86_64", True),
        (CPU_TORCH, "x86_64", False),
        ([], "x86_64", False),
        (['nvidia-cublas==13; platform_machine == "x86_64"'], "x86_64", True),
        (['nvidia-cublas==13; platform_machine == "x86_64"'], "aarch64", False),
        (['nvidia-ml-py; extra == "gpu"'], "x86_64", False),
        (["tritonclient"], "x86_64", False),
    ],
)
def test_that_a_cuda_build_is_known_by_what_it_requires(requires, machine, cuda):
    assert boot.torch_build.needs_cuda(requires, machine) is cuda


def test_that_only_torch_itself_counts_in_a_report_of_pip():
    def report(name, requires):
        return {"install": [{"metadata": {"name": name, "requires_dist": requires}}]}

    assert boot.torch_build.report_is_cuda(report("torch", CUDA_TORCH), "x86_64")
    assert not boot.torch_build.report_is_cuda(report("torch", CPU_TORCH), "x86_64")
    assert not boot.torch_build.report_is_cuda(report("other", CUDA_TORCH), "x86_64")
    assert not boot.torch_build.report_is_cuda(
        {"install": [{"metadata": {"name": "torch"}}]}, "x86_64"
    )


@pytest.mark.parametrize(
    ("line", "cuda"),
    [
        ("  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl (526.6 MB)\n", True),
        ("  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl (191.8 MB)\n", False),
        ("  Downloading torch-2.13.0-cp311-cp311-linux_x86_64.whl.metadata (31 kB)\n", False),
        ("Processing /wheels/torch-2.13.0+cpu-cp311-cp311-linux_x86_64.whl\n", False),
        ("  Downloading nvidia_cublas-13.1-py3-none-any.whl (423.1 MB)\n", False),
    ],
)
def test_that_a_cuda_download_is_recognised_when_it_starts(line, cuda):
    assert boot.torch_build.announces_cuda(line) is cuda


@pytest.mark.parametrize(
    ("system", "gpu", "pip_offers_cuda", "build"),
    [
        ("Linux", False, True, boot.torch_build.Build.UV_CPU),
        ("Linux", False, False, boot.torch_build.Build.PIP_CPU),
        ("Linux", True, True, boot.torch_build.Build.PIP),
        ("Windows", False, True, boot.torch_build.Build.PIP),
        ("Darwin", False, True, boot.torch_build.Build.PIP),
    ],
)
def test_that_no_machine_without_an_nvidia_card_gets_the_cuda_build(
    system, gpu, pip_offers_cuda, build
):
    assert (
        boot.torch_build.choose_build(system, gpu=gpu, pip_offers_cuda=lambda: pip_offers_cuda)
        is build
    )


def test_that_pip_is_not_asked_where_its_answer_does_not_matter():
    def ask():
        pytest.fail("asked pip")

    boot.torch_build.choose_build("Windows", gpu=False, pip_offers_cuda=ask)
    boot.torch_build.choose_build("Linux", gpu=True, pip_offers_cuda=ask)


class Commands:
    """Notes the commands of a torch installation; uv fails when told so."""

    def __init__(self, *, cuda, uv_works=True):
        self.seen = []
        self._cuda, self._uv_works = cuda, uv_works

    def pip_install(self, *arguments, stop_when=None):
        stopped = "--dry-run" in arguments and self._cuda
        if "--dry-run" in arguments and not self._cuda:
            report = Path(arguments[arguments.index("--report") + 1])
            report.write_text('{"install": [{"metadata": {"name": "torch"}}]}', "utf-8")
        if "--dry-run" not in arguments:
            self.seen.append(("pip", *arguments))
        return boot.console.Finished(1 if stopped else 0, "", stopped)

    def try_run(self, *arguments):
        self.seen.append(arguments[1:])
        return boot.console.Finished(0 if self._uv_works else 2, "")


def install_torch(commands, monkeypatch, tmp_path):
    monkeypatch.setattr(boot.torch_build.platform, "system", lambda: "Linux")
    monkeypatch.setattr(boot.torch_build, "CUDA_DISK_BYTES", 0)
    installer = boot.torch_build.TorchInstaller(
        pip_install=commands.pip_install,
        try_run=commands.try_run,
        pins={"torch": "2.13.0", "torchvision": "0.28.0"},
        root=tmp_path,
    )
    installer.install(gpu=False)


def test_that_a_cpu_wheel_known_to_pip_is_taken_and_torchvision_brings_no_other(
    monkeypatch, tmp_path
):
    commands = Commands(cuda=False)
    install_torch(commands, monkeypatch, tmp_path)
    assert commands.seen == [
        ("pip", "torch==2.13.0"),
        ("pip", "--no-deps", "torchvision==0.28.0"),
    ]


def test_that_uv_fetches_the_cpu_build_where_pip_knows_only_cuda(monkeypatch, tmp_path):
    commands = Commands(cuda=True)
    install_torch(commands, monkeypatch, tmp_path)
    assert commands.seen[0] == ("pip", "uv")
    assert commands.seen[1][:3] == ("uv", "pip", "install")
    assert commands.seen[1][-4:] == (
        "--torch-backend",
        "cpu",
        "torch==2.13.0",
        "torchvision==0.28.0",
    )
    assert len(commands.seen) == 2


def test_that_the_cuda_build_is_the_last_resort_and_its_size_is_said(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("EFFNET_NO_CUDA", raising=False)
    commands = Commands(cuda=True, uv_works=False)
    install_torch(commands, monkeypatch, tmp_path)
    assert commands.seen[-1] == ("pip", "torch==2.13.0", "torchvision==0.28.0")
    assert "2.8 GB" in capsys.readouterr().out


def test_that_the_last_resort_can_be_forbidden(monkeypatch, tmp_path):
    monkeypatch.setenv("EFFNET_NO_CUDA", "1")
    commands = Commands(cuda=True, uv_works=False)
    with pytest.raises(boot.console.SetupError, match="forbids the CUDA build"):
        install_torch(commands, monkeypatch, tmp_path)
    assert ("pip", "torch==2.13.0", "torchvision==0.28.0") not in commands.seen


def test_that_an_nvidia_card_can_be_disregarded():
    assert boot.system.has_nvidia_gpu({"EFFNET_NO_CUDA": "1"}) is False
