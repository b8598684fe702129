"""Where the public finds an award that the wallet keeps."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.addresses import is_address
from verifier.providers import discreet, find, issued_through
from verifier.report import Assurance
from wallet_server.store import forms, wallet
from wallet_server.store.database import Database

_AT_ITS_PLACE = (Assurance.HOSTED, Assurance.ISSUER_PAGE)


def public(database: Database, credential_id: str) -> str | None:
    """The address at which its issuer or platform shows the award of this card to anybody, by what
    was last found here; `None` where none is known. Blocks.
    """
    try:
        every = forms.forms(database, credential_id)
    except LookupError:  # it was deleted in this very moment
        return None
    return next((at for one in every for at in _addresses(database, one)), None)


def _addresses(database: Database, form: forms.Form) -> Iterator[str]:
    kept = wallet.find(database, form.id)
    if kept is None or kept.report["assurance"] == Assurance.NONE:
        return
    said = kept.report["credential"]
    match = find(said["id"] or "")
    through = issued_through(said["issuer"]["id"])
    if (
        match is not None
        and match.kind == "award"
        and match.provider in (through, said["provider"])
    ):
        yield match.canonical
    elif is_address(said["id"]) and kept.report["assurance"] in _AT_ITS_PLACE:
        yield said["id"]
    # what was fetched from an address is given out there
    yield from (discreet(source) for source, _, _ in form.copies if is_address(source))
