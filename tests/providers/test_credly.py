"""Credly: award links, signed files, profiles, classes and pictures, read to what is recorded."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.providers.reading import HTML, MISSING, NOW, check_of, codes, gave, said
from verifier.model import Claim, Document
from verifier.ports import Circumstances, Person
from verifier.providers.credly_award import read_title
from verifier.trust import shipped

UUID = "f7ae4be9-fd65-454d-874e-c6e2c3237d41"
AWARD = f"https://www.credly.com/badges/{UUID}"
ASSERTION = f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}"
OB2 = "https://api.credly.com/api/v1/obi/v2"
LOUISVILLE = "b78f4414-dcde-479b-830a-43e39c92f0ab"
CLASS = f"{OB2}/issuers/{LOUISVILLE}/badge_classes/2728155d-e2c5-46c5-983c-2918764e8b84"
PICTURE = "https://images.credly.com/size/110x110/images/{}/image.png"


@pytest.fixture(scope="module")
def credly(material: Path) -> Path:
    """What was collected of Credly."""
    return material / "providers/credly"


@pytest.fixture(scope="module")
def web(credly: Path) -> dict[str, Document]:
    """An award of the University of Louisville, as Credly serves such."""
    assertion = json.loads((credly / "obi_v2_assertion_valid.reconstructed.json").read_bytes())
    badge = (credly / "obi_v2_badge_class_uofl.reconstructed.json").read_bytes()
    served = gave(json.dumps({**assertion, "badge": CLASS}).encode())
    return {ASSERTION: served, CLASS: gave(badge)}


def with_member(web: Mapping[str, Document], url: str, **members: object) -> dict[str, Document]:
    """The same answers, but for `members` of the document at `url`."""
    document = json.loads(web[url].content)
    return {**web, url: replace(web[url], content=json.dumps({**document, **members}).encode())}


def page(title: str) -> Document:
    """The award's page, which says nothing but in its head."""
    head = f'<head><title>Credly</title><meta property="og:title" content="{title}"></head>'
    return gave(f"<!DOCTYPE html><html>{head}<body></body></html>".encode(), HTML)


def asking(*claims: Claim, **person: Any) -> Circumstances:  # noqa: ANN401 as `Person` takes it
    """Somebody who asks about a person, or holds a page against the badge."""
    about = Person(**person) if person else None
    return Circumstances(NOW, person=about, claims=claims, trust=shipped())


@pytest.mark.parametrize(
    "url",
    [
        AWARD,
        f"{AWARD}/linked_in_profile?t=abc",
        f"http://youracclaim.com/badges/{UUID}",
        f"https://www.credly.com/earner/earned/badge/{UUID}",
        ASSERTION,
        f"https://www.linkedin.com/safety/go/?url=https%3A%2F%2Fwww%2Ecredly%2Ecom%2Fbadges%2F{UUID}",
    ],
)
def test_an_award_link_is_read_from_its_assertion(web: dict[str, Document], url: str) -> None:
    report = said(url, web)
    assert (report["verdict"], report["assurance"]) == ("verified", "hosted")
    assert codes(report) == {
        "genuine": "hosted",
        "current": "no_expiry",
        "issuer": "platform_vouched",
        "recipient": "not_asked",
        "claim": "nothing_claimed",
    }
    read = report["credential"]
    assert (read["provider"], read["standard"], read["kind"]) == ("credly", "OB 2.0", "badge")
    assert read["name"] == "Franchise Management Bootcamp Certificate"
    assert read["issuer"]["name"] == "University of Louisville"
    assert read["issued"] == "2024-05-01T19:11:02Z"
    assert len(read["skills"]) == 6
    assert len(report["asked"]) == 3  # the assertion, its class, and the page for the holder's name


def test_the_holders_e_mail_address_is_compared_with_a_hash_without_salt(
    web: dict[str, Document],
) -> None:
    mine = said(AWARD, web, circumstances=asking(emails=("learner@example.edu",), exact=True))
    assert codes(mine)["recipient"] == "email_match"
    other = said(AWARD, web, circumstances=asking(emails=("other@example.edu",), exact=True))
    assert (codes(other)["recipient"], other["verdict"]) == ("someone_else", "not_theirs")


