"""The bootstrap's decisions: which build, which packages, whether to do anything at all."""

import ast
import errno
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import boot_checks
import boot_console
import boot_explain
import boot_layout
import boot_system
import boot_torch
import boot_venv
import bootstrap
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONSTRAINTS = (PACKAGING / "constraints.txt").read_text("utf-8")

CUDA_TORCH = [
    "filelock",
    "setuptools>=77.0.3",
    'cuda-toolkit[cublas,cudart]==13.0.3; platform_system == "Linux"',
    'nvidia-cudnn-cu13==9.20.0.48; platform_system == "Linux"',
    'triton==3.7.1; platform_system == "Linux" and python_version < "3.15"',
]
CPU_TORCH = ["filelock", "sympy>=1.13.3", "jinja2", 'optree>=0.13.0; extra == "optree"']


# --- Python ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_that_supported_pythons_are_accepted(version):
    assert bootstrap.version_complaint(version) is None


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 14)])
def test_that_other_pythons_get_a_sentence_with_what_to_do(version):
    complaint = bootstrap.version_complaint(version)
    assert f"this is Python {version[0]}.{version[1]}" in complaint
    assert "3.11, 3.12 or 3.13" in complaint


def test_that_an_old_python_can_read_the_script_far_enough_to_complain():
    ast.parse((PACKAGING / "bootstrap.py").read_text("utf-8"), feature_version=(3, 4))


def test_that_metadata_and_bootstrap_agree_on_the_supported_pythons():
    (lowest, highest) = bootstrap.SUPPORTED
    specifiers = Requirement(f"x{PROJECT['project']['requires-python']}").specifier
    for minor in range(8, 20):
        wanted = lowest <= (3, minor) <= highest
        assert specifiers.contains(f"3.{minor}.1") == wanted


# --- torch ----------------------------------------------------------------------------------------


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
    assert boot_torch.needs_cuda(requires, machine) is cuda


def test_that_only_torch_itself_counts_in_a_report_of_pip():
    def report(name, requires):
        return {"install": [{"metadata": {"name": name, "requires_dist": requires}}]}

    assert boot_torch.report_is_cuda(report("torch", CUDA_TORCH), "x86_64")
    assert not boot_torch.report_is_cuda(report("torch", CPU_TORCH), "x86_64")
    assert not boot_torch.report_is_cuda(report("other", CUDA_TORCH), "x86_64")
    assert not boot_torch.report_is_cuda({"install": [{"metadata": {"name": "torch"}}]}, "x86_64")


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
    assert boot_torch.announces_cuda(line) is cuda


@pytest.mark.parametrize(
    ("system", "gpu", "pip_offers_cuda", "build"),
    [
        ("Linux", False, True, boot_torch.Build.UV_CPU),
        ("Linux", False, False, boot_torch.Build.PIP_CPU),
        ("Linux", True, True, boot_torch.Build.PIP),
        ("Windows", False, True, boot_torch.Build.PIP),
        ("Darwin", False, True, boot_torch.Build.PIP),
    ],
)
def test_that_no_machine_without_an_nvidia_card_gets_the_cuda_build(
    system, gpu, pip_offers_cuda, build
):
    assert (
        boot_torch.choose_build(system, gpu=gpu, pip_offers_cuda=lambda: pip_offers_cuda) is build
    )


def test_that_pip_is_not_asked_where_its_answer_does_not_matter():
    def ask():
        pytest.fail("asked pip")

    boot_torch.choose_build("Windows", gpu=False, pip_offers_cuda=ask)
    boot_torch.choose_build("Linux", gpu=True, pip_offers_cuda=ask)


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
        return boot_console.Finished(1 if stopped else 0, "", stopped)

    def try_run(self, *arguments):
        self.seen.append(arguments[1:])
        return boot_console.Finished(0 if self._uv_works else 2, "")


