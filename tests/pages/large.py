"""A page of 40,000 elements with 500 badge pictures and 5,000 links.

Half of the links lead to other sites.
"""

from __future__ import annotations

from tests.pages.page import MadePage

ADDRESS = "https://large.made-up.example/"


def page() -> MadePage:
    """It."""
    rows = []
    for number in range(5000):
        picture = (
            f'<img src="/badges/{number}.png" alt="Badge {number}" width="64" height="64">'
            if number % 10 == 0
            else "<b></b>"
        )
        site = "" if number % 2 else f"https://site{number % 300}.example"
        rows.append(
            f'<div class="row"><span>text {number}</span><p>more <i>of</i> <a href="'
            f"{site}/path/{number}?page={number}"
            f'&amp;ref=list">a link</a></p><em><u></u><s></s></em>'
            f"{picture}</div>"
        )
    return MadePage(ADDRESS, f"<!doctype html><title>Large</title>{''.join(rows)}")
