"""Long lists of small texts: other processes verify some, while this one sees to all else.

They have neither the web nor the wallet. What takes any of that they leave out, and it is done
here; most that doesn't is of issuers whose id is their key.
"""

from __future__ import annotations

import asyncio
import os
import pickle
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import anyio
from msgspec import Struct
from msgspec.structs import replace

from verifier.containers import plain
from verifier.errors import TooCostly
from verifier.forgetting import forget
from verifier.ports import Circumstances, TrustRegistry, Workers
from wallet_server import workers
from wallet_server.at_once import at_once
from wallet_server.store.sightings import shown
from wallet_server.verification import now

#: Of fewer texts, to hand some over takes longer than it saves.
AT_LEAST = 100
#: Bytes of a text that is small.
LONGEST = 16 * 1024
#: Other processes that this one can keep busy.
MOST = 3
#: Seconds after which this process goes on although nothing was handed over yet, and after which
#: nobody waits for other processes any more.
HANDING_OVER, LATE = 0.05, 2.0


class Text(Struct, frozen=True):
    """One of a list, what it is called, and by what it is judged but for lists, time and what was
    met before.
    """

    index: int
    content: bytes
    label: str
    circumstances: Circumstances


#: Of which text, and what there is to say of it.
Line = tuple[int, bytes]


def is_small(source: bytes | str) -> bool:
    """Whether it is a text that others may verify."""
    return isinstance(source, bytes) and len(source) <= LONGEST and plain(source) is not None


def shares(texts: Sequence[int]) -> list[Sequence[int]]:
    """Those of a list's texts that others shall verify, for each other process that is there: the
    last, and as many as are left for this one.
    """
    if len(texts) < AT_LEAST:
        return []
    others = workers.ready(min(MOST, _processors() - 1))
    size = len(texts) // (others + 1)
    return [texts[len(texts) - size * (n + 1) : len(texts) - size * n] for n in range(others)]


async def told(
    texts: Sequence[Text],
    trust: tuple[TrustRegistry, ...],
    behind: Workers,
    sent: Callable[[], object],
) -> list[Line]:
    """What another process says of these, as far as it can tell, with these lists. `sent` is called
    once they are handed over, which takes long for as long as this one is busy.
    """
    workers.SENT.set(partial(asyncio.get_running_loop().call_soon_threadsafe, sent))
    with anyio.move_on_after(LATE):
        try:
            return await behind.run(lines, pickle.dumps(trust), texts)
        except TooCostly:
            pass  # a machine in trouble
    return []


def lines(trust: bytes, texts: Sequence[Text]) -> list[Line]:
    """A line for each of these that takes neither web nor workers, and shows nothing of an issuer
    of whom something else may have been met before.
    """
    found = []
    for one in texts:
        around = replace(one.circumstances, now=now(), trust=_lists(trust))
        verified = at_once(one.content, one.label, around)
        if verified is not None and not (verified.report and shown(verified.report)):
            found.append((one.index, verified.answered(index=one.index) + b"\n"))
    forget()  # nobody tells this process what is deleted
    return found


#: The same lists for one share after the other: what is prepared of them goes by their identity.
_lists: Callable[[bytes], tuple[TrustRegistry, ...]] = lru_cache(1)(pickle.loads)


def _processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