def install_torch(commands, monkeypatch, tmp_path):
    monkeypatch.setattr(boot_torch.platform, "system", lambda: "Linux")
    monkeypatch.setattr(boot_torch, "CUDA_DISK_BYTES", 0)
    installer = boot_torch.TorchInstaller(
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
    with pytest.raises(boot_console.SetupError, match="forbids the CUDA build"):
        install_torch(commands, monkeypatch, tmp_path)
    assert ("pip", "torch==2.13.0", "torchvision==0.28.0") not in commands.seen


def test_that_an_nvidia_card_can_be_disregarded():
    assert boot_system.has_nvidia_gpu({"EFFNET_NO_CUDA": "1"}) is False


# --- the machine ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "env", "display"),
    [
        ("Linux", {}, False),
        ("Linux", {"DISPLAY": ""}, False),
        ("Linux", {"DISPLAY": ":0"}, True),
        ("Linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("Windows", {}, True),
        ("Darwin", {}, True),
    ],
)
def test_that_a_window_is_opened_only_where_it_can_be_seen(system, env, display):
    assert boot_system.has_display(system, env) is display


def test_that_missing_libraries_are_named_as_debian_names_them():
    absent = {"libEGL.so.1", "libxcb-cursor.so.0"}

    def loads(library):
        return library not in absent

    missing = boot_system.missing_packages(window=False, loads=loads, chinese_font=True)
    assert missing == ["libegl1"]
    missing = boot_system.missing_packages(window=True, loads=loads, chinese_font=False)
    assert missing == ["libegl1", "libxcb-cursor0", "fonts-noto-cjk"]


def test_that_nothing_is_missing_on_a_complete_machine():
    assert (
        boot_system.missing_packages(window=True, loads=lambda _library: True, chinese_font=True)
        == []
    )


def test_that_the_loader_itself_is_asked_for_libraries():
    assert not boot_system.can_load("libeffnet-studio-no-such-library.so.1")


def test_that_the_line_to_type_can_be_pasted():
    line = boot_system.apt_line(["libgl1", "libegl1"], sudo=True)
    assert line == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 libegl1"
    )
    assert "sudo" not in boot_system.apt_line(["libgl1"], sudo=False)


def test_that_a_person_without_root_gets_the_line_and_the_set_up_goes_on(
    monkeypatch, tmp_path, capsys
):
    monkeypatch.setattr(boot_system, "is_root", lambda: False)
    monkeypatch.setattr(boot_system.shutil, "which", lambda _name: "/usr/bin/apt-get")
    runner = boot_console.Runner(tmp_path / "log", tmp_path)
    assert boot_system.provide_packages(["libegl1"], runner) is False
    assert "sudo apt-get install -y --no-install-recommends libegl1" in capsys.readouterr().out
    assert not (tmp_path / "log").exists()


def test_that_a_python_without_its_venv_part_gets_the_package_and_the_line(monkeypatch):
    boot_system.require_venv_module([])
    assert boot_system.venv_package() == []
    monkeypatch.setattr(boot_system.importlib.util, "find_spec", lambda _name: None)
    (package,) = boot_system.venv_package()
    assert package == f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    with pytest.raises(boot_console.SetupError, match=f"libegl1 {package}"):
        boot_system.require_venv_module(["libegl1", package])


@pytest.mark.parametrize(
    ("name", "found"),
    [("NotoSansCJK-Regular.ttc", True), ("wqy-microhei.ttc", True), ("DejaVuSans.ttf", False)],
)
def test_that_a_chinese_font_is_found_wherever_it_lies(tmp_path, name, found):
    folder = tmp_path / "fonts" / "deep"
    folder.mkdir(parents=True)
    (folder / name).touch()
    assert boot_system.has_chinese_font([tmp_path / "absent", tmp_path / "fonts"]) is found


def test_that_a_small_disk_is_noticed_before_it_is_full(tmp_path):
    boot_system.require_disk_space(tmp_path, 0)
    with pytest.raises(boot_console.SetupError, match="Free some space"):
        boot_system.require_disk_space(tmp_path, 10**18)


# --- pins -----------------------------------------------------------------------------------------


