"""The README's Python example runs as it stands, and prints what it says it prints."""

import re
import subprocess
import sys
from pathlib import Path

from tests import platforms

REPOSITORY = Path(__file__).parent.parent


def test_the_example_prints_what_it_says() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    assert example
    promised = re.search(r"# prints: (.+)", example[1])
    assert promised
    done = subprocess.run(
        [sys.executable, "-c", example[1]],
        check=True,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )
    assert done.stdout.strip() == promised[1]


def test_the_table_of_platforms_is_what_their_files_say() -> None:
    assert platforms.written() == platforms.README.read_text(encoding="utf-8")
