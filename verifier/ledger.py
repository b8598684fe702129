"""Public ledgers as documents: where an entry is asked for, and what the answer says of it.

A ledger is asked through an explorer, a web site that anyone may run and none has to be believed by
anybody else; which one answered is told in the report. Formats: the HTTP API of Esplora for Bitcoin
("Transaction format"), the REST API of Blockscout, version 2, for Ethereum ("Get transaction
info").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from verifier.addresses import read_address
from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import Document, Documents, JsonObject, Request, as_list

#: A transaction of Bitcoin that holds 32 bytes: OP_RETURN and how many bytes follow.
_OP_RETURN = re.compile(r"6a20([0-9a-f]{64})")
_DATA = re.compile(r"0x([0-9a-f]{64})", re.IGNORECASE)
_BITCOIN_ID = re.compile(r"[0-9a-f]{64}")
_ETHEREUM_ID = re.compile(r"0x[0-9a-f]{64}")
#: No transaction is younger than Bitcoin, nor of a year that no calendar has.
_FIRST, _LAST = 1_230_768_000, 32_503_680_000


class Entry(Struct, frozen=True):
    """A transaction that its ledger has confirmed.

    `hashes` is what it holds, in hex, `sender` the address whose key signed it, `at` the time of
    its block, `outputs` the address of each output in order, `None` where that has none.
    """

    hashes: tuple[str, ...]
    sender: str
    at: datetime
    outputs: tuple[str | None, ...] = ()


class Ledger(Struct, frozen=True):
    """One ledger; `name` is for people.

    In a `test` one coins cost nothing, or there is no ledger at all: what stands in it proves
    nothing. `explorer` is where a transaction is asked for, `None` where nobody can be.
    """

    name: str
    test: bool = False
    explorer: str | None = None
    identifiers: re.Pattern[str] = _BITCOIN_ID
    read: Callable[[JsonObject, str], Entry] | None = None


class Anchor(Struct, frozen=True):
    """Where a proof says that its root stands: the name of a ledger, and a transaction in it."""

    ledger: str
    transaction: str


def needs(anchor: Anchor) -> Iterator[Request]:
    """The explorer's page about the transaction, if anyone can be asked."""
    address = _address(anchor)
    if address is not None:
        yield Request(address)


def host(anchor: Anchor) -> str | None:
    """The explorer's host."""
    explorer = _ledger(anchor).explorer
    return None if explorer is None else read_address(explorer).host


def ledger_of(anchor: Anchor) -> Ledger:
    """The ledger an anchor names; one that we don't know has its word as its name."""
    return _ledger(anchor)


def read(anchor: Anchor, documents: Documents) -> Entry:
    """The entry at `anchor`.

    Raises `Malformed` with the reason `ledger.unknown` (nobody can be asked), `ledger.id` (no
    transaction is named so), `ledger.unasked` or the reason why there is no answer,
    `ledger.format` and `ledger.unconfirmed`.
    """
    ledger, address = _ledger(anchor), _address(anchor)
    if ledger.explorer is None or ledger.read is None:
        raise Malformed("ledger.unknown", f"Nobody can be asked about {ledger.name}.")
    if address is None:
        raise Malformed("ledger.id", f"It names no transaction of {ledger.name}.")
    body = _body(documents.get(Request(address)), address)
    try:
        return ledger.read(body, anchor.transaction.lower())
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise _other_format(address) from error


def spending(anchor: Anchor, output: int) -> Request | None:
    """The explorer's page about who spent one output of the transaction; `None` for ledgers without
    outputs.
    """
    address = _address(anchor)
    bitcoin = _ledger(anchor).identifiers is _BITCOIN_ID
    return Request(f"{address}/outspend/{output}") if address is not None and bitcoin else None


def is_spent(document: Document | None, request: Request) -> bool:
    """Whether the output that `request` asks about was spent. Raises `Malformed` as `read` does."""
    spent = _body(document, request.url).get("spent")
    if not isinstance(spent, bool):
        raise _other_format(request.url)
    return spent


def _ledger(anchor: Anchor) -> Ledger:
    return LEDGERS.get(anchor.ledger) or Ledger(f"“{anchor.ledger[:40]}”")


