"""What `touchstone verify` loads for a file that needs nothing but itself: it starts as fast as
that.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.made.signing import CREDENTIALS_2, did_key, signed

#: What takes longer to load than such a badge to verify, or as long as many another part.
HEAVY = (
    *("anyio", "asyncio", "babel", "bs4", "httpcore2", "lxml", "PIL", "pyld", "pypdf", "rich"),
    *("base58", "idna", "rfc8785", "typing_extensions", "cryptography.hazmat.backends"),
    *(f"cryptography.hazmat.primitives.asymmetric.{kind}" for kind in ("ec", "padding", "rsa")),
    *("verifier.checks.status", "verifier.containers.files", "verifier.read.visits"),
    *("verifier.parse.compact", "verifier.parse.open_badges_2", "verifier.trust.domains"),
)
#: What a library imports at once and uses for little: it is loaded by whoever does use it.
PUT_OFF = ("inspect", "ipaddress", "platform", "textwrap", "msgspec.inspect")
RUN = f"""
import sys
before = set(sys.modules)
from wallet_server.__main__ import main
try:
    main()
finally:
    loaded = sys.modules.keys() - before
    print(*sorted(loaded & set({HEAVY + PUT_OFF!r})), file=sys.stderr)
"""
HELP = f"""
import sys
from importlib import import_module
from wallet_server.__main__ import main
try:
    main()
finally:
    modules = [import_module(name) for name in {PUT_OFF!r}]
    print(*(name for name in modules if not name.__file__), file=sys.stderr)
"""
BADGE: dict[str, Any] = {
    "@context": [
        CREDENTIALS_2,
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:1d1c7d26-0000-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": did_key("fernhill"), "type": ["Profile"], "name": "Fernhill"},
    "validFrom": "2025-01-01T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://fernhill.example/a/1",
            "type": ["Achievement"],
            "name": "Hedge Laying",
            "description": "Lays hedges.",
            "criteria": {"narrative": "Laid one."},
        },
    },
}


def test_a_signed_file_loads_neither_web_nor_loop_nor_pages(tmp_path: Path) -> None:
    (tmp_path / "badge.json").write_text(json.dumps(signed(BADGE, "fernhill")))
    done = subprocess.run(
        [sys.executable, "-c", RUN, "verify", "--json", str(tmp_path / "badge.json")],
        env={**os.environ, "TOUCHSTONE_DATA": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    report = json.loads(done.stdout)
    assert report["checks"][0]["code"] == "signature"
    assert done.stderr.strip() == ""


def test_what_is_put_off_is_there_when_it_is_asked_for() -> None:
    """Help is cleaned by `inspect`, and texts of click's own by whatever they need."""
    done = subprocess.run(
        [sys.executable, "-c", HELP, "sweep", "--help"], capture_output=True, text=True, timeout=60
    )
    assert "files\n  and CVs, a LinkedIn export." in done.stdout
    assert done.stderr.strip() == ""
