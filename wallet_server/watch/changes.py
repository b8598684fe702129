"""What has changed between two reports on one credential. Pure: two JSON reports in, events out.

Only what an issuer, a platform or the owner's lists did is a change. The answers about a person and
about a page's claims hang on who asked, and are left out. So is a look-up that failed: silence is
told by `silence`, and whoever compares holds the last report that answered against the new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from verifier.dates import read_moment, written
from wallet_server.plain_text import plain
from wallet_server.watch.codes import Change

Json = Mapping[str, Any]

#: Codes that mean: whoever should know did not answer.
SILENT = {
    "genuine": ("host_unreachable", "key_unreachable", "ledger_unreachable"),
    "current": ("status_unreachable", "stale"),
}
_PASSED, _FAILED, _UNKNOWN, _ABSENT = "passed", "failed", "unknown", "absent"
#: Members of a credential of which only that they changed is told.
_NAMED = {
    "description": "its description",
    "evidence": "its evidence",
    "skills": "its skills",
    "alignments": "what it is aligned with",
    "part_of": "what it is part of",
    "made_of": "what it is made of",
    "credits": "its credits",
    "image": "its picture",
    "issued": "its date of issue",
    "kind": "its kind",
}
#: Inner credentials that are compared, and the length of quoted words.
_INNER, _QUOTED = 200, 200


def answer(report: Json, question: str) -> Json:
    """The answer to one of the five questions."""
    return next(one for one in report["checks"] if one["question"] == question)


def is_silent(report: Json) -> bool:
    """Whether it is only for want of an answer that nothing can be told."""
    return any(answer(report, question)["code"] in codes for question, codes in SILENT.items())


def is_partly_unread(report: Json) -> bool:
    """Whether any look-up for it gave nothing, though not what its answers rest on."""
    asked = (one["status"] for one in report["contacted"])
    return any(status is None or (status >= 400 and status != 410) for status in asked)


def is_seen_in_a_tab(report: Json) -> bool:
    """Whether its owner's own tab showed it, which may show more than any program gets to see."""
    return "seen_in" in answer(report, "genuine")["detail"]


def changes(before: Json, after: Json) -> tuple[Change, ...]:
    """What happened between `before`, the last report that answered, and `after`, which answered
    too; for every credential in it likewise.
    """
    found = [*_status(before, after), *_genuine(before, after), *_refused(before, after)]
    if tells(before) and tells(after):
        found += [*_vouched(before, after), *_issuer(before, after), *_says(before, after)]
    for inner, (old, new) in _within(before, after):
        found += [_of(inner, change) for change in changes(old, new)]
    return tuple(found)


def tells(report: Json) -> bool:
    """Whether what it says is its issuer's word, and whole: an address that only says that it took
    the badge back says nothing else of it.
    """
    genuine, current = answer(report, "genuine"), answer(report, "current")
    return bool(genuine["outcome"] == _PASSED and current["code"] != "revoked")


def _status(before: Json, after: Json) -> Iterator[Change]:
    """Whether it is in force."""
    was, now = answer(before, "current"), answer(after, "current")
    if was["code"] == now["code"]:
        return
    detail = {"was": was["code"], "now": now["code"]}
    if now["code"] in ("revoked", "suspended", "expired"):
        yield Change(now["code"], plain(now["says"]), detail)
    elif was["code"] in ("revoked", "suspended") and now["outcome"] in (_PASSED, _ABSENT):
        word = {"revoked": "taken back", "suspended": "suspended"}[was["code"]]
        says = f"It was {word}, and is no longer. {now['says']}"
        yield Change("reinstated", plain(says), detail)
    elif was["code"] == "not_yet_valid" and now["outcome"] == _PASSED:
        yield Change("begun", plain(f"Its time has begun. {now['says']}"), detail)
    elif now["outcome"] == _UNKNOWN and was["outcome"] != _UNKNOWN:
        says = f"Whether it is in force can no longer be told. {now['says']}"
        yield Change("unclear", plain(says), detail)
    elif was["outcome"] == _UNKNOWN and now["outcome"] in (_PASSED, _ABSENT):
        says = f"Whether it is in force could not be told before. {now['says']}"
        yield Change("established", plain(says), detail)


