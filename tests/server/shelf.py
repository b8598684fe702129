"""A server with a wallet of made-up badges that differ in all that a learner may look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from msgspec import Struct

from tests.made import pictures
from tests.made.credentials import badge, by
from tests.made.folder import Answer, as_json, write_web
from tests.made.issuers import HOLDER, LARKSPUR, MEADOW, RIVERSIDE, issuer_list
from tests.server.conftest import Served, start
from tests.server.stores import Store
from verifier.containers import png

PATH = "/api/wallet/credentials"
EVIDENCE = ("https://work.example/loom", "https://work.example/gone", "https://work.example/slow")
IMAGE = f"{MEADOW.home}/images/garden.png"
#: What was done for the richest of them.
GRADE = "urn:uuid:0b1b2c3d-0000-4000-8000-000000000001"
LEARNING = {
    "creditsEarned": 2.5,
    "source": {"id": LARKSPUR.did, "type": ["Profile"], "name": LARKSPUR.name},
    "result": [
        {
            "type": ["Result"],
            "resultDescription": GRADE,
            "value": "92",
        }
    ],
}
ALIGNED = {
    "type": ["Alignment"],
    "targetName": "Manage textile work",
    "targetUrl": "https://skills.example/textile",
}


class Shelf(Struct):
    """The server, a paired program, a browser that opened the wallet, and the badges' ids."""

    served: Served
    api: httpx2.Client
    browser: httpx2.Client
    ids: dict[str, str]

    def save(self, name: str, made: dict[str, Any], image: bytes | None = None) -> None:
        """Keep a badge, as JSON or baked into `image`."""
        content = as_json(made) if image is None else _baked(image, as_json(made))
        answer = self.api.post(PATH, files={"file": (name, content)})
        assert answer.status_code == 201, answer.text
        self.ids[name] = answer.json()["id"]

    def page(self, name: str) -> str:
        """The page of a badge."""
        answer = self.browser.get(f"/wallet/{self.ids[name]}")
        assert answer.status_code == 200
        return answer.text

    def about(self, name: str) -> dict[str, Any]:
        """What the interface tells of a badge's card."""
        told: dict[str, Any] = self.api.get(f"{PATH}/{self.ids[name]}/about").json()
        return told

    def label(self, name: str, **given: object) -> httpx2.Response:
        """Write on a badge over the interface."""
        return self.api.post(f"{PATH}/{self.ids[name]}/about", json=given)

    def names(self, query: str = "") -> list[str]:
        """The names of the cards that the interface lists."""
        listed = self.api.get(f"/api/wallet/cards?{query}").json()["cards"]
        return [card["name"] for card in listed]

    def send(self, name: str, does: str, **fields: str) -> httpx2.Response:
        """A form of a badge's page, as a browser sends it."""
        found = re.search(r'name="key" value="([0-9a-f]{64})"', self.page(name))
        assert found
        parts = [(field, (None, value)) for field, value in {"key": found[1], **fields}.items()]
        headers = {"Origin": self.served.address, "Sec-Fetch-Site": "same-origin"}
        path = f"/wallet/{self.ids[name]}/{does}"
        return self.browser.post(path, files=parts, headers=headers)


@contextmanager
def shelf(store: Store) -> Iterator[Shelf]:
    """It, with its wallet in `store`, while the context lasts."""
    folder = store.data.parent
    write_web(
        folder / "web",
        {
            **RIVERSIDE.web(),
            **LARKSPUR.web(),
            **MEADOW.web(),
            EVIDENCE[0]: Answer(b"<!doctype html><title>A loom</title>", "text/html"),
            EVIDENCE[1]: Answer(status=404),
            EVIDENCE[2]: Answer(error="timeout"),
            IMAGE: Answer(_picture("garden"), "image/png"),
        },
    )
    (folder / "trust.json").write_bytes(as_json(issuer_list()))
    options = ("--documents", str(folder / "web"), "--trust", str(folder / "trust.json"))
    served = start(folder, *options, "--no-default-trust", store=store)
    with served.client(served.pair()) as api, served.client() as browser:
        assert browser.get(served.wallet_link).status_code == 303
        found = Shelf(served, api, browser, {})
        for name, made, image in _badges():
            found.save(name, made, image)
        yield found
    assert served.stop() == "", "the server complained"


def _badges() -> Iterator[tuple[str, dict[str, Any], bytes | None]]:
    weaving = badge(RIVERSIDE, "Weaving for Zürich", {"type": "IdentityObject", **_NAMED})
    weaving["credentialSubject"] |= LEARNING
    achievement = weaving["credentialSubject"]["achievement"]
    achievement |= {"alignment": [ALIGNED], "tag": ["looms", "织布技术"]}
    achievement["achievementType"] = "Certificate"
    achievement["resultDescription"] = [
        {
            "id": GRADE,
            "type": ["ResultDescription"],
            "name": "Final piece",
            "resultType": "Percent",
        }
    ]
    weaving["evidence"] = [
        {"id": url, "type": ["Evidence"], "name": f"Piece {number}"}
        for number, url in enumerate(EVIDENCE, 1)
    ]
    yield "weaving", by(RIVERSIDE, weaving), _picture("weaving")
    expired = badge(LARKSPUR, "First Aid", validUntil="2025-09-01T00:00:00Z")
    yield "first aid", by(LARKSPUR, expired), None
    garden = badge(MEADOW, "Community Garden", validUntil="2090-05-03T00:00:00Z")
    garden["credentialSubject"]["achievement"]["image"] = {"id": IMAGE, "type": "Image"}
    del garden["credentialSubject"]["achievement"]["criteria"]
    garden["credentialSubject"]["achievement"]["criteria"] = {"id": f"{MEADOW.home}/garden"}
    yield "garden", by(MEADOW, garden), None


_NAMED = {"identityHash": HOLDER, "identityType": "name", "hashed": False}


def _picture(title: str) -> bytes:
    return pictures.drawn(pictures.COLLEGE, "star", title)


def _baked(image: bytes, content: bytes) -> bytes:
    return png.bake(image, content, b"openbadgecredential")
