"""A GitHub profile and a project's README: pictures come through the site's own copier."""

from __future__ import annotations

from tests.pages.page import Chance, MadePage, Planted, attribute

NAME = "Mira Solano"


def profile(seed: int) -> MadePage:
    """A profile's own README with three linked badges and a baked one."""
    chance = Chance(seed)
    awards = [chance.award() for _ in range(3)]
    baked = "https://portfolio.made-up.example/baked.png"
    parts = [_badge(chance, award) for award in awards] + [_copied(chance, baked, "Baked")]
    card = (
        '<div class="h-card" itemscope itemtype="http://schema.org/Person"><img width="260"'
        f' height="260" src="https://avatars.githubusercontent.com/u/{seed}?v=4"><h1><span'
        f' class="p-name" itemprop="name">{NAME}</span><span class="p-nickname"'
        ' itemprop="additionalName">mira</span></h1><a href="https://credly.com/users/mira">Credly'
        '</a><img src="https://github.githubassets.com/assets/pull-shark-default-498c279a747d.png"'
        ' width="64" height="64" alt="Achievement: Pull Shark"></div>'
    )
    html = _page(chance, card, "".join(chance.shuffled(parts)))
    planted = tuple(Planted(award, (NAME,)) for award in [*awards, baked])
    return MadePage("https://github.com/mira-solano", html, planted)


def project(seed: int) -> MadePage:
    """A project's README: nobody in particular is meant."""
    chance = Chance(seed)
    award = chance.award()
    html = _page(chance, "", _badge(chance, award))
    return MadePage("https://github.com/mira-solano/badges", html, (Planted(award),))


def _badge(chance: Chance, award: str) -> str:
    picture = f"https://images.credly.com/images/{chance.uuid()}/image.png"
    return f'<a href="{attribute(award)}" rel="nofollow">{_copied(chance, picture, "Badge")}</a>'


def _copied(chance: Chance, picture: str, name: str) -> str:
    copy = f"https://camo.githubusercontent.com/{chance.hexadecimal(40)}/{chance.hexadecimal(60)}"
    return (
        f'<img src="{copy}" data-canonical-src="{picture}" alt="{name}" style="max-width: 100%;">'
    )


def _page(chance: Chance, card: str, text: str) -> str:
    return (
        f'<!doctype html><title>mira-solano</title><div class="{chance.named("layout")}">{card}'
        f'<article class="markdown-body entry-content" itemprop="text">{text}<p><img alt="build"'
        ' src="https://github.com/mira-solano/badges/workflows/test.jpg"></p></article></div>'
    )
