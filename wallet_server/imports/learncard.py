"""LearnCard's holder continuity bundle, version 1: a ZIP archive whose `manifest.json` lists every
file with its SHA-256; all but the DID document under the owner's passphrase, see `locks`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from verifier.errors import Malformed
from wallet_server.imports.found import Found, Locked, Unread, Within, merged
from wallet_server.imports.json_parts import parse, text_of

Files = tuple[tuple[str, bytes], ...]

_MANIFEST = "manifest.json"
#: What holds the wallet's secret key, or a part of it.
_SECRETS = frozenset(("key-private-seed", "key-recovery-phrase", "key-jwks"))
_PAYLOADS = frozenset(("credential", "presentation", "unknown-json"))
_NO_SECRETS = (
    "The secret key in it is not kept: keep the file itself in a safe place if you still need that "
    "key."
)
_CHANGED = "Its hash is not the one that the export's own list names: it was damaged or changed."
_BESIDE = "LearnCard's own record ({word}), which is no badge."


def recognises(files: Files) -> bool:
    """Whether these are the files of such a bundle."""
    manifest = _manifest(files)
    return {"walletName", "payloadSha256", "contents"} <= set(manifest)


def read(files: Files, within: Within) -> Found:
    """Its credentials and presentations; the rest is kept unread, but for its secret keys."""
    held = dict(files)
    contents = _manifest(files)["contents"]
    listed = [one for one in contents if isinstance(one, dict)] if contents else []
    return merged("learncard", (_entry(one, held, within) for one in listed))


def _entry(entry: Mapping[str, object], held: Mapping[str, bytes], within: Within) -> Found:
    word, path = text_of(entry, "type"), text_of(entry, "path")
    content = held.get(path)
    if word in _SECRETS:
        return Found("learncard", notes=(_NO_SECRETS,))
    if content is None:
        note = f"“{path[:200]}” is on the export's own list, but not in the file."
        return Found("learncard", notes=(note,))
    label = text_of(entry, "credentialId") or path
    if hashlib.sha256(content).hexdigest() != entry.get("sha256"):
        return Found("learncard", unread=(Unread(label, content, _CHANGED),))
    why = None if word in _PAYLOADS else _BESIDE.format(word=word[:40] or "without a name")
    if entry.get("encrypted") is True:
        return Found("learncard", locked=(Locked(label, content, why),))
    return within(content, label) if why is None else _unread(label, content, why)


def _unread(label: str, content: bytes, why: str) -> Found:
    return Found("learncard", unread=(Unread(label, content, why),))


def _manifest(files: Files) -> Mapping[str, list[object]]:
    content = next((file for label, file in files if label == _MANIFEST), b"")
    try:
        value = parse(content).value
    except Malformed:
        return {}
    return value if isinstance(value, dict) and isinstance(value.get("contents"), list) else {}
