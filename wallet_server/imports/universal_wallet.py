"""Learner Credential Wallet's backups: a Universal Wallet (W3C CCG, `UniversalWallet2020`) whose
`contents` are credentials, a DID document, its keys and the profile's name; a list of them, one
under a passphrase, and the profiles of its newer backups (TAR), whose credentials lie beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wallet_server.imports.credential_lists import item_of
from wallet_server.imports.found import Found, Locked, Unread, merged
from wallet_server.imports.json_parts import Part, label_of, text_of

WORD = "learner_credential_wallet"
_TYPE = "UniversalWallet2020"
_NO_SECRETS = (
    "The secret key in it is not kept: keep the file itself in a safe place if you still need that "
    "key."
)
_STRANGE = "A part of the wallet that is neither a badge nor the address of one."
_BESIDE = "A part of the wallet itself, which is no badge."


def read(whole: Part, name: str) -> Found | None:
    """Its credentials; the rest is kept unread, but for its secret keys."""
    wallets = [whole] if isinstance(whole.value, dict) else list(whole.elements())
    if not wallets or not all(_is_wallet(one.value) for one in wallets):
        return None
    found = merged(WORD, (_wallet(one, name) for one in wallets))
    return found if found.items or found.unread or found.locked else None


def _is_wallet(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    types = value.get("type")
    is_universal = types == _TYPE or (isinstance(types, list) and _TYPE in types)
    return is_universal or _is_locked(value) or {"credentialCids", "didDocument"} <= set(value)


def _is_locked(value: dict[str, Any]) -> bool:
    types = value.get("type")
    return isinstance(types, list) and "EncryptedWallet" in types


def _wallet(wallet: Part, name: str) -> Found:
    if _is_locked(wallet.value):
        return Found(WORD, locked=(Locked(name, wallet.source),))
    contents = wallet.get("contents")
    members = (part for _, part in wallet.members())
    profile = [part for part in members if isinstance(part.value, dict)]
    parts = list(contents.elements()) if contents else profile
    return merged(WORD, (found for part in parts for found in _part(part)))


def _part(part: Part) -> Iterator[Found]:
    value, item = part.value, item_of(part)
    if item is not None:
        yield Found(WORD, (item,))
    elif not isinstance(value, dict):
        yield Found(WORD, unread=(Unread("a part of the wallet", part.source, _STRANGE),))
    elif any(key.startswith(("private", "secret")) for key in value):
        yield Found(WORD, notes=(_NO_SECRETS,))
    else:
        yield Found(WORD, unread=(_beside(part),))


def _beside(part: Part) -> Unread:
    value = part.value
    data = value.get("data")
    profile = text_of(data, "profileName")
    if "verificationMethod" in value or "assertionMethod" in value:
        return Unread("The wallet's DID document", part.source, _BESIDE)
    if "publicKeyMultibase" in value:
        return Unread("A public key of the wallet", part.source, _BESIDE)
    if profile:
        return Unread(f"The wallet's profile “{profile}”", part.source, _BESIDE)
    return Unread(label_of(value), part.source, _BESIDE)
