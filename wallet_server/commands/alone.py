"""One source that needs nothing but itself, and what is met of its issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.errors import NoCredential
from wallet_server.at_once import at_once
from wallet_server.commands.asked import circumstances, label, met_before
from wallet_server.settings import from_environment
from wallet_server.sources import STANDARD_INPUT, read_source
from wallet_server.trust.folder import read_order
from wallet_server.verification import Verified, now

if TYPE_CHECKING:
    from wallet_server.commands.verify import Options


def verified(source: str, options: Options) -> Verified | None:
    """The answer about one source; `None` where it takes the web, a worker, or what can be read
    but once. Raises `Malformed` for an issuer list that can't be read.
    """
    lists = from_environment().lists
    if source == STANDARD_INPUT or options.documents or options.save_documents:
        return None
    if any(kept.url for kept in read_order(lists)):
        return None
    try:
        content = read_source(source)
    except NoCredential:
        return None
    if isinstance(content, str):
        return None
    found = circumstances(options, options.at or now(), lists)
    before, found = met_before(options, found)
    result = at_once(content, label(source), found)
    if result is None:
        return None
    if content[:1] != b"{" and _is_bare_picture(result, content):
        return None
    if before is not None and result.report is not None:
        from wallet_server.commands import met

        met.remember(before, [result.report], now())
    return result


def _is_bare_picture(result: Verified, content: bytes) -> bool:
    from verifier.containers import pixels  # here: most badges are no pictures

    if not pixels.recognises(content):
        return False
    from wallet_server.pictures import is_bare

    return is_bare(result, content)
