"""What is kept as data is what the libraries say now."""

from pathlib import Path

import pytest

from tests.kept.files import FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_is_what_the_libraries_say_now(path: Path) -> None:
    assert path.read_bytes() == FILES[path](), "write it anew: python -m tests.kept"
