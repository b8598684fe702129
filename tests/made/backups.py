"""Backups and exports as other wallets and services hand them out, of made-up people and badges.

Their shapes are taken from those programs' own sources and descriptions; each function says which.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from tests.made.documents import archive
from tests.made.folder import as_json
from tests.made.signing import JsonDocument, did_key, multikey

PASSPHRASE = "a loom of one's own"  # noqa: S105 - it opens nothing but samples
HOLDER_KEY = "wallet of Mira Solano"
#: No secret at all: what stands where a real backup has the wallet's secret key.
SECRET = "zMadeUpSecretKeyThatOpensNothing"  # noqa: S105 - as it says
_SALT, _IV, _KEY = b"made-up salt 016", b"made-up iv12", hashlib.sha256(b"made up").digest()


def universal_wallet(*credentials: JsonDocument, profile: str = "Default") -> JsonDocument:
    """One profile of Learner Credential Wallet (its `exportProfileRecord`)."""
    did = did_key(HOLDER_KEY)
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1", "https://w3id.org/wallet/v1"],
        "id": "http://example.gov/wallet/3732",
        "type": "UniversalWallet2020",
        "status": "UNLOCKED",
        "contents": [*credentials, *_profile(did), _metadata(profile)],
    }


def _profile(did: str) -> list[JsonDocument]:
    return [
        {"@context": ["https://www.w3.org/ns/did/v1"], "id": did, "assertionMethod": [f"{did}#k"]},
        {
            "id": f"{did}#k",
            "type": "Ed25519VerificationKey2020",
            "controller": did,
            "publicKeyMultibase": multikey(HOLDER_KEY),
            "privateKeyMultibase": SECRET,
        },
    ]


def _metadata(profile: str) -> JsonDocument:
    return {
        "@context": ["https://w3id.org/wallet/v1"],
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "type": "ProfileMetadata",
        "data": {"profileName": profile},
    }


def locked_wallet(text: bytes) -> bytes:
    """A backup under a passphrase (Learner Credential Wallet's `exportWalletEncrypted`)."""
    derived = PBKDF2HMAC(SHA512(), 32, _SALT, 120_000).derive(PASSPHRASE.encode())
    sealed = AESGCM(_KEY).encrypt(_IV, json.dumps(text.decode()).encode(), None)
    header = {
        "alg": "PBES2-HS512+A256KW",
        "p2s": _base64(_SALT),
        "p2c": 120_000,
        "enc": "A256GCM",
    }
    wrapped = _base64(aes_key_wrap(derived, _KEY))
    jwe = {
        "recipients": [{"header": header, "encrypted_key": wrapped}],
        "iv": _base64(_IV),
        "ciphertext": _base64(sealed[:-16]),
        "tag": _base64(sealed[-16:]),
    }
    return as_json(
        {
            "@context": ["https://www.w3.org/2018/credentials/v1", "http://w3id.org/wallet/v1"],
            "id": "http://example.gov/wallet/3732",
            "type": ["VerifiableCredential", "EncryptedWallet"],
            "issuer": "did:web:lcw.app",
            "issuanceDate": "2025-06-01T00:00:00.000Z",
            "credentialSubject": {"id": "urn:uuid:made-up", "jwe": jwe},
        }
    )


def wallet_tar(*credentials: JsonDocument) -> bytes:
    """A newer backup (its `buildWalletTarFromInputs`): credentials and profiles side by side."""
    did = did_key(HOLDER_KEY)
    names = [f"bafymadeup{number}" for number in range(len(credentials))]
    document, key = _profile(did)
    profile = {
        "profileName": "Default",
        "didDocument": document,
        "verificationKey": key,
        "credentialCids": names,
    }
    files = {
        "manifest.yml": b"ubc-version: '0.1'\n",
        "profiles/default.json": as_json(profile),
        **{
            f"credentials/{name}.json": as_json(one)
            for name, one in zip(names, credentials, strict=True)
        },
    }
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as packed:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    return target.getvalue()


def learncard(*credentials: JsonDocument, passphrase: str | None = None) -> bytes:
    """LearnCard's holder continuity bundle, version 1.0.0 (its `createLearnCardBundle`)."""
    seed = b"0" * 64 + b"\n"
    payloads = [
        ("keys/did-document.json", "did-document", as_json({"primaryDid": did_key(HOLDER_KEY)})),
        ("keys/private-key-seed.txt", "key-private-seed", seed),
        *(
            (f"credentials/{_hex(as_json(one))}.json", "credential", as_json(one))
            for one in credentials
        ),
        ("index-records/1.json", "index-record", as_json({"id": "1", "category": "Achievement"})),
    ]
    files: dict[str, bytes] = {"README.md": b"# LearnCard Holder Continuity Export\n"}
    contents = []
    for path, word, content in payloads:
        locked = passphrase is not None and word != "did-document"
        stored = _sealed(content, passphrase or "") if locked else content
        path += ".enc" if locked else ""
        files[path] = stored
        contents.append({"type": word, "path": path, "sha256": _hex(stored), "encrypted": locked})
    manifest = {
        "specVersion": "1.0.0",
        "walletName": "LearnCard",
        "contents": contents,
        "warnings": [],
        "payloadSha256": _hex(json.dumps(contents).encode()),
    }
    return archive({**files, "manifest.json": as_json(manifest)})


def _sealed(content: bytes, passphrase: str) -> bytes:
    """LearnCard's `encryptWithPassword`; with less work than its own, which tests needn't do."""
    asked = {"algorithm": "argon2id", "timeCost": 1, "memoryCost": 1024, "parallelism": 4}
    key = Argon2id(salt=_SALT, length=32, iterations=1, lanes=4, memory_cost=1024)
    sealed = AESGCM(key.derive(passphrase.encode())).encrypt(_IV, content, None)
    envelope = {"ciphertext": _base64(sealed), "iv": _base64(_IV), "salt": _base64(_SALT)}
    return as_json({**envelope, "kdfParams": asked})


def badgr_1(*places: str) -> bytes:
    """`GET /v1/earner/badges` of a Badgr server."""
    entries = [
        {
            "id": f"entity{number}",
            "acceptance": "Accepted",
            "json": {
                "type": "Assertion",
                "id": place,
                "verify": {"type": "hosted", "url": place},
                "badge": {"name": {"type": "xsd:string", "@value": f"Badge {number}"}},
            },
            "imagePreview": {"type": "image", "id": f"{place}/image"},
            "shareUrl": place,
        }
        for number, place in enumerate(places, 1)
    ]
    return as_json(entries)


def badgr_2(*places: str) -> bytes:
    """`GET /v2/backpack/assertions` of a Badgr server."""
    entries = [
        {
            "entityType": "BadgeInstance",
            "entityId": f"entity{number}",
            "openBadgeId": place,
            "image": f"{place}/image",
            "acceptance": "Accepted",
            "recipient": {"identity": "mira.solano@portfolio.example", "type": "email"},
            "issuedOn": "2024-05-02T10:00:00Z",
            "pending": False,
        }
        for number, place in enumerate(places, 1)
    ]
    status = {"success": True, "description": "ok"}
    return as_json({"status": status, "result": entries})


def badge_connect(*assertions: JsonDocument) -> bytes:
    """`GET /ims/ob/v2p1/assertions` (Badge Connect, Open Badges 2.1)."""
    status = {"error": None, "statusCode": 200, "statusText": "OK"}
    return as_json({"status": status, "results": list(assertions)})


def mozilla_group(*badges: tuple[str, JsonDocument]) -> bytes:
    """A group of a Mozilla backpack (`/displayer/…/group/….json`): each with its hosted address."""
    entries = [
        {
            "lastValidated": "2016-03-01T00:00:00.000Z",
            "hostedUrl": place,
            "assertion": assertion,
            "imageUrl": "https://backpack.example/images/1.png",
        }
        for place, assertion in badges
    ]
    return as_json({"userId": 21, "groupId": 7, "badges": entries})


def mozilla_groups() -> bytes:
    """The list of such groups (`/displayer/…/groups.json`)."""
    return as_json({"userId": 21, "groups": [{"groupId": 7, "name": "Looms", "badges": 2}]})


def passport_list(*places: str) -> list[dict[str, Any]]:
    """Open Badge Passport's list of badges to export (`/obpv1/badge/export`)."""
    return [
        {
            "id": number,
            "name": f"Badge {number}",
            "description": "As its issuer describes it.",
            "image_file": f"file/{number}.png",
            "email": "mira.solano@portfolio.example",
            "visibility": "private",
            "tags": ["crafts"],
            "assertion_url": place,
        }
        for number, place in enumerate(places, 1)
    ]


def passport_account(*places: str) -> bytes:
    """Everything that Open Badge Passport holds of an account (`/obpv1/user/data`)."""
    user = {"id": 3, "first_name": "Mira", "last_name": "Solano"}
    return as_json({"user": user, "emails": [], "user_badges": passport_list(*places)})


def europass(attached: Mapping[str, bytes], links: Sequence[str] = ()) -> bytes:
    """A CV of the European Commission's editor (`Candidate`, schema version 4)."""
    files = "".join(
        "<eures:Attachment>"
        f'<oa:EmbeddedData mimeCode="application/octet-stream" filename="{name}">'
        f"{_base64(content)}</oa:EmbeddedData><oa:FileType>other</oa:FileType>"
        "</eures:Attachment>"
        for name, content in attached.items()
    )
    photo = _base64(b"data:image/png;base64," + base64.b64encode(b"\x89PNG made up"))
    linked = "".join(f"<Other><Title>A badge</Title><Link>{at}</Link></Other>" for at in links)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"'
        ' xmlns:oa="http://www.openapplications.org/oagis/9"'
        ' xmlns:eures="http://www.europass_eures.eu/1.0">'
        "<CandidatePerson><PersonName><oa:GivenName>Mira</oa:GivenName>"
        "<hr:FamilyName>Solano</hr:FamilyName></PersonName></CandidatePerson>"
        f'<CandidateProfile languageCode="en"><Others><Title>Badges</Title>{linked}</Others>'
        f"{files}<eures:Attachment><oa:EmbeddedData>{photo}</oa:EmbeddedData>"
        "<oa:FileType>photo</oa:FileType><hr:Instructions>ProfilePicture</hr:Instructions>"
        "</eures:Attachment></CandidateProfile></Candidate>\n"
    ).encode()