def _address(anchor: Anchor) -> str | None:
    ledger = _ledger(anchor)
    transaction = anchor.transaction.lower()
    if ledger.explorer is None or not ledger.identifiers.fullmatch(transaction):
        return None
    return f"{ledger.explorer}{transaction}"


def _body(document: Document | None, address: str) -> JsonObject:
    """What the explorer says, as long as it is the explorer that says it."""
    explorer = read_address(address).host
    if document is None or not document.answered:
        why = "unasked" if document is None else document.error or f"status.{document.status}"
        raise Malformed(f"ledger.{why}", f"{explorer} could not be asked about it.")
    if read_address(document.final_url or address).host != explorer:
        raise Malformed("ledger.redirect", f"{explorer} sends those who ask elsewhere.")
    try:
        return read_object(document.content)
    except Malformed as error:
        raise _other_format(address) from error


def _other_format(address: str) -> Malformed:
    explorer = read_address(address).host
    return Malformed("ledger.format", f"What {explorer} answered is no entry of a ledger.")


def _unconfirmed() -> Malformed:
    return Malformed("ledger.unconfirmed", "The ledger has not confirmed the entry yet.")


def _read_bitcoin(body: JsonObject, transaction: str) -> Entry:
    """Esplora, `GET /tx/:txid`. The first input's key signed all that is in the transaction."""
    if body["txid"] != transaction:
        raise ValueError("another transaction")
    status = body["status"]
    if status["confirmed"] is not True:
        raise _unconfirmed()
    seconds = status["block_time"]
    if not isinstance(seconds, int) or not _FIRST < seconds < _LAST:
        raise ValueError("no time")
    outputs = [_object(item) for item in as_list(body["vout"])]
    scripts = [_OP_RETURN.fullmatch(_text(output["scriptpubkey"])) for output in outputs]
    return Entry(
        hashes=tuple(script[1] for script in scripts if script is not None),
        sender=_text(body["vin"][0]["prevout"]["scriptpubkey_address"]),
        at=datetime.fromtimestamp(seconds, UTC),
        outputs=tuple(output.get("scriptpubkey_address") for output in outputs),
    )


def _read_ethereum(body: JsonObject, transaction: str) -> Entry:
    """Blockscout, `GET /api/v2/transactions/{hash}`."""
    if _text(body["hash"]).lower() != transaction:
        raise ValueError("another transaction")
    if body.get("timestamp") is None or not body.get("confirmations"):
        raise _unconfirmed()
    data = _DATA.fullmatch(_text(body["raw_input"]))
    return Entry(
        hashes=() if data is None else (data[1].lower(),),
        sender=_text(body["from"]["hash"]),
        at=read_moment(body["timestamp"]),
    )


def _text(value: Any) -> str:  # noqa: ANN401 any JSON value
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _object(value: Any) -> JsonObject:  # noqa: ANN401 any JSON value
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value


_ETHEREUM_TEST = Ledger("a test network of Ethereum that is no more", test=True)
#: The ledgers by the words of MerkleProof2017 ("chain"), which is where their names come from.
LEDGERS: Mapping[str, Ledger] = {
    "bitcoinMainnet": Ledger(
        "Bitcoin", explorer="https://blockstream.info/api/tx/", read=_read_bitcoin
    ),
    "bitcoinTestnet": Ledger(
        "Bitcoin's test network",
        test=True,
        explorer="https://blockstream.info/testnet/api/tx/",
        read=_read_bitcoin,
    ),
    "bitcoinRegtest": Ledger("a ledger that somebody made up to test with", test=True),
    "ethereumMainnet": Ledger(
        "Ethereum",
        explorer="https://eth.blockscout.com/api/v2/transactions/",
        identifiers=_ETHEREUM_ID,
        read=_read_ethereum,
    ),
    "ethereumSepolia": Ledger(
        "Ethereum's test network Sepolia",
        test=True,
        explorer="https://eth-sepolia.blockscout.com/api/v2/transactions/",
        identifiers=_ETHEREUM_ID,
        read=_read_ethereum,
    ),
    **dict.fromkeys(("ethereumRopsten", "ethereumRinkeby", "ethereumGoerli"), _ETHEREUM_TEST),
    "mockchain": Ledger("no ledger at all, for testing only", test=True),
}