def test_that_every_pin_is_exact_and_of_no_special_build():
    lines = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
    assert len(boot_layout.read_pins(CONSTRAINTS)) == len(lines)
    assert not [line for line in lines if "+" in line]


def test_that_every_requirement_of_the_project_has_a_pin_that_fits_it():
    pins = boot_layout.read_pins(CONSTRAINTS)
    for text in boot_layout.requirements_of(PROJECT, dev=True):
        requirement = Requirement(text)
        assert requirement.specifier.contains(pins[boot_layout.normal_name(requirement.name)]), text
    assert {"pip", "uv"} <= pins.keys()


def test_that_the_developers_tools_come_only_when_asked_for():
    assert not [r for r in boot_layout.requirements_of(PROJECT, dev=False) if "pytest" in r]
    assert [r for r in boot_layout.requirements_of(PROJECT, dev=True) if "pytest" in r]


def test_that_the_bootstrap_names_no_package_server():
    for file in PACKAGING.glob("*.py"):
        assert "://" not in file.read_text("utf-8").replace("file://", ""), file.name


# --- the environment ------------------------------------------------------------------------------


def key(**changes):
    facts = {"constraints": "a==1", "project": PROJECT, "python": "3.11", "gpu": False}
    return boot_layout.environment_key(**(facts | changes))


def test_that_a_changed_pin_python_or_graphics_card_asks_for_a_new_set_up():
    requirement = {"project": {**PROJECT["project"], "dependencies": ["numpy"]}}
    changes = [
        {"constraints": "a==2"},
        {"python": "3.12"},
        {"gpu": True},
        {"project": PROJECT | requirement},
    ]
    keys = {key(), *(key(**change) for change in changes)}
    assert len(keys) == 5


def test_that_a_changed_linter_rule_asks_for_no_new_set_up():
    tools = {**PROJECT["tool"], "ruff": {"line-length": 1}}
    assert key(project=PROJECT | {"tool": tools}) == key()


def test_that_a_stamp_survives_the_disk_and_a_broken_one_counts_as_none(tmp_path):
    stamp = boot_layout.Stamp(key="k", root="r", dev=True, gpu=False)
    file = tmp_path / "bootstrap.json"
    stamp.write(file)
    assert boot_layout.Stamp.read(file) == stamp
    assert [path.name for path in tmp_path.iterdir()] == ["bootstrap.json"]
    for text in ["", "{", "[]", "{}", '{"key": "k", "other": 1}']:
        file.write_text(text, "utf-8")
        assert boot_layout.Stamp.read(file) is None
    assert boot_layout.Stamp.read(tmp_path / "absent") is None


def test_that_an_environment_with_tools_serves_those_who_need_none_but_not_the_reverse():
    with_tools = boot_layout.Stamp(key="k", root="r", dev=True, gpu=False)
    without = boot_layout.Stamp(key="k", root="r", dev=False, gpu=False)
    assert with_tools.serves("k", dev=False)
    assert with_tools.serves("k", dev=True)
    assert without.serves("k", dev=False)
    assert not without.serves("k", dev=True)
    assert not with_tools.serves("other", dev=False)


@pytest.fixture
def checkout(tmp_path):
    """A small check-out with an environment that looks whole."""
    layout = boot_layout.Layout.of(tmp_path)
    layout.constraints.parent.mkdir()
    layout.constraints.write_text(CONSTRAINTS, "utf-8")
    layout.python.parent.mkdir(parents=True)
    layout.python.symlink_to(sys.executable)
    version = ".".join(map(str, sys.version_info[:3]))
    (layout.venv / "pyvenv.cfg").write_text(f"version = {version}\n", "utf-8")
    return layout


def environment_in(layout, *, gpu=False):
    runner = boot_console.Runner(layout.log, layout.root)
    return boot_venv.Environment(layout, runner, project=PROJECT, gpu=gpu)


def stamp_of(layout, **changes):
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    facts = {
        "key": key(constraints=CONSTRAINTS, python=python),
        "root": str(layout.root),
        "dev": False,
        "gpu": False,
    }
    return boot_layout.Stamp(**(facts | changes))


