"""`python extension/package.py [FOLDER]`: write the packages for Chromium and for Firefox.

One source tree, two manifests: `manifest.json` says everything, and each package leaves out what
the other browser alone knows. Every file that is named must exist. The archives hold the same bytes
each time: names in order, one date, nothing compressed. FOLDER is `dist` unless given.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

SOURCE = Path(__file__).parent
#: What a browser loads; anything else in the tree is for people and their tools.
SHIPPED = {".js", ".html", ".css", ".json", ".png", ".svg"}
#: What each package leaves out of the manifest: `member` or `member.inner`.
LEFT_OUT = {
    "chromium": ("browser_specific_settings", "sidebar_action", "background.scripts"),
    "firefox": ("minimum_chrome_version", "side_panel", "background.service_worker"),
}
#: Permissions that one browser alone knows.
ONLY_CHROMIUM = {"sidePanel"}
_NAMED = {
    ".html": re.compile(r'(?:src|href)="([^"#:]+)"'),
    ".js": re.compile(r'(?:\bfrom|\bimport) "(\.[^"]+)"|"(/[\w/-]+\.(?:js|html|css|png|svg))"'),
    ".css": re.compile(r'(?:@import |url\()"([^":]+)"'),
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest date that an archive can hold


class Incomplete(Exception):
    """A file is named that does not exist; the text says where."""


def files() -> list[str]:
    """Every file of the tree that a package holds, but the manifest, in order."""
    return sorted(
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.suffix in SHIPPED and path.is_file() and path.name != "manifest.json"
    )


def manifest_for(browser: str) -> dict[str, Any]:
    """The manifest of one browser's package."""
    manifest: dict[str, Any] = json.loads((SOURCE / "manifest.json").read_text("utf-8"))
    for member in LEFT_OUT[browser]:
        outer, _, inner = member.partition(".")
        (manifest.get(outer, {}) if inner else manifest).pop(inner or outer, None)
    if browser == "firefox":
        manifest["permissions"] = [
            name for name in manifest["permissions"] if name not in ONLY_CHROMIUM
        ]
    return manifest


def check(manifest: Mapping[str, Any], names: list[str]) -> None:
    """Raise `Incomplete` where the manifest or a file names one that is not there."""
    there = set(names)
    for where, name in [*_named_by_manifest(manifest), *_named_by_files(names)]:
        if name not in there:
            raise Incomplete(f"{where} names “{name}”, and there is no such file.")


def write(folder: Path) -> list[Path]:
    """Both packages into `folder`, as folders to load and as archives; the archives' paths.

    Raises `Incomplete`, before anything is written.
    """
    names = files()
    manifests = {browser: manifest_for(browser) for browser in LEFT_OUT}
    for manifest in manifests.values():
        check(manifest, names)
    return [_write_one(folder, browser, manifests[browser], names) for browser in LEFT_OUT]


def _write_one(folder: Path, browser: str, manifest: Mapping[str, Any], names: list[str]) -> Path:
    contents = {name: (SOURCE / name).read_bytes() for name in names}
    contents["manifest.json"] = (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
    unpacked = folder / browser
    if unpacked.exists():
        shutil.rmtree(unpacked)
    archive = folder / f"touchstone-{browser}-{manifest['version']}.zip"
    unpacked.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as written:
        for name in sorted(contents):
            (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
            (unpacked / name).write_bytes(contents[name])
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # one system's mark, whoever writes it
            written.writestr(entry, contents[name])
    return archive


def _named_by_manifest(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for member in value.values():
            yield from _named_by_manifest(member)
    elif isinstance(value, list):
        for member in value:
            yield from _named_by_manifest(member)
    elif isinstance(value, str) and PurePosixPath(value).suffix in SHIPPED and " " not in value:
        yield "manifest.json", value.removeprefix("/")


def _named_by_files(names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        pattern = _NAMED.get(PurePosixPath(name).suffix)
        if pattern is None:
            continue
        for match in pattern.finditer((SOURCE / name).read_text("utf-8")):
            target = next(group for group in match.groups() if group is not None)
            yield name, _resolved(name, target)


def _resolved(name: str, target: str) -> str:
    """What `target` means in the file `name`, as a path in the package."""
    if target.startswith("/"):
        return target.removeprefix("/")
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / target.split("?")[0]).parts:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
    return "/".join(parts)


if __name__ == "__main__":
    try:
        for archive in write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("dist")):
            sys.stdout.write(f"{archive}\n")
    except Incomplete as error:
        sys.exit(str(error))
