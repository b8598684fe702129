"""Watching through its doors: the command, the interface, the page, feeds, and real mail."""

import json
import os
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from uuid import UUID

import anyio
import feedparser
import httpx2
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from click.testing import Result
from icalendar import Calendar

from tests.server.certificates import certified
from tests.server.conftest import Served, options_for, start
from tests.server.made_up import BADGE, HOST, assertion, write_web
from tests.server.owner import run
from wallet_server import keeping
from wallet_server.opening import opening
from wallet_server.services import Context
from wallet_server.settings import Settings
from wallet_server.store import access, events
from wallet_server.store.database import Database
from wallet_server.verification import now

PATH = "/api/wallet/credentials"


def publish(folder: Path, *documents: dict[str, Any]) -> None:
    """Put documents into the folder that is the web, each at its own id."""
    index = json.loads((folder / "urls.json").read_text())
    for document in documents:
        name = "-".join(document["id"].split("/")[3:]) + ".json"
        (folder / name).write_text(json.dumps(document))
        index[document["id"]] = {"file": name, "content_type": "application/ld+json"}
    (folder / "urls.json").write_text(json.dumps(index))


def options(folder: Path, *given: str) -> list[str]:
    """The arguments of `touchstone wallet check`, for which the made-up web is the whole web."""
    known = ("--documents", str(folder / "web"), "--trust", str(folder / "trust.json"))
    return ["wallet", "check", *given, *known, "--data", str(folder / "data")]


def settings_for(folder: Path) -> Settings:
    """Those of a server for which the made-up web is the whole web."""
    return Settings(
        host="127.0.0.1",
        port=0,
        data=folder / "data",
        allowed_hosts=(),
        documents=folder / "web",
        trust=(folder / "trust.json",),
        default_trust=False,
    )


def saved(folder: Path, *names: str) -> list[str]:
    """Keep the hosted badges of these names; their ids."""
    settings = settings_for(folder)

    async def keep() -> list[str]:
        found = []
        with closing(Database(settings.database)) as database:
            async with opening(settings, database)() as parts:
                for name in names:
                    url = f"{HOST}/assertions/{name}"
                    checked = await parts.check(url, Context(), own="", label=url, anew=False)
                    assert checked.verified.report is not None
                    kept, _ = await keeping.keep(parts, checked, checked.verified.report)
                    found.append(kept.id)
        return found

    return anyio.run(keep)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A web of five badges, one of which ends."""
    write_web(tmp_path / "web")
    publish(tmp_path / "web", *(assertion(f"n{number}") for number in range(4)))
    publish(tmp_path / "web", assertion("ends", expires="2099-05-03T12:00:00Z"))
    return tmp_path


@pytest.fixture
def servers(folder: Path) -> Iterator[list[Served]]:
    """Servers that end with the test."""
    running: list[Served] = []
    yield running
    for server in running:
        if server.process.poll() is None:
            assert server.stop() == "", "the server complained"


def test_a_run_that_is_killed_half_way_goes_on_where_it_stopped(folder: Path) -> None:
    names = [f"n{number}" for number in range(4)]
    saved(folder, *names)
    publish(folder / "web", *(assertion(name, revoked=True) for name in names))
    first = subprocess.Popen(
        [sys.executable, "-m", "wallet_server", *options(folder, "--json")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert first.stdout is not None
    done = [json.loads(first.stdout.readline())["id"] for _ in range(2)]
    first.kill()
    first.communicate()
    second = run(*options(folder, "--json", "--due"))
    assert second.exit_code == 1, second.output
    rest = [json.loads(line)["id"] for line in second.stdout.splitlines()]
    assert len(set(done + rest)) == 4, "nothing is left out"
    assert len(done + rest) == 4, "nothing is looked at twice"
    third = run(*options(folder, "--due"))
    assert (third.exit_code, third.stdout) == (0, "0 badges checked; nothing changed.\n")
    with closing(Database(folder / "data" / "wallet.sqlite3")) as database:
        told = events.page(database)
    assert [one.code for one in told] == ["revoked"] * 4
    assert len({one.credential_id for one in told}) == 4


def test_the_command_tells_people_what_became_of_each_badge(folder: Path) -> None:
    first, _ = saved(folder, "n0", "n1")
    publish(folder / "web", assertion("n0", revoked=True))
    done = run(*options(folder, first))
    assert done.exit_code == 1
    assert "   1 of 1  ⬣━ Revoked: " in done.stdout
    assert "            Revoked. The issuer took this back" in done.stdout
    assert done.stdout.endswith("1 badge checked; 1 changed.\n")
    told = run("wallet", "changes", "--data", folder / "data")
    assert "Revoked: Weaving, first year\n    The issuer took this back" in told.stdout
    listed = run("wallet", "changes", "--json", "--data", folder / "data")
    (line,) = listed.stdout.splitlines()
    assert (json.loads(line)["code"], json.loads(line)["credential"]) == ("revoked", first)
    none = run(*options(folder, "0" * 32))
    assert none.exit_code == 1
    assert none.stderr.startswith("Error: There is no badge “0000")


# --- the interface and the page ---


@contextmanager
def opened(server: Served) -> Iterator[httpx2.Client]:
    """A browser that opened the wallet."""
    with closing(Database(server.store.where)) as database:
        ticket = access.new_ticket(database, now())
    with server.client() as browser:
        assert browser.get(f"/wallet/open/{ticket}").status_code == 303
        yield browser


def press(browser: httpx2.Client, server: Served, path: str, **fields: str) -> httpx2.Response:
    """Send a form of the changes' page."""
    page = browser.get("/wallet/changes").text
    found = re.search(r'name="key" value="([0-9a-f]{64})"', page)
    assert found
    form = {"key": (None, found[1]), **{name: (None, value) for name, value in fields.items()}}
    return browser.post(path, files=form, headers={"Origin": server.address})