def test_that_a_stamped_environment_is_used_as_it_is(checkout):
    stamp_of(checkout).write(checkout.stamp)
    environment = environment_in(checkout)
    assert environment.is_ready(dev=False)
    assert not environment.is_ready(dev=True)
    assert not environment_in(checkout, gpu=True).is_ready(dev=False)


def test_that_an_unstamped_moved_or_pythonless_environment_is_not_ready(checkout):
    environment = environment_in(checkout)
    assert not environment.is_ready(dev=False)
    stamp_of(checkout, root="/elsewhere").write(checkout.stamp)
    assert not environment.is_ready(dev=False)
    stamp_of(checkout).write(checkout.stamp)
    checkout.python.unlink()
    assert not environment.is_ready(dev=False)


@pytest.mark.parametrize("damage", ["moved", "no-python", "no-settings", "other-python"])
def test_that_an_environment_beyond_repair_is_removed(checkout, damage):
    if damage == "moved":
        stamp_of(checkout, root="/elsewhere").write(checkout.stamp)
    elif damage == "no-python":
        checkout.python.unlink()
    elif damage == "no-settings":
        (checkout.venv / "pyvenv.cfg").unlink()
    else:
        (checkout.venv / "pyvenv.cfg").write_text("version = 3.9.1\n", "utf-8")
    environment_in(checkout).drop_if_useless()
    assert not checkout.venv.exists()


def test_that_a_package_whose_installation_was_cut_off_is_forgotten(checkout):
    packages = checkout.venv / "lib" / "python3.11" / "site-packages"
    whole, half = packages / "whole-1.0.dist-info", packages / "half-1.0.dist-info"
    for folder in (whole, half):
        folder.mkdir(parents=True)
        (folder / "METADATA").touch()
    (whole / "RECORD").touch()
    environment_in(checkout)._forget_half_installed()
    assert whole.exists()
    assert not half.exists()


def test_that_only_one_set_up_works_at_a_time(tmp_path):
    lock = tmp_path / "lock"
    with lock.open("a+b") as other:
        with boot_venv.only_one(lock):
            assert not boot_venv._try_lock(other)
        assert boot_venv._try_lock(other)


def test_that_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path):
    with (
        pytest.raises(boot_console.SetupError, match="Copy the project to a folder you own"),
        boot_venv.only_one(tmp_path / "absent" / "lock"),
    ):
        pytest.fail("went on without a lock")


# --- children and their words ---------------------------------------------------------------------


def test_that_traffic_is_summed_from_what_the_tools_say(tmp_path):
    wheel = tmp_path / "torch-2.13.0+cpu.whl"
    wheel.write_bytes(b"x" * 3_000_000)
    traffic = boot_console.Traffic()
    for line in [
        "Collecting scipy==1.17.1\n",
        "  Downloading scipy-1.17.1-cp311-manylinux.whl (35.3 MB)\n",
        "  Downloading scipy-1.17.1-cp311-manylinux.whl.metadata (62 kB)\n",
        "  Using cached numpy-2.4.6-cp311.whl (16.9 MB)\n",
        f"Processing {wheel}\n",
        f"Processing {wheel}\n",
        "Downloading torch (181.6MiB)\n",
        "Need to get 1,234 kB of archives.\n",
        "Need to get 0 B/61.2 MB of archives.\n",
    ]:
        traffic.add_line(line)
    assert traffic.downloaded == 35_300_000 + 62_000 + round(181.6 * 1024**2) + 1_234_000
    assert str(traffic) == "227 MB downloaded, 3 MB found on this machine"