def test_the_holders_name_is_in_the_title_of_the_page(web: dict[str, Document]) -> None:
    title = (
        "Franchise Management Bootcamp Certificate was issued by University of Louisville "
        "to Ann O&#39;Neil."
    )
    named = {**web, AWARD: page(title)}
    report = said(AWARD, named, circumstances=asking(names=("Ann O'Neil",)))
    assert report["credential"]["recipient"]["name"] == "Ann O'Neil"
    recipient = check_of(report, "recipient")
    assert (recipient["code"], recipient["detail"]) == ("name_match", {"chosen_by_holder": True})
    assert report["verdict"] == "verified"
    stranger = said(AWARD, named, circumstances=asking(names=("Jonas Feld",)))
    assert codes(stranger)["recipient"] == "someone_else"


@pytest.mark.parametrize(
    "title",
    [
        "Credly",
        "Sales 101 was issued by Acme to Bob was issued by University of Louisville to Eve.",
        "Another Badge was issued by University of Louisville to Ann Sample.",
        "Franchise Management Bootcamp Certificate was issued by Acme to Ann Sample.",
    ],
)
def test_a_title_about_something_else_names_nobody(web: dict[str, Document], title: str) -> None:
    report = said(AWARD, {**web, AWARD: page(title)})
    assert report["credential"]["recipient"]["name"] is None
    assert report["verdict"] == "verified"


def test_a_page_that_leads_to_another_award_names_nobody(web: dict[str, Document]) -> None:
    title = (
        "Franchise Management Bootcamp Certificate was issued by University of Louisville to A B."
    )
    other = replace(page(title), final_url=AWARD.replace("f7", "a7"))
    assert said(AWARD, {**web, AWARD: other})["credential"]["recipient"]["name"] is None


def test_every_recorded_title_is_read_as_recorded(credly: Path) -> None:
    import html

    rows = [json.loads(line) for line in (credly / "og_titles.jsonl").read_text().splitlines()]
    assert rows
    for row in rows:
        title = read_title(html.unescape(row["og_title"]))
        if row["badge"] is None:
            assert title is None, row
        else:
            assert title is not None
            assert (title.badge, title.issuer, title.expired) == (
                row["badge"],
                row["issuer"],
                row["expired"],
            )
            assert title.holder == row["holder"]


def test_what_is_gone_was_taken_back(credly: Path) -> None:
    body = (credly / "obi_v2_assertion_revoked_410.json").read_bytes()
    report = said(AWARD, {ASSERTION: gave(body, status=410)})
    assert (report["verdict"], report["credential"]["provider"]) == ("revoked", "credly")
    assert (codes(report)["genuine"], codes(report)["current"]) == ("hosted", "revoked")
    assert len(report["asked"]) == 1


def test_private_or_unknown_is_never_called_false(credly: Path) -> None:
    body = (credly / "error_envelope_404.reconstructed.json").read_bytes()
    report = said(AWARD, {ASSERTION: gave(body, status=404)})
    assert (report["verdict"], codes(report)["genuine"]) == ("unknown", "host_unreachable")
    read = report["credential"]
    assert (read["provider"], read["kind"], read["id"]) == ("credly", "badge", AWARD)
    assert "private" in report["headline"]
    assert [one["status"] for one in report["contacted"]] == [404]


@pytest.mark.parametrize(
    ("document", "code", "reason"),
    [
        (gave(b"", status=500), "host_unreachable", "unreachable"),
        (gave(b"", status=403), "page_unreadable", "blocked"),
        (gave(b"", status=401), "page_unreadable", "sign_in"),
        (Document("", NOW, error="timeout"), "host_unreachable", "unreachable"),
        (
            gave(b"<html><title>Just a moment...</title><p>Checking your browser</html>", HTML),
            "page_unreadable",
            "page.bot_check",
        ),
        (
            gave(b"<html><title>Sign in</title><input type=password></html>", HTML),
            "page_unreadable",
            "page.sign_in",
        ),
        (
            gave(b"<html><script>draw()</script></html>", HTML),
            "page_unreadable",
            "page.empty_shell",
        ),
        (
            gave(b"<html><p>" + b"Something else. " * 40 + b"</html>", HTML),
            "page_unreadable",
            "page.changed_layout",
        ),
    ],
)
def test_whatever_is_in_the_way_is_told(document: Document, code: str, reason: str) -> None:
    report = said(AWARD, {ASSERTION: document})
    genuine = check_of(report, "genuine")
    assert (report["verdict"], genuine["code"]) == ("unknown", code)
    assert genuine["detail"]["reason"] == reason
    assert genuine["fix"]