def test_what_changed_is_on_the_page_in_the_feed_and_in_the_calendar(
    folder: Path, servers: list[Served]
) -> None:
    first, ends = saved(folder, "n0", "ends")
    renamed = {**BADGE, "name": "Weaving <script>alert(1)</script> & more"}
    publish(folder / "web", assertion("n0", revoked=True), renamed)
    server = start(folder, *options_for(folder))
    servers.append(server)
    token = server.pair()
    with server.client(token) as client:
        nothing = {"Content-Type": "application/json"}
        answered = client.post(f"{PATH}/{first}/check", headers=nothing).json()
        assert answered["report"]["verdict"] == "revoked"
        assert [one["code"] for one in answered["changes"]] == ["revoked"]
        demo = {"url": f"{server.address}/demo/badges/data-literacy.png"}
        kept = client.post(PATH, json=demo).json()
        looked = client.post(f"{PATH}/{kept['id']}/check", headers=nothing).json()
        assert (looked["changes"], looked["report"]["verdict"]) == ([], kept["report"]["verdict"])
        assert client.post(f"{PATH}/{ends}x/check", headers=nothing).status_code == 404
        assert client.post("/api/wallet/check", headers=nothing).status_code == 202
        assert client.get("/api/wallet/changes?before=x").status_code == 400
    with opened(server) as browser:
        looked = press(browser, server, f"/wallet/{ends}/look")
        assert (looked.status_code, looked.headers["location"]) == (303, f"/wallet/{ends}")
        page = browser.get("/wallet/changes").text
        assert page.count('class="new"') == 2
        assert "Title changed" in page
        assert "<script>" not in page
        assert "Weaving &lt;script&gt;" in page
        press(browser, server, "/wallet/changes/seen", up_to="1")
        assert browser.get("/wallet/changes").text.count('class="new"') == 1
        made = press(browser, server, "/wallet/changes/make", name="My reader").text
        atom, ics = re.findall(r"http://\S+/feeds/[\w-]{43}/[a-z.]+", made)
        assert atom not in browser.get("/wallet/changes").text, "an address is shown once"
    with server.client() as reader:
        _check_feed(reader, atom, first)
        _check_calendar(reader, ics, ends, server)
        for odd in ("x" * 43, "é", "%00"):
            assert reader.get(f"/feeds/{odd}/changes.atom").status_code == 404
        with opened(server) as browser:
            which = re.search(r'name="which" value="([0-9a-f]{64})"', made)
            assert which
            press(browser, server, "/wallet/changes/end", which=which[1])
        assert reader.get(atom).status_code == reader.get(ics).status_code == 404
    assert atom.split("/")[4].encode() not in b"".join(
        file.read_bytes() for file in (folder / "data").glob("wallet.sqlite3*")
    )


