"""The wallet's changes as a feed (Atom, RFC 4287). Pure: the same events give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring  # written alone, nothing is read

from wallet_server.plain_text import plain
from wallet_server.store.events import Event
from wallet_server.watch.codes import EVENTS

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_BEFORE = "1970-01-01T00:00:00Z"


def feed(events: Sequence[Event], *, identifier: UUID, origin: str, own: str) -> bytes:
    """The document for `events`, the newest first. `identifier` is the feed's own, for good;
    `origin` is where this server is, and `own` the address of the feed.
    """
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    _text(root, "id", identifier.urn)
    _text(root, "title", "Changes in your wallet")
    _text(root, "updated", events[0].at if events else _BEFORE)
    SubElement(root, "link", {"rel": "self", "href": own, "type": MEDIA_TYPE})
    SubElement(root, "link", {"rel": "alternate", "href": f"{origin}/wallet/changes"})
    _text(SubElement(root, "author"), "name", "Touchstone")
    for event in events:
        _entry(root, event, origin)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def title(event: Event) -> str:
    """What happened and to which badge, on one line."""
    name = plain(event.name or "", 120) or "A badge without a name"
    return f"{EVENTS[event.code].title}: {name}"


def _entry(root: Element, event: Event, origin: str) -> None:
    entry = SubElement(root, "entry")
    _text(entry, "id", uuid5(UUID(hex=event.credential_id), str(event.number)).urn)
    _text(entry, "title", title(event))
    _text(entry, "updated", event.at)
    _text(entry, "summary", plain(event.says, 2000))
    SubElement(entry, "category", {"term": event.code, "label": EVENTS[event.code].title})
    place = f"{origin}/wallet/{event.credential_id}"
    SubElement(entry, "link", {"rel": "alternate", "href": place})


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