def test_an_end_date_in_the_past_has_expired(web: dict[str, Document]) -> None:
    ended = with_member(web, ASSERTION, expires="2025-01-01T00:00:00.000Z")
    assert said(AWARD, ended)["verdict"] == "expired"


def test_an_end_date_before_the_date_of_issue_is_the_platforms_slip(
    web: dict[str, Document], credly: Path
) -> None:
    """Elsewhere that is a broken badge (`structure`); Credly itself vouches for its own answer, and
    whoever gave the date, it has passed.
    """
    sample = json.loads((credly / "obi_v2_assertion_expired.reconstructed.json").read_bytes())
    assert sample["expires"] < sample["issuedOn"]
    served = gave(json.dumps({**sample, "badge": CLASS}).encode())
    report = said(AWARD, {**web, ASSERTION: served})
    assert (report["verdict"], codes(report)["genuine"]) == ("expired", "hosted")


def test_an_assertion_that_another_host_gives_out_under_this_id_counts_for_nothing(
    web: dict[str, Document],
) -> None:
    elsewhere = "https://badges.example/v1/obi/v2/badge_assertions/1"
    report = said(elsewhere, {elsewhere: web[ASSERTION], CLASS: web[CLASS], ASSERTION: MISSING})
    assert report["verdict"] in ("invalid", "unknown")


def test_an_issuer_is_known_by_id_and_never_by_name(web: dict[str, Document]) -> None:
    badge = json.loads(web[CLASS].content)
    stranger = "00000000-dcde-479b-830a-43e39c92f0ab"
    place = CLASS.replace(LOUISVILLE, stranger)
    issuer = {**badge["issuer"], "id": f"{OB2}/issuers/{stranger}"}
    served = gave(json.dumps({**badge, "id": place, "issuer": issuer}).encode())
    report = said(AWARD, {**with_member(web, ASSERTION, badge=place), place: served})
    assert codes(report)["issuer"] == "claims_known_name"
    assert report["verdict"] == "unknown"


def test_a_certification_that_microsoft_keeps_elsewhere_has_moved(web: dict[str, Document]) -> None:
    badge = json.loads(web[CLASS].content)
    microsoft = "1392f199-abe0-4698-92b5-834610af6baf"
    place = CLASS.replace(LOUISVILLE, microsoft)
    issuer = {**badge["issuer"], "id": f"{OB2}/issuers/{microsoft}", "name": "Microsoft"}

    def said_of(name: str) -> dict[str, Any]:
        served = gave(json.dumps({**badge, "id": place, "name": name, "issuer": issuer}).encode())
        ended = with_member(web, ASSERTION, badge=place, expires="2025-01-01T00:00:00.000Z")
        return said(AWARD, {**ended, place: served})

    report = said_of("Microsoft Certified: Azure Administrator Associate")
    assert (report["verdict"], codes(report)["current"]) == ("unknown", "moved")
    assert report["credential"]["kind"] == "certification"
    assert "Microsoft Learn" in report["headline"]
    assert said_of("Microsoft Certified Trainer 2023-2024")["verdict"] == "expired"


def test_link_and_picture_of_another_badge_are_told_apart(web: dict[str, Document]) -> None:
    own, other = "c5cd4926-4be0-4d62-aa11-df9dc65e27da", "01b2c3d4-0000-4000-8000-000000000002"
    same = said(AWARD, web, circumstances=asking(Claim(image=PICTURE.format(own))))
    assert (codes(same)["claim"], same["verdict"]) == ("agrees", "verified")
    swapped = said(AWARD, web, circumstances=asking(Claim(image=PICTURE.format(other))))
    assert (codes(swapped)["claim"], swapped["verdict"]) == ("differs", "overstated")
    elsewhere = said(AWARD, web, circumstances=asking(Claim(image="https://a.example/b.png")))
    assert codes(elsewhere)["claim"] == "nothing_claimed"


def test_a_picture_names_a_class_and_no_award() -> None:
    report = said(PICTURE.format("c5cd4926-4be0-4d62-aa11-df9dc65e27da"), {})
    assert (report["verdict"], codes(report)["genuine"]) == ("unknown", "picture_only")
    assert report["credential"]["provider"] == "credly"
    assert report["asked"] == []


@pytest.mark.parametrize(
    "url",
    [
        "https://www.credly.com/org/university-of-louisville/badge/managerial-analytics",
        "https://www.credly.com/organizations/adobeedu/badges",
        CLASS,
    ],
)
def test_a_class_or_an_organisation_is_nobodys_award(url: str) -> None:
    report = said(url, {})
    assert (report["error"]["code"], report["asked"]) == ("not_an_award", [])


