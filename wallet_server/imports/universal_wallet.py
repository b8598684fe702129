"""Learner Credential Wallet's backups: a Universal Wallet (W3C CCG, `UniversalWallet2020`) whose
`contents` are credentials, a DID document, its keys and the profile's name; a list of them, one
under a passphrase, and the profiles of its newer backups (TAR), whose credentials lie beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.containers.text import is_award
from wallet_server.imports.found import Found, Item, Locked, Unread, merged
from wallet_server.imports.json_parts import Part, label_of, text_of

WORD = "learner_credential_wallet"
_TYPE = "UniversalWallet2020"
_NO_SECRETS = (
    "The secret key in it is not kept: keep the file itself in a safe place if you still need that "
    "key."
)
_KEY = "A public key of the wallet, which is no badge."
_BESIDE = "A part of the wallet itself ({word}), which is no badge."


def read(whole: Part, name: str) -> Found | None:
    """Its credentials; the rest is kept unread, but for its secret keys."""
    wallets = [whole] if isinstance(whole.value, dict) else list(whole.elements())
    if not wallets or not all(_is_wallet(one.value) for one in wallets):
        return None
    return merged(WORD, (_wallet(one, name) for one in wallets))


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
    parts = list(contents.elements()) if contents else [part for _, part in wallet.members()]
    return merged(WORD, (found for part in parts for found in _part(part)))


def _part(part: Part) -> Iterator[Found]:
    value = part.value
    if not isinstance(value, dict):
        return
    if is_award(value):
        yield Found(WORD, (Item(label_of(value), part.source),))
    elif any(key.startswith(("private", "secret")) for key in value):
        yield Found(WORD, notes=(_NO_SECRETS,))
    else:
        yield Found(WORD, unread=(_beside(part),))


def _beside(part: Part) -> Unread:
    value = part.value
    if "verificationMethod" in value or "assertionMethod" in value:
        return Unread(text_of(value, "id"), part.source, _BESIDE.format(word="its DID document"))
    if "publicKeyMultibase" in value:
        return Unread(text_of(value, "id"), part.source, _KEY)
    word = text_of(value, "type")[:40] or "without a name"
    return Unread(label_of(value), part.source, _BESIDE.format(word=word))
