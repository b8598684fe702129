"""The ids of credentials, and numbers, in the paths of pages."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor


class _Id(Convertor[str]):
    """The id of a credential, so that the wallet's other pages are never taken for one."""

    regex = "[0-9a-f]{32}"

    def convert(self, value: str) -> str:
        """As it stands."""
        return value

    def to_string(self, value: str) -> str:
        """As it stands."""
        return value


class _Number(Convertor[int]):
    """A place or a number as there may be one: no longer than anything is counted here."""

    regex = "[0-9]{1,9}"

    def convert(self, value: str) -> int:
        """As a number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """As it is written."""
        return str(value)


register_url_convertor("credential", _Id())
register_url_convertor("number", _Number())
#: For the path of a route.
CREDENTIAL, PLACE, NUMBER = "{id:credential}", "{place:number}", "{number:number}"