def _check_feed(reader: httpx2.Client, address: str, first: str) -> None:
    answered = reader.get(address)
    assert answered.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(answered.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    newest, oldest = feed.entries
    assert newest.title == "Title changed: Weaving <script>alert(1)</script> & more"
    assert oldest.title == "Revoked: Weaving <script>alert(1)</script> & more"
    assert oldest.link.endswith(f"/wallet/{first}")
    assert {UUID(entry.id) for entry in feed.entries} != {UUID(feed.feed.id)}
    tag = answered.headers["etag"]
    assert reader.get(address, headers={"If-None-Match": tag}).status_code == 304


def _check_calendar(reader: httpx2.Client, address: str, ends: str, server: Served) -> None:
    answered = reader.get(address)
    assert answered.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answered.content).walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2099-05-03"
    assert event["SUMMARY"] == "“Weaving <script>alert(1)</script> & more” expires"
    assert event["URL"] == f"{server.address}/wallet/{ends}"
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-30)
    assert reader.get(address).content == answered.content


def test_the_page_and_its_forms_are_the_owners_alone(folder: Path, servers: list[Served]) -> None:
    server = start(folder, *options_for(folder))
    servers.append(server)
    with server.client() as stranger:
        assert stranger.get("/wallet/changes").status_code == 403
        for does in ("seen", "look", "make", "end"):
            sent = stranger.post(
                f"/wallet/changes/{does}",
                files={"name": (None, "x")},
                headers={"Origin": server.address},
            )
            assert sent.status_code == 403
    with opened(server) as browser:
        assert press(browser, server, "/wallet/changes/other").status_code == 404
        for number in range(20):
            press(browser, server, "/wallet/changes/make", name=f"n{number}")
        refused = press(browser, server, "/wallet/changes/make", name="one more")
        assert refused.status_code == 400
        assert "There are 20 already" in refused.text


# --- mail ---


class Letters:
    """What a mail server took, and from whom."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.to: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.to += envelope.rcpt_tos
        self.taken.append(message_from_bytes(envelope.content))
        return "250 Taken"


def admitted(
    server: SMTP, session: Session, envelope: Envelope, how: str, who: object
) -> AuthResult:
    """One user and one password."""
    right = LoginPassword(b"wallet", b"se@cret")
    return AuthResult(success=who == right, handled=False)


Checked = Callable[..., Result]


@pytest.fixture
def with_mail(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Runs `touchstone wallet check` with a mail server set."""

    def checked(server: str, **more: str) -> Result:
        settings = {"TOUCHSTONE_SMTP": server, "TOUCHSTONE_MAIL_TO": "mira@portfolio.example"}
        for name, value in {**settings, **more}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("wallet_server.watch.runner.PAUSE", 0.0)
        return run(*options(folder))

    return checked