def _genuine(before: Json, after: Json) -> Iterator[Change]:
    """Whether the issuer still says it, and with which key."""
    was, now = answer(before, "genuine"), answer(after, "genuine")
    detail = {"was": was["code"], "now": now["code"]}
    keys = tuple(one["detail"].get("key_sha256") for one in (was, now))
    if was["outcome"] == _PASSED and _lost_its_key(was, now):
        says = "Its signature held before, and its issuer's key is another now or listed no longer."
        yield Change("key_changed", plain(f"{says} {now['says']}"), detail)
    elif None not in keys and keys[0] != keys[1]:
        says = "Another key of its issuer's proves it now."
        yield Change("key_changed", says, {**detail, "key_sha256": keys[1]})
    elif was["outcome"] == now["outcome"]:
        return
    elif now["outcome"] == _FAILED:
        yield Change("broken", plain(f"It is no longer genuine. {now['says']}"), detail)
    elif now["outcome"] == _PASSED:
        says = f"That it is genuine could not be established before. {now['says']}"
        yield Change("established", plain(says), detail)
    elif was["outcome"] == _PASSED:
        says = f"That it is genuine can no longer be established. {now['says']}"
        yield Change("unclear", plain(says), detail)


def _lost_its_key(was: Json, now: Json) -> bool:
    """A signature that held stands over the same bytes: if it holds no longer, and has not run out,
    the key is another.
    """
    if was["code"] != "signature":
        return False
    if now["code"] in ("key_not_listed", "key_not_issuers"):
        return True
    return now["code"] == "bad_signature" and now["detail"].get("reason") is None


def _issuer(before: Json, after: Json) -> Iterator[Change]:
    """Who the issuer is, and what was met anew of it."""
    was, now = before["credential"]["issuer"], after["credential"]["issuer"]
    for member, word in (("id", "names as its issuer"), ("name", "calls its issuer")):
        if was[member] != now[member]:
            says = f"It {word} {_quoted(now[member])}; before, it was {_quoted(was[member])}."
            yield Change("issuer_changed", says, {"what": member, "was": was[member]})
    proven, before_proven = now["proven"], was["proven"]
    moved = proven != before_proven and None not in (proven, before_proven)
    if was["id"] == now["id"] and moved:
        says = f"It is proven at {plain(proven)} now; before, at {plain(before_proven)}."
        yield Change("issuer_changed", says, {"what": "proven", "was": before_proven})
    known = {one["what"] for one in answer(before, "issuer")["detail"].get("changed", ())}
    for one in answer(after, "issuer")["detail"].get("changed", ()):
        if one["what"] not in known:
            day = written(read_moment(str(one["first_seen"])))
            code = "key_changed" if one["what"] == "key" else "issuer_changed"
            says = f"Its issuer's {one['what']} is another than the one first seen on {day}."
            yield Change(code, plain(says), {"what": one["what"], "was": one["was"]})


def _refused(before: Json, after: Json) -> Iterator[Change]:
    """A list refuses the issuer, or they turn out to be an imitation."""
    was, now = answer(before, "issuer"), answer(after, "issuer")
    if now["outcome"] == _FAILED and was["outcome"] != _FAILED:
        yield Change("refused", plain(now["says"]), {"was": was["code"], "now": now["code"]})


def _vouched(before: Json, after: Json) -> Iterator[Change]:
    """Whether the owner's lists know the issuer; one that can't be read says nothing."""
    was, now = answer(before, "issuer"), answer(after, "issuer")
    if was["outcome"] == now["outcome"] or "registry_unread" in (was["code"], now["code"]):
        return
    detail = {"was": was["code"], "now": now["code"]}
    if now["outcome"] == _PASSED:
        yield Change("vouched", plain(now["says"]), detail)
    elif was["outcome"] == _PASSED and now["outcome"] != _FAILED:
        yield Change("not_vouched", plain(now["says"]), detail)


