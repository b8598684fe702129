"""The server's own web pages: calm, whole without scripts, and readable by nobody but who opened
them.
"""

from wallet_server.pages import (
    asking,
    badge,
    bringing,
    changes,
    doctor,
    feeds,
    files,
    gallery,
    handing,
    leaving,
    lineage,
    owner,
    pathways,
    presenting,
    receipts,
    shared,
    shares,
    stacks,
    sweeps,
)
from wallet_server.pages.check import check_files, show_check
from wallet_server.pages.drawing import STATIC
from wallet_server.pages.programs import change_programs, show_programs
from wallet_server.pages.public import demo_badge, home, show_demo
from wallet_server.pages.trust import change_trust, show_trust
from wallet_server.pages.wallet import open_wallet

__all__ = [
    "STATIC",
    "asking",
    "badge",
    "bringing",
    "change_programs",
    "change_trust",
    "changes",
    "check_files",
    "demo_badge",
    "doctor",
    "feeds",
    "files",
    "gallery",
    "handing",
    "home",
    "leaving",
    "lineage",
    "open_wallet",
    "owner",
    "pathways",
    "presenting",
    "receipts",
    "shared",
    "shares",
    "show_check",
    "show_demo",
    "show_programs",
    "show_trust",
    "stacks",
    "sweeps",
]
