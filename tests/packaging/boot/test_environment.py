"""The bootstrap's environment: whether it is whole, and the children that make it."""

import errno
import sys
import time
import tomllib
from pathlib import Path

import boot.console
import boot.environment
import boot.explain
import boot.layout
import boot.torch_build
import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGING = ROOT / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONSTRAINTS = (PACKAGING / "constraints.txt").read_text("utf-8")


# --- the environment -------------------------------------------------------------------------


def key(**changes):
    facts = {"constraints": "a==1", "project": PROJECT, "python": "3.11", "gpu": False}
    return boot.layout.environment_key(**(facts | changes))


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
    stamp = boot.layout.Stamp(key="k", root="r", dev=True, gpu=False)
    file = tmp_path / "bootstrap.json"
    stamp.write(file)
    assert boot.layout.Stamp.read(file) == stamp
    assert [path.name for path in tmp_path.iterdir()] == ["bootstrap.json"]
    for text in ["", "{", "[]", "{}", '{"key": "k", "other": 1}']:
        file.write_text(text, "utf-8")
        assert boot.layout.Stamp.read(file) is None
    assert boot.layout.Stamp.read(tmp_path / "absent") is None


def test_that_an_environment_with_tools_serves_those_who_need_none_but_not_the_reverse():
    with_tools = boot.layout.Stamp(key="k", root="r", dev=True, gpu=False)
    without = boot.layout.Stamp(key="k", root="r", dev=False, gpu=False)
    assert with_tools.serves("k", dev=False)
    assert with_tools.serves("k", dev=True)
    assert without.serves("k", dev=False)
    assert not without.serves("k", dev=True)
    assert not with_tools.serves("other", dev=False)


@pytest.fixture
def checkout(tmp_path):
    """A small check-out with an environment that looks whole."""
    layout = boot.layout.Layout.of(tmp_path)
    layout.constraints.parent.mkdir()
    layout.constraints.write_text(CONSTRAINTS, "utf-8")
    layout.python.parent.mkdir(parents=True)
    layout.python.symlink_to(sys.executable)
    version = ".".join(map(str, sys.version_info[:3]))
    (layout.venv / "pyvenv.cfg").write_text(f"version = {version}\n", "utf-8")
    return layout


def environment_in(layout, *, gpu=False):
    runner = boot.console.Runner(layout.log, layout.root)
    return boot.environment.Environment(layout, runner, project=PROJECT, gpu=gpu)


def stamp_of(layout, **changes):
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    facts = {
        "key": key(constraints=CONSTRAINTS, python=python),
        "root": str(layout.root),
        "dev": False,
        "gpu": False,
    }
    return boot.layout.Stamp(**(facts | changes))


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
        with boot.environment.only_one(lock):
            assert not boot.environment._try_lock(other)
        assert boot.environment._try_lock(other)


def test_that_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path):
    with (
        pytest.raises(boot.console.SetupError, match="Copy the project to a folder you own"),
        boot.environment.only_one(tmp_path / "absent" / "lock"),
    ):
        pytest.fail("went on without a lock")


# --- children and their words ----------------------------------------------------------------


def test_that_traffic_is_summed_from_what_the_tools_say(tmp_path):
    wheel = tmp_path / "torch-2.13.0+cpu.whl"
    wheel.write_bytes(b"x" * 3_000_000)
    traffic = boot.console.Traffic()
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
    runner = boot.console.Runner(tmp_path / "new" / "log", tmp_path)
    code = (
        "print('Progress', 1, 'of 2'); print('Downloading big-1.0-py3.whl (7 MB)'); print('x: é')"
    )
    finished = runner.run([sys.executable, "-c", code], env=boot.console.child_environment())
    assert finished == boot.console.Finished(0, "Downloading big-1.0-py3.whl (7 MB)\nx: é\n")
    log = (tmp_path / "new" / "log").read_text("utf-8")
    assert "Downloading big" in log
    assert "exit status 0" in log
    assert "Progress 1 of 2" not in log
    assert capsys.readouterr().out == "    downloading big-1.0 (7 MB)\n"


def test_that_a_child_is_stopped_by_a_line_it_prints(tmp_path):
    runner = boot.console.Runner(tmp_path / "log", tmp_path)
    code = "import time; print('Downloading torch-2.whl (500 MB)', flush=True); time.sleep(60)"
    started = time.monotonic()
    finished = runner.run([sys.executable, "-c", code], stop_when=boot.torch_build.announces_cuda)
    assert finished.stopped
    assert time.monotonic() - started < 30
    assert runner.traffic.downloaded == 0


def test_that_a_child_that_is_deaf_to_ctrl_c_is_ended(tmp_path, monkeypatch):
    """As children of a set-up are that a shell has sent to the background."""
    monkeypatch.setattr(boot.console, "_GRACE", 0.5)
    runner = boot.console.Runner(tmp_path / "log", tmp_path)
    code = (
        "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN);"
        "print('Downloading torch-2.whl (500 MB)', flush=True); time.sleep(60)"
    )
    started = time.monotonic()
    finished = runner.run([sys.executable, "-c", code], stop_when=boot.torch_build.announces_cuda)
    assert finished.stopped
    assert time.monotonic() - started < 30


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
    assert advice in boot.explain.explain_pip(output)


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "folder you own"), (errno.EIO, "/x")],
)
def test_that_a_failed_system_call_is_said_in_plain_words(number, advice):
    sentence = boot.explain.explain_os_error(OSError(number, "reason", "/x"))
    assert advice in sentence
    assert "again" in sentence