PROFILE = "https://www.credly.com/users/mira-solano"
LISTED = f"{PROFILE}/badges.json?page=1&page_size=48"


def test_a_profile_lists_the_awards_to_pick_from(credly: Path) -> None:
    body = next(credly.glob("profile_badges_2022_*.json")).read_bytes()
    report = said(f"{PROFILE}/badges#credly", {LISTED: gave(body)})
    assert report["error"]["code"] == "not_an_award"
    ids = [item["id"] for item in json.loads(body)["data"]]
    assert report["error"]["found"] == [f"https://www.credly.com/badges/{one}" for one in ids]
    assert len(ids) == 5
    assert report["asked"] == [LISTED]


def test_a_profile_shows_no_private_award_and_says_what_is_left_out(credly: Path) -> None:
    listed = json.loads(next(credly.glob("profile_badges_2022_*.json")).read_bytes())
    listed["data"][0]["is_private_badge"] = True
    listed["data"][1]["public"] = False
    listed["metadata"] = {**listed["metadata"], "total_count": 60}
    report = said(PROFILE, {LISTED: gave(json.dumps(listed).encode())})
    assert len(report["error"]["found"]) == 3
    assert "These are 3 of 60" in report["error"]["says"]


def test_all_pages_of_a_profile_are_listed() -> None:
    ids = [f"00000000-0000-4000-8000-{number:012}" for number in range(100)]
    pages = {
        LISTED.replace("page=1&", f"page={page}&"): gave(
            json.dumps(
                {
                    "data": [
                        {"id": one, "public": True} for one in ids[48 * page - 48 : 48 * page]
                    ],
                    "metadata": {"total_count": 100},
                }
            ).encode()
        )
        for page in (1, 2, 3)
    }
    whole = said(PROFILE, pages)
    assert whole["error"]["found"] == [f"https://www.credly.com/badges/{one}" for one in ids]
    assert "These are" not in whole["error"]["says"]
    del pages[LISTED.replace("page=1&", "page=2&")]
    partly = said(PROFILE, pages)
    assert len(partly["error"]["found"]) == 52
    assert "These are 52 of 100" in partly["error"]["says"]


def test_an_empty_private_or_unreadable_profile_says_so() -> None:
    empty = said(PROFILE, {LISTED: gave(b'{"data": [], "metadata": {}}')})
    assert (empty["error"]["code"], empty["error"]["found"]) == ("not_an_award", [])
    missing = said(PROFILE, {LISTED: MISSING})
    assert missing["error"]["code"] == "unreachable"
    assert "private" in missing["error"]["says"]
    shell = said(PROFILE, {LISTED: gave(b"<html></html>", HTML)})
    assert shell["error"]["code"] == "unreachable"


@pytest.mark.parametrize(
    ("name", "awards", "asks"),
    [
        ("profile_page_2021_server_rendered.html", 9, 0),
        ("profile_page_2025_react_happy.html", 0, 1),
    ],
)
def test_a_profile_in_the_readers_tab_is_read_where_it_links_to_awards(
    credly: Path, name: str, awards: int, asks: int
) -> None:
    report = said(PROFILE, {LISTED: MISSING}, seen=(credly / name).read_bytes())
    assert len(report["error"]["found"]) == (awards or 1)
    assert len(report["asked"]) == asks


def test_a_short_link_is_followed_once(web: dict[str, Document]) -> None:
    short = "https://www.credly.com/go/AbC12xYz"
    leads = gave(b"", HTML, 403, final=f"{AWARD}/public_url")
    report = said(short, {**web, short: leads})
    assert report["verdict"] == "verified"
    assert report["contacted"][0]["url"] == short
    nowhere = said(short, {short: gave(b"<html></html>", HTML, final="https://a.example/")})
    assert nowhere["error"]["code"] == "not_a_badge"
    assert said(short, {short: MISSING})["error"]["code"] == "unreachable"


SIGNED = "network-defense"


@pytest.fixture(scope="module")
def signed(credly: Path) -> dict[str, Any]:
    """What is baked into a file that an earner downloaded."""
    path = credly / f"baked_ob3_2026/{SIGNED}.openbadgecredential.json"
    document: dict[str, Any] = json.loads(path.read_bytes())
    return document