def test_that_a_child_is_logged_whole_and_only_progress_is_left_out(tmp_path, capsys):
    runner = boot_console.Runner(tmp_path / "new" / "log", tmp_path)
    code = (
        "print('Progress', 1, 'of 2'); print('Downloading big-1.0-py3.whl (7 MB)'); print('x: é')"
    )
    finished = runner.run([sys.executable, "-c", code], env=boot_console.child_environment())
    assert finished == boot_console.Finished(0, "Downloading big-1.0-py3.whl (7 MB)\nx: é\n")
    log = (tmp_path / "new" / "log").read_text("utf-8")
    assert "Downloading big" in log
    assert "exit status 0" in log
    assert "Progress 1 of 2" not in log
    assert capsys.readouterr().out == "    downloading big-1.0 (7 MB)\n"


def test_that_a_child_is_stopped_by_a_line_it_prints(tmp_path):
    runner = boot_console.Runner(tmp_path / "log", tmp_path)
    code = "import time; print('Downloading torch-2.whl (500 MB)', flush=True); time.sleep(60)"
    started = time.monotonic()
    finished = runner.run([sys.executable, "-c", code], stop_when=boot_torch.announces_cuda)
    assert finished.stopped
    assert time.monotonic() - started < 30
    assert runner.traffic.downloaded == 0


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "lack of permission"),
        (
            "Temporary failure in name resolution\nERROR: No matching distribution found for pip",
            "network",
        ),
        ("SSLError(CERTIFICATE_VERIFY_FAILED)\nERROR: ResolutionImpossible", "certificates"),
        ("ERROR: No matching distribution found for torch==2.13.0", "no release of torch==2.13.0"),
        ("fine\nERROR: something else\nhint: no", "ERROR: something else"),
        ("", "it said nothing"),
    ],
)
def test_that_a_failure_of_pip_is_said_in_plain_words(output, advice):
    assert advice in boot_explain.explain_pip(output)


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "folder you own"), (errno.EIO, "/x")],
)
def test_that_a_failed_system_call_is_said_in_plain_words(number, advice):
    sentence = boot_explain.explain_os_error(OSError(number, "reason", "/x"))
    assert advice in sentence
    assert "again" in sentence


# --- the checks -----------------------------------------------------------------------------------


def test_that_the_summary_has_a_line_for_each_check_and_pytests_own_line_last():
    outcomes = [
        boot_checks.Outcome("ruff", 0, 0.4, "All checks passed!"),
        boot_checks.Outcome("mypy", 1, 20.0, "Found 1 error"),
        boot_checks.Outcome("pytest", 0, 300.0, "===== 7 passed in 300.00s ====="),
    ]
    lines = boot_checks.summary(outcomes)
    assert lines[-1] == "===== 7 passed in 300.00s ====="
    assert [line.split()[0] for line in lines[2:-1]] == ["ok", "FAILED", "ok"]


def test_that_one_failed_check_fails_the_whole_and_stops_nothing(
    monkeypatch, tmp_path, capfdbinary
):
    checks = [
        boot_checks.Check("bad", (sys.executable, "-c", "print('one'); raise SystemExit(3)")),
        boot_checks.Check("good", (sys.executable, "-c", "print('1 passed')")),
    ]
    monkeypatch.setattr(boot_checks, "all_checks", lambda *_arguments: checks)
    assert boot_checks.run_checks(boot_layout.Layout.of(tmp_path)) == 1
    shown = capfdbinary.readouterr().out.decode()
    assert "bad: FAILED (exit status 3)" in shown
    assert shown.rstrip().endswith("1 passed")


def test_that_checks_run_without_a_screen_and_on_one_thread_each(monkeypatch, tmp_path):
    for name in ("OMP_NUM_THREADS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    env = boot_checks.check_environment(tmp_path)
    assert env["QT_QPA_PLATFORM"] == "offscreen"
    assert env["OMP_NUM_THREADS"] == "1"
    assert env["XDG_RUNTIME_DIR"] == str(tmp_path)
    assert "PYTHONPATH" not in env


def test_that_the_script_runs_and_says_what_is_here():
    shown = subprocess.run(
        [sys.executable, str(PACKAGING / "bootstrap.py"), "check"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert shown.returncode in {0, 1}
    assert shown.stdout.startswith("Python ")
    assert "System parts" in shown.stdout
    assert not shown.stderr
