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

#: What takes longer to load than such a badge to verify.
HEAVY = ("anyio", "asyncio", "babel", "bs4", "httpcore2", "lxml", "PIL", "pyld", "pypdf", "rich")
RUN = f"""
import sys
from wallet_server.cli import main
try:
    main()
finally:
    print(*sorted(sys.modules.keys() & set({HEAVY!r})), file=sys.stderr)
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
