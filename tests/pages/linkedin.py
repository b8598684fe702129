"""LinkedIn profiles in the layouts that are met since 2022, in several languages."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tests.pages.page import Chance, MadePage, Planted, attribute, linkedin_link

LAYOUTS = ("signed_in_2022", "server_driven_2026", "guest_2023")


class Words(Struct, frozen=True):
    """A language's, as the site shows them; months by number."""

    language: str
    section: str
    show: str
    issued: str
    expires: str
    id: str
    months: dict[int, str]


LANGUAGES = (
    Words("en", "Licenses &amp; certifications", "Show credential", "Issued {}", "Expires {}",
          "Credential ID {}", {5: "May 2024", 9: "Sep 2027", 12: "Dec 2025"}),
    Words("de", "Bescheinigungen und Zertifikate", "Nachweis anzeigen", "Ausgestellt: {}",
          "Gültig bis {}", "Nachweis-ID {}", {5: "Mai 2024", 9: "Sept. 2027", 12: "Dez. 2025"}),
    Words("es", "Licencias y certificaciones", "Mostrar credencial", "Expedición: {}",
          "Vencimiento: {}", "ID de la credencial {}",
          {5: "may. 2024", 9: "sept. 2027", 12: "dic. 2025"}),
    Words("fr", "Licences et certifications", "Afficher l’identifiant", "Émise le {}",  # noqa: RUF001 as written
          "Expire le {}", "ID de l’identifiant {}",  # noqa: RUF001
          {5: "mai 2024", 9: "sept. 2027", 12: "déc. 2025"}),
    Words("ar", "التراخيص والشهادات", "عرض الشهادة", "تم الإصدار {}", "تنتهي صلاحيتها {}",
          "معرّف الشهادة {}", {5: "مايو ٢٠٢٤", 9: "سبتمبر ٢٠٢٧", 12: "ديسمبر ٢٠٢٥"}),
)  # fmt: skip


class Entry(Struct, frozen=True):
    """One line of the section."""

    title: str
    issuer: str
    award: str | None
    issued: int | None = None
    expires: int | None = None
    id: str | None = None

    def claim(self) -> dict[str, str]:
        """What the page says of it, as the extension hands it on."""
        years = {5: "2024-05", 9: "2027-09", 12: "2025-12"}
        said = {"title": self.title, "issuer": self.issuer, "id": self.id or ""}
        said["issued"] = years[self.issued] if self.issued else ""
        said["expires"] = years[self.expires] if self.expires else ""
        return {name: word for name, word in said.items() if word}


def profile(
    seed: int,
    layout: str,
    words: Words,
    *,
    name: str = "Mira Solano",
    entries: Sequence[Entry] | None = None,
) -> MadePage:
    """A profile with four awards in its section, one entry without a link and one whose link leads
    to no platform, or with these `entries`; beside it what looks like badges and is none.
    """
    chance = Chance(seed)
    entries = entries or [
        Entry("Cloud Practitioner", "Riverside College", chance.award(), issued=5),
        Entry("Data Literacy 2023", "Example Institute", chance.award(), 5, 9, chance.uuid()),
        Entry("Azure Fundamentals", "Microsoft", chance.award(), issued=12, expires=9),
        Entry("Python Essentials 2", "Cisco", chance.award(), issued=12, id=chance.uuid()),
        Entry("First Aid", "Nobody in particular", None, issued=5),
        Entry("Juggling", "Circus School", "https://circus.example/certificates/12", issued=12),
    ]
    order = chance.shuffled([str(number) for number in range(len(entries))])
    drawn = [_DRAWN[layout](chance, words, entries[int(number)]) for number in order]
    section = _SECTIONS[layout](chance, words, "".join(drawn))
    planted = tuple(
        Planted(entry.award, names=(name,), claim=entry.claim())
        for entry in entries
        if entry.award and "circus.example" not in entry.award
    )
    html = _around(chance, words, name, section)
    return MadePage(f"https://www.linkedin.com/in/mira-solano-{seed}/", html, planted)


def changed(seed: int) -> MadePage:
    """A profile of a day when the site no longer uses links: entries are to be seen, and none leads
    anywhere.
    """
    chance = Chance(seed)
    entry = (
        f'<div class="{chance.named("row")}"><p>Cloud Practitioner</p><p>Riverside College</p>'
        "<p>Issued May 2024</p><button>Show credential</button></div>"
    )
    section = f"<section><h2>Licenses &amp; certifications (1)</h2>{entry}</section>"
    html = _around(chance, LANGUAGES[0], "Mira Solano", section)
    return MadePage("https://www.linkedin.com/in/mira-solano-changed/", html)


def _href(chance: Chance, address: str) -> str:
    wrapped = chance.of([address, linkedin_link(address), linkedin_link(address, "redir/redirect")])
    return attribute(wrapped)


def _logo(chance: Chance) -> str:
    return f"https://media.licdn.com/dms/image/v2/{chance.hexadecimal(12)}/company-logo_100_100/0"


def _dates(words: Words, entry: Entry) -> str:
    parts = [
        words.issued.format(words.months[entry.issued]) if entry.issued else "",
        words.expires.format(words.months[entry.expires]) if entry.expires else "",
    ]
    return " · ".join(part for part in parts if part)


