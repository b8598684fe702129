"""The id of a credential in the paths of pages."""

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


register_url_convertor("credential", _Id())
#: For the path of a route.
CREDENTIAL = "{id:credential}"