def skills_passport(attached: Mapping[str, bytes]) -> bytes:
    """A CV of Cedefop's editor, as it was until 2020 (`SkillsPassport`, schema version 3)."""
    files = "".join(
        f"<Attachment><Name>{name}</Name><MimeType>application/octet-stream</MimeType>"
        f"<Data>{_base64(content)}</Data></Attachment>"
        for name, content in attached.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en">'
        "<DocumentInfo><DocumentType>ECV_ESP</DocumentType><XSDVersion>V3.4</XSDVersion>"
        "</DocumentInfo><LearnerInfo><Identification><Photo><MimeType>image/png</MimeType>"
        f"<Data>{_base64(b'made up')}</Data></Photo></Identification></LearnerInfo>"
        f"<AttachmentList>{files}</AttachmentList></SkillsPassport>\n"
    ).encode()


def europass_credential() -> JsonDocument:
    """A European Digital Credential, without its seal."""
    return {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "http://data.europa.eu/snb/model/context/edc-ap",
        ],
        "id": "urn:credential:made-up-2",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"id": "urn:epass:org:1", "legalName": {"en": ["Harbour Data Guild"]}},
        "issuanceDate": "2025-03-14T09:00:00Z",
        "credentialSubject": {"id": "urn:epass:person:1", "type": "Person"},
        "displayParameter": {"title": {"en": ["Chart Reading"]}},
    }


def presentation(*credentials: JsonDocument) -> bytes:
    """A presentation that nobody signed, as wallets share several badges."""
    return as_json(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": list(credentials),
        }
    )


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _hex(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
