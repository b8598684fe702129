"""ZIP and TAR archives: every file in them is read as if it had been brought by itself.

A member's name is never a path: nothing is written.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from verifier.containers import archive
from verifier.errors import Malformed, NoCredential
from verifier.papers import linkedin_export
from wallet_server.imports import learncard
from wallet_server.imports.found import ITEMS, Found, Within, merged, one

#: What an archive may hold once unpacked.
IN_ALL = 128 * 1024 * 1024
_USTAR = slice(257, 262)
#: What systems and packers put beside the files that somebody meant, and a wallet's own list of
#: what it packed.
DROSS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "manifest.yml")
_OTHERS = (
    "What else LinkedIn handed out ({count} files, such as your messages and contacts) is not "
    "about badges and was not kept."
)
_DAMAGED = "This TAR archive is damaged. Export it again from where it comes."
_TOO_LARGE = "This archive holds more than any wallet's backup. Bring it in parts."


def recognises(content: bytes) -> bool:
    """Whether it is a ZIP or a TAR archive."""
    return archive.recognises(content) or content[_USTAR] == b"ustar"


def read(content: bytes, name: str, within: Within) -> Found:
    """What every file in it holds. Raises `Malformed`; an Office document is one file."""
    if not archive.recognises(content):
        return _all("tar", tuple(_unpacked(content)), within)
    try:
        files = archive.files(content, ITEMS, IN_ALL)
    except NoCredential:
        return one(name, content)
    if learncard.recognises(files):
        return learncard.read(files, within)
    lists = [pair for pair in files if linkedin_export.recognises(pair[1])]
    if lists:
        note = _OTHERS.format(count=len(files) - len(lists))
        notes = (note,) if len(files) > len(lists) else ()
        held = [within(file, label) for label, file in lists]
        return merged("linkedin", [*held, Found("linkedin", notes=notes)])
    return _all("zip", files, within)


def _all(word: str, files: tuple[tuple[str, bytes], ...], within: Within) -> Found:
    found = [
        within(content, label.rpartition("/")[2])
        for label, content in files
        if content and not label.startswith(DROSS) and not label.endswith(DROSS)
    ]
    words = {one.format for one in found} - {"file", "touchstone"}
    return merged(words.pop() if len(words) == 1 else word, found)


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Plain files alone; what is a link, a device or a pipe is no badge."""
    left = IN_ALL
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as opened:
            for count, member in enumerate(opened, 1):
                left -= member.size
                if count > ITEMS or left < 0:
                    raise Malformed("tar.size", _TOO_LARGE)
                file = opened.extractfile(member) if member.isfile() else None
                if file is not None:
                    yield member.name, file.read()
    except (tarfile.TarError, ValueError, OSError) as error:
        raise Malformed("tar.damaged", _DAMAGED) from error
