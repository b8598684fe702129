"""Anybody's page, with a badge in every way in which a page can hold one."""

from __future__ import annotations

import json

from tests.pages.page import Chance, MadePage, Planted, attribute, google_link

HOST = "portfolio.made-up.example"
NAME = "Mira Solano"


def portfolio(seed: int) -> MadePage:
    """A portfolio: what is there from the start."""
    chance = Chance(seed)
    parts: list[str] = []
    planted: list[str] = []

    def add(address: str, html: str) -> None:
        planted.append(address)
        parts.append(f'<div class="{chance.named("card")}">{html}</div>')

    def credly() -> str:
        return f"https://www.credly.com/badges/{chance.uuid()}"

    def obp() -> str:
        return f"https://openbadgepassport.com/app/badge/info/{int(chance.hexadecimal(4), 16)}"

    at = f"https://{HOST}"
    add(f"{at}/plain.png", '<img src="/plain.png" alt="Plain">')
    add(f"{at}/set.png", '<img srcset="/small.webp 100w, /set.png 400w" alt="Of a set">')
    add(
        f"{at}/picture.png",
        '<picture><source type="image/webp" srcset="/p.webp"><source srcset="/picture.png 2x">'
        '<img src="/p.jpg" alt="Of a picture"></picture>',
    )
    add(
        f"{at}/later.png",
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/later.png">',
    )
    add(
        f"{at}/whole.png",
        '<img src="/_next/image?url=%2Fwhole.png&amp;w=256&amp;q=75" alt="Resized">',
    )
    award = credly()
    add(
        award,
        f'<a href="{award}/public_url"><img src="https://images.credly.com/images/'
        f'{chance.uuid()}/image.png" alt="Linked"></a><a href="{award}">the same again</a>',
    )
    award = credly()
    add(award, f'<a href="{attribute(google_link(award))}">wrapped</a>')
    award = credly()
    add(
        award,
        f'<div data-iframe-width="150" data-share-badge-id="{award.rpartition("/")[2]}"></div>',
    )
    award = f"https://www.credential.net/{chance.uuid()}"
    add(
        award,
        f'<iframe src="{award.replace(".net/", ".net/embed/")}" title="Certificate"></iframe>',
    )
    award = f"https://api.badgr.io/public/assertions/{chance.hexadecimal(22)}"
    checked = award.replace(":", "%3A").replace("/", "%2F")
    add(
        award,
        f'<blockquote class="badgr-badge"><a href="{award}"><img width="120" height="120"'
        f' src="{award}/image"></a><p class="badgr-badge-name">Testing</p>'
        f'<a class="badgr-badge-verify" href="https://badgecheck.io?url={checked}">VERIFY</a></blockquote>',
    )
    award = obp()
    add(
        award,
        f'<iframe src="{award}/embed"></iframe>' if seed < 0 else f'<a href="{award}">OBP</a>',
    )
    award = credly()
    add(award, f'<map name="m"><area href="{award}" coords="0,0,9,9"></map>')
    award = credly()
    add(
        award,
        f'<section class="{chance.named("shadow")}"><template shadowrootmode="open"><div>'
        '<template shadowrootmode="open"></template></div>'
        f'<a href="{award}">in a shadow</a></template></section>',
    )
    award = credly()
    frame = f'<a href="{award}">in a frame</a>'
    add(award, f'<iframe srcdoc="{attribute(frame)}"></iframe>')
    award = credly()
    inner = f"<iframe srcdoc='{attribute(frame.replace(frame.split(chr(34))[1], award))}'></iframe>"
    add(award, f'<iframe srcdoc="{attribute(inner)}"></iframe>')
    udemy = f"https://udemy-certificate.s3.amazonaws.com/image/UC-{chance.uuid()}.jpg"
    add(udemy, f'<div style="width: 90px; background: center url({udemy})"></div>')
    sheet = f"https://udemy-certificate.s3.amazonaws.com/image/UC-{chance.uuid()}.jpg"
    add(sheet, f'<div class="{chance.named("drawn")}">in a sheet</div>')
    award = credly()
    node = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "url": award,
    }
    planted.append(award)
    person = {"@context": "https://schema.org", "@type": "Person", "name": NAME}
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(data)}</script>' for data in (node, person)
    )
    style = f'<style>.{chance.named("drawn")} {{ background-image: url("{sheet}") }}</style>'
    html = (
        f"<!doctype html><title>{NAME}</title>{style}{scripts}<h1>{NAME}</h1>"
        f"{''.join(chance.shuffled(parts))}"
    )
    return MadePage(f"{at}/?seed={seed}", html, tuple(Planted(award, (NAME,)) for award in planted))


#: Run in the page: adds one badge late, swaps the address of another, draws a third anew.
LATE = """(awards) => {
    const add = (to, address) => {
        const link = document.createElement("a");
        link.href = address;
        link.textContent = "late";
        to.append(link);
        return link;
    };
    const box = document.createElement("div");
    document.body.append(box);
    add(box, awards[0]);
    const host = document.body.appendChild(document.createElement("div"));
    add(host.attachShadow({ mode: "open" }), awards[1]);
    const changing = add(box, "https://example.org/nothing");
    setTimeout(() => { changing.href = awards[2]; }, 600);
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.srcdoc = `<a href="${awards[3]}">late frame</a>`;
}"""
