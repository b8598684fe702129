"""What requests bring, as JSON Schema, for the description of the interface."""

from __future__ import annotations

from typing import Any

from wallet_server.sharing.draft import DAYS
from wallet_server.sharing.fields import FIELDS

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT, "maxItems": 50}
CONTEXT = {
    "type": "object",
    "description": "What the page beside which the badge stands says.",
    "properties": {
        "page": TEXT,
        "names": TEXTS,
        "emails": TEXTS,
        "profiles": TEXTS,
        "dids": TEXTS,
        "telephones": TEXTS,
        "ids": TEXTS,
        "claims": {
            "type": "array",
            "maxItems": 50,
            "items": {
                "type": "object",
                "properties": dict.fromkeys(
                    ("title", "issuer", "issued", "expires", "image", "id", "holder"), TEXT
                ),
            },
        },
        "exact": {"type": "boolean", "description": "The reader stated this person."},
    },
}
ITEM = {
    "type": "object",
    "description": "One of url, credential and bytes. html is what the reader's tab shows at url.",
    "properties": {
        "url": {"type": "string", "format": "uri"},
        "html": TEXT,
        "credential": {"type": "string", "description": "The text as found."},
        "bytes": {"type": "string", "contentEncoding": "base64"},
        "context": CONTEXT,
    },
}
UPLOAD = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "contentMediaType": "*/*"}, "context": TEXT},
}
BATCH = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {"type": "array", "items": ITEM, "minItems": 1, "maxItems": 500},
        "context": CONTEXT,
    },
}
OWN_PAGE = {
    "type": "object",
    "description": "A page: its address, with what a tab shows there, or what was found on it.",
    "properties": {
        "url": {"type": "string", "format": "uri"},
        "html": TEXT,
        "page": {"type": "string", "format": "uri"},
        "items": {"type": "array", "items": ITEM, "maxItems": 500},
    },
}
IMPORT = {
    "type": "object",
    "description": "One of urls, credential and bytes, what it is called, and its passphrase.",
    "properties": {
        "urls": {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 500},
        "credential": TEXT,
        "bytes": {"type": "string", "contentEncoding": "base64"},
        "name": TEXT,
        "passphrase": TEXT,
        "all": {"type": "boolean", "description": "Every award of a profile among the urls."},
    },
}
UPLOADS = {
    "type": "object",
    "required": ["files"],
    "properties": {
        "files": {"type": "array", "items": {"type": "string", "contentMediaType": "*/*"}},
        "passphrase": TEXT,
    },
}
PAIR = {
    "type": "object",
    "description": "nonce alone: the server proves that it knows the code. code: a token.",
    "properties": {"nonce": TEXT, "code": TEXT},
}
STEP = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9-]{1,20}$"},
        "name": {"type": "string", "maxLength": 200},
        "part_of": {"type": "array", "items": TEXT, "description": "Ids of steps."},
        "credential": {"type": ["string", "null"], "description": "An id in the wallet."},
        "achievement": {"type": ["string", "null"], "format": "uri"},
    },
}
PATHWAY = {
    "type": "object",
    "required": ["name", "steps"],
    "properties": {
        "name": {"type": "string", "maxLength": 200},
        "steps": {"type": "array", "items": STEP, "minItems": 1, "maxItems": 60},
    },
}
LABELS = {
    "type": "object",
    "properties": {"note": TEXT, "tags": {"type": "array", "items": TEXT, "maxItems": 50}},
}
FILTERS = {
    "q": "words, each perhaps only begun, that all stand in what a card says",
    "verdict": "one of the twelve",
    "issuer": "as it stands on the card",
    "kind": "as in a report",
    "tag": "one of the owner's",
    "before": "the key of the last card of the page before: `older`",
    "size": "cards on a page, up to 500",
}
LINEAGE = {
    "type": "object",
    "description": "One of the two: the id of another credential.",
    "properties": {"same_as": TEXT, "not_same_as": TEXT},
}
OWNER = {
    "type": "object",
    "required": ["identifiers"],
    "properties": {
        "identifiers": {
            "type": "array",
            "maxItems": 50,
            "items": {
                "type": "object",
                "required": ["kind", "value"],
                "properties": {
                    "kind": {"enum": ["email", "name", "url", "did", "telephone", "id"]},
                    "value": {"type": "string", "maxLength": 300},
                },
            },
        }
    },
}
SHARE = {
    "type": "object",
    "description": "badges or a stack. No fields: every part is shown. days null: for good.",
    "properties": {
        "badges": {"type": "array", "items": TEXT, "maxItems": 50},
        "stack": TEXT,
        "name": TEXT,
        "fields": {"type": "array", "items": {"enum": [field.word for field in FIELDS]}},
        "shown": {"type": "object", "properties": dict.fromkeys(("name", "email", "words"), TEXT)},
        "days": {"type": ["integer", "null"], "default": DAYS},
        "expires_at": {"type": "string", "format": "date-time"},
    },
}
PRESENT = {
    "type": "object",
    "required": ["request", "credentials"],
    "properties": {
        "request": {
            "type": ["object", "string"],
            "description": "A Verifiable Presentation Request (VCALM 1.0), or a link with one.",
        },
        "credentials": {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 50},
    },
}
CHALLENGE = {
    "type": "object",
    "properties": {
        "reason": {"type": "string", "maxLength": 600, "description": "What the holder reads."},
        "domain": {"type": "string", "description": "This server's own unless given."},
        "days": {"type": "integer", "minimum": 1, "maximum": 90},
        "name": {"type": "string", "description": "Who is expected; told to nobody."},
        "email": {"type": "string", "description": "Likewise."},
    },
}
PRESENTED = {
    "type": "object",
    "required": ["presentation"],
    "properties": {"presentation": {"type": ["object", "string"]}},
}
PASSPHRASE = {"type": "object", "required": ["passphrase"], "properties": {"passphrase": TEXT}}
RESTORE = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "contentMediaType": "*/*"}, "passphrase": TEXT},
}
VC_OPTIONS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "checks": {"type": "array", "items": {"enum": ["proof", "credentialStatus"]}},
        "challenge": TEXT,
        "domain": TEXT,
        "expectedProofPurpose": TEXT,
        "returnProblemDetails": {"type": "boolean"},
    },
}
SWEEP = {
    "type": "object",
    "description": "A list: one of text and bytes, and what its columns are, from name to kind.",
    "properties": {
        "name": TEXT,
        "text": TEXT,
        "bytes": {"type": "string", "contentEncoding": "base64"},
        "columns": {"type": "object", "additionalProperties": TEXT},
    },
}
