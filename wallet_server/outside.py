"""What others reach of this server through a proxy in front of it: what is handed on, no more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from starlette.types import Scope

from wallet_server.settings import LOOPBACK

#: Addresses that hold nothing of a wallet but what its owner hands on. None of them takes a cookie.
HANDED_ON = ("/s/", "/ask/")
#: What is there from outside: these, and what their pages load.
PUBLIC = (*HANDED_ON, "/static/")
#: Set in the scope of a request from outside: the origin that it asks for.
ORIGIN = "touchstone.public"
#: Pictures of shares, which other sites may show.
_EMBEDDED = re.compile(r"/s/[^/]{1,100}/(?:[^/]{1,20}/)?[a-z-]{1,20}\.png")
#: What proxies add to the requests that they pass on.
_FORWARDED = re.compile(
    r"forwarded|x-forwarded-.+|via|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip"
)


_PORT = re.compile(r":\d{1,5}\Z")


class Outside(Struct, frozen=True):
    """The world beyond a proxy, which reaches this server as `origin` (none: not at all)."""

    origin: str | None

    def asks(self, name: str, headers: Mapping[str, str]) -> bool:
        """Whether a request for the host `name` comes from out there: it asks for the public one,
        or a proxy says that it passes it on, whatever host it names.
        """
        if self.origin is None or not name:
            return False
        public = host_name(self.origin.partition("://")[2])
        named = name == public and name not in LOOPBACK  # those are the owner's own way in
        return named or any(map(_FORWARDED.fullmatch, headers.keys()))


@lru_cache(maxsize=16)  # whoever asks asks for the same one
def host_name(host: str) -> str:
    """A host without its port."""
    return _PORT.sub("", host)


def is_embedded(scope: Scope, headers: Mapping[str, str]) -> bool:
    """Whether a page, of whatever site, shows a picture of a share."""
    is_read = scope["method"] in ("GET", "HEAD")
    is_picture = headers.get("sec-fetch-dest") == "image"
    return bool(is_read and is_picture and _EMBEDDED.fullmatch(scope["path"]))
