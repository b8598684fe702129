"""The issuer lists that a verification goes by: the shipped ones, and files of the reader's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from verifier.errors import Malformed
from verifier.ports import TrustRegistry
from verifier.trust import read_list, shipped


def read_lists(paths: Iterable[Path], *, with_default: bool) -> tuple[TrustRegistry, ...]:
    """The lists in order, the shipped ones first. Raises `Malformed`, naming the file at fault."""
    lists: list[TrustRegistry] = list(shipped()) if with_default else []
    for path in paths:
        try:
            lists.append(read_list(path.read_bytes()))
        except OSError as error:
            says = f"The issuer list “{path}” can't be read: {error.strerror}."
            raise Malformed("trust.file", says) from error
        except Malformed as error:
            raise Malformed(error.reason, f"The issuer list “{path}”: {error.says}") from error
    return tuple(lists)
