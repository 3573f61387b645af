"""What the installers of Windows and macOS are made from. Neither system is here: the scripts are
read, and packaging/windows/try_under_wine.sh uses the Windows installer under Wine."""

import json
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import make_icons
import native_installers
import pytest
import yaml
from boot.console import SetupError

import effnet_studio

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
WINDOWS, MACOS = PACKAGING / "windows", PACKAGING / "macos"
SCRIPT = WINDOWS / "effnet-studio.iss"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SHELL_SCRIPTS = sorted(
    file
    for folder in ("macos", "windows", "slurm")
    for file in (PACKAGING / folder).glob("*.s*")
    if file.suffix in {".sh", ".sbatch"}
)


def sections(file: Path) -> dict[str, list[str]]:
    """The lines of each section of a script or language file, without comments."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in file.read_text("utf-8-sig").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line.strip()):
            name = match[1]
            found.setdefault(name, [])
        elif line.strip() and not line.lstrip().startswith((";", "#")):
            found.setdefault(name, []).append(line)
    return found


def settings() -> dict[str, str]:
    """The [Setup] section."""
    return dict(line.split("=", 1) for line in sections(SCRIPT)["Setup"])


# --- Windows ---------------------------------------------------------------------------------


def test_that_a_later_installer_finds_the_earlier_one() -> None:
    # Windows knows the app by this; another one would stand beside the old one for ever.
    assert settings()["AppId"] == "{{6E3B1B0E-6C54-4C4A-9B8E-0E5B5D5C2F41}"


def test_that_nobody_needs_an_administrator() -> None:
    assert settings()["PrivilegesRequired"] == "lowest"
    lines = "\n".join(sections(SCRIPT)["Registry"])
    assert not re.search(r"Root: HK(LM|CR|U)\b", lines)


def test_that_uninstalling_deletes_nothing_that_was_not_installed() -> None:
    assert "UninstallDelete" not in sections(SCRIPT)
    [deleted] = sections(SCRIPT)["InstallDelete"]
    assert r'Name: "{app}\_internal"' in deleted


def test_that_the_running_app_is_asked_to_close() -> None:
    assert settings()["CloseApplications"] == "yes"


def test_that_every_text_of_ours_is_there_in_both_languages() -> None:
    keys = [line.split("=")[0].split(".", 1) for line in sections(SCRIPT)["CustomMessages"]]
    english = {key for language, key in keys if language == "en"}
    assert english == {key for language, key in keys if language == "zh_CN"}
    used = set(re.findall(r"\{cm:(\w+)", SCRIPT.read_text("utf-8-sig")))
    chinese = {line.split("=")[0] for line in sections(WINDOWS / "zh_CN.isl")["CustomMessages"]}
    assert used <= english | chinese


def test_that_chinese_texts_keep_their_places_for_values() -> None:
    # Both files need the mark by which Inno Setup knows UTF-8.
    for file in (SCRIPT, WINDOWS / "zh_CN.isl"):
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    messages = dict(line.split("=", 1) for line in sections(WINDOWS / "zh_CN.isl")["Messages"])
    assert "%1" in messages["ConfirmUninstall"]
    assert "[gb]" in messages["DiskSpaceGBLabel"]
    assert all(text.strip() for text in messages.values())
    assert all(re.search(r"[\u4e00-\u9fff]", messages[key]) for key in messages)


def test_that_inno_setup_is_told_what_to_make(tmp_path: Path) -> None:
    compiler = tmp_path / "Inno Setup 6" / "ISCC.exe"
    compiler.parent.mkdir()
    compiler.touch()
    env = {"PATH": "", "ProgramFiles(x86)": str(tmp_path)}
    command = native_installers.windows_command(tmp_path / "b", tmp_path / "o", "1.2.3", env)
    assert command[0] == str(compiler)
    assert "/DVersion=1.2.3" in command
    assert f"/DBundle={tmp_path / 'b'}" in command
    assert not any(each.startswith("/S") for each in command)
    signed = native_installers.windows_command(
        tmp_path, tmp_path, "1.2.3", {**env, native_installers.SIGN_VARIABLE: "sign $f"}
    )
    assert {"/DSigned", "/Ssigntool=sign $f"} <= set(signed)
    defined = set(re.findall(r"#if(?:n?)def (\w+)", SCRIPT.read_text("utf-8-sig")))
    given = {each[2:].split("=")[0] for each in signed if each.startswith("/D")}
    assert given <= defined


def test_that_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="Inno Setup 6 is not installed"):
        native_installers.find_inno({"PATH": ""})
    with pytest.raises(SetupError, match="There is no app in"):
        native_installers.make(tmp_path, tmp_path, system="Darwin")
    with pytest.raises(SetupError, match=r"build\.py"):
        native_installers.make(tmp_path, tmp_path, system="Linux")


def test_that_the_version_is_read_without_importing_the_app() -> None:
    assert native_installers.app_version(ROOT) == effnet_studio.__version__


# --- macOS -----------------------------------------------------------------------------------


def test_that_the_hardened_runtime_allows_no_more_than_torch_needs() -> None:
    rights = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert {key.removeprefix("com.apple.security.cs.") for key in rights} == {
        "allow-jit",
        "allow-unsigned-executable-memory",
        "disable-library-validation",
    }
    assert all(value is True for value in rights.values())


def test_that_macos_is_told_of_projects() -> None:
    info = json.loads((MACOS / "info.json").read_text("utf-8"))
    assert plistlib.loads(plistlib.dumps(info)) == info
    [exported] = info["UTExportedTypeDeclarations"]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["effnet"]
    project, folder = info["CFBundleDocumentTypes"]
    assert project["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]
    assert folder["LSItemContentTypes"] == ["public.folder"]
    assert folder["LSHandlerRank"] == "Alternate"


@pytest.mark.skipif(sys.platform == "darwin", reason="there it can be made")
def test_that_the_image_is_not_tried_on_another_system(tmp_path: Path) -> None:
    command = ["bash", str(MACOS / "make_dmg.sh"), str(tmp_path), str(tmp_path / "x.dmg")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "only be made on macOS" in done.stderr


# --- both, and the public CI ------------------------------------------------------------------


def test_that_the_icons_are_of_the_drawing() -> None:
    assert make_icons.main(["--check"]) == 0


@pytest.mark.parametrize("script", SHELL_SCRIPTS, ids=lambda script: script.name)
def test_that_shell_scripts_can_be_read(script: Path) -> None:
    subprocess.run(["bash", "-n", str(script)], check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", str(script)], check=True)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_that_a_workflow_has_few_rights_and_a_limit_of_time(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 120
        assert "permissions" not in job
        used = [step["uses"] for step in job["steps"] if "uses" in step]
        assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", each) for each in used)


def test_that_the_scripts_that_workflows_run_are_there() -> None:
    text = "\n".join(file.read_text("utf-8") for file in WORKFLOWS)
    named = set(re.findall(r"packaging/[\w./-]+\.(?:py|sh|ps1)", text))
    assert {"packaging/check_wheel.py", "packaging/native_installers.py"} <= named
    # What others bring is not asked for before it is there.
    later = {"packaging/build.py", "packaging/smoke_test.py"}
    assert [name for name in named - later if not (ROOT / name).is_file()] == []