@contextmanager
def mail_server(letters: Letters, **how: Any) -> Iterator[int]:  # noqa: ANN401
    """A real mail server, which hands what it takes to `letters`; its port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
    mail = Controller(letters, hostname="127.0.0.1", port=port, **how)
    mail.start()
    try:
        yield port
    finally:
        mail.stop()


def test_changes_are_mailed_once_in_one_letter(folder: Path, with_mail: Checked) -> None:
    saved(folder, "n0", "n1")
    (folder / "data" / "address.txt").write_text("http://127.0.0.1:8765")
    publish(folder / "web", *(assertion(f"n{number}", revoked=True) for number in range(2)))
    down = with_mail("smtp://127.0.0.1:1")
    assert "Mail could not be sent through 127.0.0.1: it can't be reached" in down.stderr
    letters = Letters()
    with mail_server(letters) as port:
        for _ in range(2):
            assert with_mail(f"smtp://127.0.0.1:{port}").stderr == ""
    (letter,) = letters.taken
    assert letters.to == ["mira@portfolio.example"]
    assert letter["Subject"] == "2 changes in your wallet"
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode().count("The issuer took this back") == 2
    assert "http://127.0.0.1:8765/wallet/changes" in text.decode()


def test_no_name_of_a_badge_becomes_a_header_of_a_letter(folder: Path, with_mail: Checked) -> None:
    hidden = "=?utf-8?q?=0D=0ABcc:_mallory@evil.example=0D=0A=0D=0APay_here?="
    publish(folder / "web", {**BADGE, "name": f"Weaving {hidden}"})
    saved(folder, "n0")
    publish(folder / "web", assertion("n0", revoked=True))
    letters = Letters()
    with mail_server(letters) as port:
        assert with_mail(f"smtp://127.0.0.1:{port}").stderr == ""
    (letter,) = letters.taken
    assert letter["Bcc"] is None
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.startswith(b"Revoked: Weaving "), "the letter begins with what it says"
    subject = " ".join(letter["Subject"].split())
    assert subject.startswith("Revoked: Weaving = ?utf-8?q?=0D=0ABcc:")


def test_mail_goes_over_tls_and_never_in_the_open(
    folder: Path, with_mail: Checked, tmp_path: Path
) -> None:
    saved(folder, "n0")
    publish(folder / "web", assertion("n0", revoked=True))
    files = certified(tmp_path / "tls")
    secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secure.load_cert_chain(files.certificate, files.key)
    letters = Letters()
    how = {"tls_context": secure, "require_starttls": True, "auth_required": True}
    with mail_server(letters, authenticator=admitted, **how) as port:
        server = f"smtp://wallet:se%40cret@127.0.0.1:{port}"
        assert "its certificate does not hold" in with_mail(server).stderr
        trusted = {"SSL_CERT_FILE": str(files.certificate)}
        wrong = with_mail(f"smtp://wallet:other@127.0.0.1:{port}", **trusted)
        assert "it does not know this user and password" in wrong.stderr
        assert letters.taken == []
        assert with_mail(server, **trusted).stderr == ""
    (letter,) = letters.taken
    assert letter["Subject"] == "Revoked: Weaving, first year"


@pytest.mark.parametrize(
    ("server", "recipient", "says"),
    [
        ("smtp://mail.example", "", "set TOUCHSTONE_MAIL_TO as well"),
        ("", "a@b.example", "set TOUCHSTONE_SMTP as well"),
        ("mail.example", "a@b.example", "names no mail server"),
        ("smtp://u:hunter2/x@mail.example", "a@b.example", "names no mail server"),
        ("smtp://mail.example:99999", "a@b.example", "names no mail server"),
        ("smtps://mail.example", "Ada <a@b.example>", "is no mail address"),
        ("smtps://mail.example", "a@b.example\nBcc: c@d.example", "is no mail address"),
    ],
)
def test_a_wrong_mailbox_is_a_sentence_without_the_password(
    with_mail: Checked, server: str, recipient: str, says: str
) -> None:
    done = with_mail(server, TOUCHSTONE_MAIL_TO=recipient)
    assert done.exit_code == 1
    assert says in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr
