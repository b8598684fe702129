"""The rows: what is measured against what, and the goals. Contestants are named in
`contestants.py`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Kind = Literal["times as fast", "times as slow", "share"]
Figure = Literal["cpu_ms", "wall_ms", "memory_mb"]


class Row(Struct, frozen=True):
    """One comparison. `ours` and `theirs` name contestants; `times` is how much of theirs one of
    ours stands beside. A row without goals only informs.
    """

    name: str
    what: str
    ours: str
    theirs: str
    kind: Kind = "times as fast"
    at_least: float | None = None
    aim: float | None = None
    figure: Figure = "cpu_ms"
    times: int = 1

    def ratio(self, ours: float, theirs: float) -> float:
        """How the two figures stand to each other."""
        theirs *= self.times
        return ours / theirs if self.kind == "times as slow" else theirs / ours

    def reaches(self, ratio: float, goal: float) -> bool:
        """Whether `ratio` is as good as `goal`."""
        return ratio <= goal if self.kind == "times as slow" else ratio >= goal

    def written(self, ratio: float) -> str:
        """`ratio` or a goal as the table shows it."""
        if self.kind == "share":
            return f"{ratio:.0%}"
        digits = 0 if ratio >= 100 else 1 if ratio >= 10 else 2
        return f"{ratio:.{digits}f}x"


_SLOWER: Kind = "times as slow"
_DATABASES = (("SQLite", "sqlite"), ("PostgreSQL", "postgresql"))
ROWS = (
    Row(
        "small",
        "small Open Badges 3.0 credential (S), the five answers, against verifier-core",
        "small",
        "small by verifier-core",
        at_least=10,
        aim=15,
    ),
    Row(
        "limit",
        "the same, as a share of the bare limit (JSON, two hashes, one Ed25519)",
        "small",
        "limit",
        "share",
        0.45,
        0.65,
    ),
    Row(
        "large",
        "complete Open Badges 3.0 credential (L), the five answers, against `@digitalbazaar/vc`",
        "large",
        "large by vc",
        at_least=25,
        aim=45,
    ),
    Row(
        "many",
        "200 different credentials (M), the five answers, against verifier-core",
        "many",
        "many by verifier-core",
        at_least=12,
        aim=17,
    ),
    Row(
        "many",
        "the same, none of their issuers and words met before",
        "first",
        "many by verifier-core",
    ),
    Row("again", "S again, the same bytes, against other bytes each time", "again", "small"),
    *(
        Row(
            f"jwt-{algorithm}",
            f"JWT-VC, {algorithm}: key, signature and claims, against jose",
            f"token {algorithm}",
            f"token {algorithm} by jose",
            at_least=1.0,
            aim=1.15,
        )
        for algorithm in ("RS256", "ES256", "EdDSA")
    ),
    *(
        Row(
            f"jwt-{algorithm}",
            f"JWT-VC, {algorithm}: all five answers, against the same check by jose",
            f"report {algorithm}",
            f"token {algorithm} by jose",
        )
        for algorithm in ("RS256", "ES256", "EdDSA")
    ),
    Row(
        "http",
        "verdicts through HTTP, 32 connections, against Express and verifier-core",
        "served",
        "served by express",
        at_least=8,
        aim=12,
    ),
    Row(
        "http",
        "memory of that server, against theirs",
        "served",
        "served by express",
        _SLOWER,
        1 / 3,
        1 / 4,
        "memory_mb",
    ),
    Row(
        "unbake",
        "PNG of 5 MB unbaked, against openbadges-bakery",
        "unbake",
        "unbake by bakery",
        at_least=100,
        aim=180,
    ),
    Row(
        "start",
        "new process to first verdict, against a bare Python with one Ed25519 check",
        "start",
        "bare start",
        _SLOWER,
        4,
        2.2,
    ),
    Row(
        "page",
        "50 badges in one batch through HTTP, against 50 bare limits",
        "page",
        "limit",
        _SLOWER,
        3,
        2,
        times=50,
    ),
    Row(
        "cores",
        "200 badges in one batch through HTTP by the clock, on two cores or more against on one",
        "batch on all cores",
        "batch on one core",
        figure="wall_ms",
    ),
    *(
        Row(
            "hostile",
            f"hostile credential ({what}) refused, against one good S",
            f"hostile {name}",
            "small",
            _SLOWER,
            500,
            100,
        )
        for name, what in (("clique", "clique"), ("deep", "depth"), ("huge", "5 MB"))
    ),
    *(
        Row(
            f"wallet-{kind}",
            f"wallet in {database}: {what}, at 1,000,000 badges against 1,000",
            f"{asked} of 1000000 in {kind}",
            f"{asked} of 1000 in {kind}",
            _SLOWER,
            5,
            1,
        )
        for database, kind in _DATABASES
        for asked, what in (
            ("list", "the newest"),
            ("search", "newest-first search of what one in seven says"),
            ("rare", "search of what none says"),
            ("middle", "a page in the middle"),
        )
    ),
)
