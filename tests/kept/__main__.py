"""`python -m tests.kept` writes every file anew."""

from tests.kept.files import FILES

for path, content in FILES.items():
    path.write_bytes(content())