def _twice(text: str) -> str:
    return f'<span aria-hidden="true">{text}</span><span class="visually-hidden">{text}</span>'


def _signed_in(chance: Chance, words: Words, entry: Entry) -> str:
    def line(text: str) -> str:
        return f'<span class="{chance.named("line")}">{_twice(text)}</span>' if text else ""

    link = (
        f'<a class="{chance.named("action")}" target="_blank" aria-label="{words.show}"'
        f' href="{_href(chance, entry.award)}"><span>{words.show}</span></a>'
        if entry.award
        else ""
    )
    return (
        f'<li class="{chance.named("item")}"><div class="{chance.named("row")}">'
        f'<a href="https://www.linkedin.com/company/1/"><img alt="logo" width="48" height="48"'
        f' src="{_logo(chance)}"></a>'
        f'<div class="{chance.named("bold")}">{_twice(entry.title)}</div>{line(entry.issuer)}'
        f"{line(_dates(words, entry))}{line(words.id.format(entry.id) if entry.id else '')}{link}"
        "</div></li>"
    )


def _server_driven(chance: Chance, words: Words, entry: Entry) -> str:
    link = (
        f'<a class="{chance.named("button")}" href="{_href(chance, entry.award)}" target="_blank">'
        f'<span class="{chance.named("label")}">{words.show}</span></a>'
        if entry.award
        else ""
    )
    number = f"<p>{words.id.format(f'<!-- -->{entry.id}')}</p>" if entry.id else ""
    return (
        f'<div class="{chance.named("entry")}" role="listitem"><a href="https://www.linkedin.com/'
        f'company/1/"><figure aria-label="logo"><img src="{_logo(chance)}" alt=""></figure></a>'
        f'<p class="{chance.named("title")}">{entry.title}</p><p>{entry.issuer}</p>'
        f'<p class="{chance.named("small")}">{_dates(words, entry)}</p>{number}{link}</div><hr>'
    )


def _guest(chance: Chance, words: Words, entry: Entry) -> str:
    # Here the title is a link as well, and the dates stand in elements of their own.
    href = _href(chance, entry.award) if entry.award else ""
    title = f'<a href="{href}">{entry.title}</a>' if entry.award else entry.title
    see = f'<a class="{chance.named("see")}" href="{href}">{words.show}</a>' if entry.award else ""
    issued = (
        f"{words.issued.format(f'<time>{words.months[entry.issued]}</time>')}"
        if entry.issued
        else ""
    )
    expires = (
        f"<span>{words.expires.format(f'<time>{words.months[entry.expires]}</time>')}</span>"
        if entry.expires
        else ""
    )
    number = f"<div>{words.id.format(entry.id)}</div>" if entry.id else ""
    return (
        f'<li class="{chance.named("card")}"><a href="https://www.linkedin.com/company/1">'
        f'<img alt="logo" data-delayed-url="{_logo(chance)}"></a>'
        f"<div><h3>{title}</h3><h4>{entry.issuer}</h4>"
        f"<div>{issued} {expires}</div>{number}{see}</div></li>"
    )


_DRAWN = dict(zip(LAYOUTS, (_signed_in, _server_driven, _guest), strict=True))
_SECTIONS = {
    "signed_in_2022": lambda chance, words, entries: (
        f'<section class="{chance.named("card")}"><div id="licenses_and_certifications"></div>'
        f'<h2>{_twice(words.section)}</h2><div><ul class="{chance.named("list")}">{entries}</ul>'
        "</div></section>"
    ),
    "server_driven_2026": lambda chance, words, entries: (
        f'<section><div class="{chance.named("box")}"><h2>{words.section} (6)</h2>{entries}</div>'
        "</section>"
    ),
    "guest_2023": lambda chance, words, entries: (
        f'<section data-section="certifications"><h2>{words.section}</h2><ul>{entries}</ul>'
        "</section>"
    ),
}


def _around(chance: Chance, words: Words, name: str, section: str) -> str:
    photo = f"https://media.licdn.com/dms/image/v2/{chance.hexadecimal(10)}/profile-displayphoto"
    others = [
        f"<section><h2>{chance.named('about')}</h2>"
        "<p>I collect badges. credly.com is where.</p></section>",
        "<section><h2>Experience</h2><ul><li><p>Engineer</p><p>Example Corp</p><p>May 2024</p>"
        '<a href="https://www.linkedin.com/redir/redirect/?url=https%3A%2F%2Fexample.org%2F">'
        "Site</a></li></ul></section>",
        section,
        "<section><h2>Languages</h2><p>German</p></section>",
    ]
    aside = (
        f'<aside><a href="https://www.credly.com/badges/{chance.uuid()}">Promoted</a>'
        f'<a href="https://www.linkedin.com/in/somebody-else/">Tom Muster</a></aside>'
    )
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        f"<title>(3) {name} | LinkedIn</title></head><body><main><div><img width=200 height=200"
        f' src="{photo}" alt="{name}"><h1 class="{chance.named("name")}">{name}</h1></div>'
        f"{''.join(chance.shuffled(others))}</main>{aside}</body></html>"
    )