def _says(before: Json, after: Json) -> Iterator[Change]:
    """What the badge says of itself."""
    was, now = before["credential"], after["credential"]
    partly = is_partly_unread(before) or is_partly_unread(after)

    def differs(member: str) -> bool:
        """What is there once and not the other time may only not have been read."""
        one, other = was.get(member), now.get(member)
        return one != other and not (partly and not (one and other))

    if differs("name"):
        says = f"It is called {_quoted(now['name'])} now; before, {_quoted(was['name'])}."
        yield Change("title_changed", says, {"was": was["name"]})
    if differs("criteria"):
        says = f"What it is awarded for reads now: {_criteria(now)}. Before: {_criteria(was)}."
        yield Change("criteria_changed", says, {"was": was["criteria"]})
    if was["expires"] != now["expires"]:
        later = now["expires"] is None or (
            was["expires"] is not None and read_moment(now["expires"]) > read_moment(was["expires"])
        )
        says = f"{_until(now['expires'], 'It is valid')} now; before, {_until(was['expires'])}."
        yield Change("renewed" if later else "shortened", says, {"was": was["expires"]})
    other = [word for member, word in _NAMED.items() if differs(member)]
    if was["recipient"]["name"] != now["recipient"]["name"]:
        other.append("whom it names")
    if other:
        says = f"Its issuer changed {_listed(other)}."
        yield Change("details_changed", says, {"what": other})


def _within(before: Json, after: Json) -> Iterator[tuple[str, tuple[Json, Json]]]:
    """The credentials that are in both, by their id, or else by their name and place."""
    old = {_key(place, one): one for place, one in enumerate(before["bundle"][:_INNER])}
    for place, one in enumerate(after["bundle"][:_INNER]):
        held = old.get(_key(place, one))
        if held is not None and not is_silent(held) and not is_silent(one):
            yield plain(one["credential"]["name"] or "A badge in it", 80), (held, one)


def _key(place: int, report: Json) -> tuple[object, ...]:
    said = report["credential"]
    return (said["id"],) if said["id"] else (said["name"], place)


def _of(inner: str, change: Change) -> Change:
    return Change(change.code, f"“{inner}”: {change.says}", {**change.detail, "inner": inner})


def _criteria(said: Json) -> str:
    return _quoted(said["criteria"]["text"] or said["criteria"]["url"])


def _quoted(text: str | None) -> str:
    return f"“{plain(text, _QUOTED)}”" if text else "nothing"


def _until(moment: str | None, start: str = "") -> str:
    ends = "without an end" if moment is None else f"until {written(read_moment(moment))}"
    return f"{start} {ends}".strip()


def _listed(words: list[str]) -> str:
    return words[0] if not words[1:] else f"{', '.join(words[:-1])} and {words[-1]}"


def silence(since: datetime, hosts: tuple[str, ...]) -> Change:
    """That nobody has answered since then."""
    who = _listed([plain(host, 100) for host in hosts]) if hosts else "Whoever should know"
    day = written(since)
    has = "have" if hosts[1:] else "has"
    says = f"{who} {has} not answered since {day}, so nobody confirms it. Your copy is kept."
    return Change("gone", says, {"since": since.isoformat().replace("+00:00", "Z")})


def back(since: datetime) -> Change:
    """That the silence since then has ended."""
    says = f"What had not answered since {written(since)} answers again."
    return Change("back", says, {"since": since.isoformat().replace("+00:00", "Z")})


def first_answer(after: Json) -> Change:
    """That what could not be checked when it was saved was checked."""
    says = f"It could not be checked when it was saved, and now it was. {after['headline']}"
    return Change("established", plain(says), {"now": after["verdict"]})
