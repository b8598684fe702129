"""The server's own web pages: calm, without scripts, and readable by nobody but who opened them."""

from wallet_server.pages.drawing import STATIC
from wallet_server.pages.programs import change_programs, show_programs
from wallet_server.pages.public import demo_badge, home, show_demo
from wallet_server.pages.wallet import open_wallet, wallet_badge, wallet_list, wallet_picture

__all__ = [
    "STATIC",
    "change_programs",
    "demo_badge",
    "home",
    "open_wallet",
    "show_demo",
    "show_programs",
    "wallet_badge",
    "wallet_list",
    "wallet_picture",
]
