"""What a verification by the command depends on, besides what it fetches."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from verifier.ports import Circumstances
from wallet_server.settings import from_environment
from wallet_server.trust.reading import kept_lists, read_lists

if TYPE_CHECKING:
    from wallet_server.commands.verify import Options
    from wallet_server.store.sightings import Sightings

#: Characters of a source that its report is headed with.
LABEL = 4000


def label(source: str) -> str:
    """What the report on `source` is headed with: a `data:` URL is a whole file."""
    return source if len(source) <= LABEL else f"{source[:LABEL]}…"


def circumstances(options: Options, moment: datetime, lists: Path) -> Circumstances:
    """What the verdicts depend on. Raises `Malformed` for a list that can't be read."""
    return Circumstances(
        now=moment,
        person=options.person,
        challenge=options.challenge,
        domain=options.domain,
        trust=read_lists(
            options.trust,
            with_default=not options.no_default_trust,
            kept=kept_lists(lists, moment),
        ),
    )


def met_before(
    options: Options, circumstances: Circumstances
) -> tuple[Sightings | None, Circumstances]:
    """What the wallet has met of issuers, if there is one, and the circumstances with it."""
    wallet = from_environment().database
    if options.documents is not None or (isinstance(wallet, Path) and not wallet.exists()):
        return None, circumstances
    from wallet_server.commands import met  # only where there is something to remember

    before = met.before(wallet)
    return before, replace(circumstances, sightings=before.met if before else {})
