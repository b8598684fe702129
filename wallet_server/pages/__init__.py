"""The server's own web pages: calm, whole without scripts, and readable by nobody but who opened
them.
"""

from wallet_server.pages import leaving
from wallet_server.pages.check import check_files, show_check
from wallet_server.pages.drawing import STATIC
from wallet_server.pages.lineage import ROUTES as LINEAGE_ROUTES
from wallet_server.pages.owner import ROUTES as OWNER_ROUTES
from wallet_server.pages.programs import change_programs, show_programs
from wallet_server.pages.public import demo_badge, home, show_demo
from wallet_server.pages.trust import change_trust, show_trust
from wallet_server.pages.wallet import open_wallet

__all__ = [
    "LINEAGE_ROUTES",
    "OWNER_ROUTES",
    "STATIC",
    "change_programs",
    "change_trust",
    "check_files",
    "demo_badge",
    "home",
    "leaving",
    "open_wallet",
    "show_check",
    "show_demo",
    "show_programs",
    "show_trust",
]