def hosted_copy(signed: dict[str, Any], **members: object) -> dict[str, Document]:
    """The hosted assertion of the same award, as it would be; no such pair is recorded."""
    uuid = signed["id"].rpartition("/")[2]
    achievement = signed["credentialSubject"]["achievement"]
    organisation, _, template = achievement["id"].rpartition("/issuers/")[2].partition("/achieve")
    issuer = f"{OB2}/issuers/{organisation}"
    place = f"{issuer}/badge_classes/{template.removeprefix('ments/')}"
    assertion = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": f"{OB2}/badge_assertions/{uuid}",
        "issuedOn": signed["validFrom"],
        "recipient": {
            "type": "email",
            "hashed": True,
            "identity": signed["credentialSubject"]["identifier"][0]["identityHash"],
        },
        "verification": {"type": "hosted"},
        "badge": place,
        **members,
    }
    badge = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": place,
        "name": achievement["name"],
        "description": achievement["description"],
        "image": {"id": achievement["image"]["id"]},
        "criteria": {"id": achievement["criteria"]["id"]},
        "issuer": {"type": "Issuer", "id": issuer, "name": "Cisco", "url": "http://www.cisco.com/"},
    }
    at = f"https://api.credly.com/v1/obi/v2/badge_assertions/{uuid}"
    return {at: gave(json.dumps(assertion).encode()), place: gave(json.dumps(badge).encode())}


def test_a_signed_file_whose_key_cannot_be_had_is_unknown(
    credly: Path, signed: dict[str, Any]
) -> None:
    report = said((credly / f"baked_ob3_2026/{SIGNED}.png").read_bytes(), {})
    assert (report["verdict"], codes(report)["genuine"]) == ("unknown", "key_unreachable")
    assert report["credential"]["standard"] == "OB 3.0"
    # A signed file's own `name` is its holder's, and its achievement's is the badge's.
    assert report["credential"]["name"] == "Network Defense"
    assert report["credential"]["recipient"]["name"] == signed["name"]


def test_it_falls_back_on_the_hosted_assertion_of_the_same_award(
    credly: Path, signed: dict[str, Any]
) -> None:
    file = (credly / f"baked_ob3_2026/{SIGNED}.png").read_bytes()
    report = said(file, hosted_copy(signed))
    assert (report["verdict"], report["assurance"]) == ("verified", "hosted")
    genuine = check_of(report, "genuine")
    assert genuine["code"] == "hosted"
    assert genuine["detail"]["signature"] == "unchecked"
    assert [one["code"] for one in genuine["detail"]["also"]] == ["key_unreachable"]
    assert "could not be checked" in genuine["says"]
    read = report["credential"]
    assert (read["standard"], read["container"], read["provider"]) == ("OB 2.0", "png", "credly")
    assert codes(report)["issuer"] == "platform_vouched"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        (
            "recipient",
            {"type": "email", "hashed": True, "identity": "sha256$" + "0" * 64},
        ),
        ("badge", CLASS),
    ],
)
def test_it_does_not_fall_back_on_another_award(
    credly: Path, signed: dict[str, Any], web: dict[str, Document], member: str, value: object
) -> None:
    file = (credly / f"baked_ob3_2026/{SIGNED}.png").read_bytes()
    report = said(file, {**web, **hosted_copy(signed, **{member: value})})
    assert (report["verdict"], codes(report)["genuine"]) == ("unknown", "key_unreachable")


def test_it_is_taken_back_where_the_hosted_assertion_is_gone(
    credly: Path, signed: dict[str, Any]
) -> None:
    at = next(iter(hosted_copy(signed)))
    file = (credly / f"baked_ob3_2026/{SIGNED}.png").read_bytes()
    report = said(file, {at: gave(b'{"revoked": true}', status=410)})
    assert report["verdict"] == "revoked"


def test_what_the_portfolio_says_is_held_against_what_was_signed(
    credly: Path, signed: dict[str, Any]
) -> None:
    rows = json.loads((credly / "baked_ob3_2026/page_claims_vs_signed.json").read_bytes())
    row = next(row for row in rows if row["image"] == f"{SIGNED}.png")
    claim = Claim(title=row["page_title"], issuer=row["page_issuer"], issued=row["page_date"])
    file = (credly / f"baked_ob3_2026/{SIGNED}.png").read_bytes()
    report = said(file, hosted_copy(signed), circumstances=asking(claim))
    assert (report["verdict"], codes(report)["claim"]) == ("overstated", "differs")
    assert check_of(report, "claim")["detail"]["member"] == "issued"
