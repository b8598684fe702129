"""What the wallet's badges add up to, over HTTP and by the command: each stack by its names."""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.made import stacking
from tests.made.cases_bundles import record
from tests.made.credentials import badge, by
from tests.made.folder import Web, as_json
from tests.made.issuers import HARBOUR, RIVERSIDE
from tests.made.signing import JsonDocument
from tests.server.conftest import Served
from tests.server.owner import run
from tests.server.stores import NewStore, Store
from tests.server.whole_web import started

Links = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def kept_in(tmp_path_factory: pytest.TempPathFactory, new_store: NewStore) -> Store:
    return new_store(tmp_path_factory.mktemp("stacks") / "data")


@pytest.fixture(scope="module")
def served(kept_in: Store) -> Iterator[Served]:
    web = {**stacking.transcript_web(), **stacking.college_web()}
    with started(kept_in.data.parent, web, kept_in) as server:
        yield server


@pytest.fixture(scope="module")
def paired(served: Served) -> Iterator[httpx2.Client]:
    with served.client(served.pair()) as client:
        yield client


@pytest.fixture
def api(paired: httpx2.Client) -> httpx2.Client:
    """A paired client of a wallet with nothing in it."""
    empty(paired)
    return paired


def empty(api: httpx2.Client) -> None:
    """Delete everything in the wallet."""
    for kind in ("credentials", "pathways"):
        while found := api.get(f"/api/wallet/{kind}").json()[kind]:
            gone = [api.delete(f"/api/wallet/{kind}/{one['id']}").status_code for one in found]
            assert set(gone) == {204}


def keep(api: httpx2.Client, document: JsonDocument | str) -> str:
    """Its id in the wallet; an address is looked up."""
    asked = {"url": document} if isinstance(document, str) else _pasted(document)
    answer = api.post("/api/wallet/credentials", json=asked)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _ticket(api: httpx2.Client) -> str:
    return str(api.post("/api/wallet/open", json={}).json()["path"].rpartition("/")[2])


def _pasted(document: JsonDocument) -> dict[str, str]:
    return {"credential": as_json(document).decode()}


def stacks(api: httpx2.Client) -> dict[str, dict[str, Any]]:
    """Every stack, whole, by its name."""
    listed = api.get("/api/wallet/stacks").json()["stacks"]
    whole = [api.get(f"/api/wallet/stacks/{one['id']}").json() for one in listed]
    return {one["name"]: one for one in whole}


def states(stack: dict[str, Any]) -> dict[str, str]:
    return {node["name"]: node["state"] for node in stack["nodes"]}


def links(stack: dict[str, Any]) -> Links:
    names = {node["id"]: node["name"] for node in stack["nodes"]}
    return {(names[one["part"]], one["word"], names[one["whole"]]) for one in stack["links"]}


TIDES, CHARTS = "Read the tides with cloud services", "Draw charts from soundings"
EXPERT = "Microsoft Certified: Harbour Data Expert"


def test_modules_trophies_and_exams_lead_to_certifications(api: httpx2.Client) -> None:
    keep(api, stacking.TRANSCRIPT)
    whole = stacks(api)
    record, ahead = whole["Microsoft Learn transcript"], whole[EXPERT]
    assert (len(whole), record["origin"], ahead["origin"]) == (2, "record", "issuers")
    associate = "Microsoft Certified: Tidal Data Associate"
    old = "Microsoft Certified: Lighthouse Operator"
    made_of = {
        *((name, "part_of", TIDES) for name in ("Read a tide table", "Forecast high water")),
        ("Collect readings from gauges", "part_of", TIDES),
        *((name, "part_of", CHARTS) for name in ("Clean soundings", "Draw depth contours")),
        ("Connect a buoy", "part_of", CHARTS),
    }
    assert links(record) == made_of | {
        (TIDES, "precedes", associate),
        ("Administering Tidal Data", "part_of", associate),
        (associate, "part_of", "Microsoft Learn transcript"),
        (old, "part_of", "Microsoft Learn transcript"),
        (CHARTS, "part_of", "Microsoft Learn transcript"),
    }
    assert links(ahead) == made_of | {
        (TIDES, "precedes", EXPERT),
        (CHARTS, "precedes", EXPERT),
        ("Run a harbour's data platform", "precedes", EXPERT),
        ("Exam HD-305", "part_of", EXPERT),
    }
    told = states(record) | states(ahead)
    missing = {"Connect a buoy", "Run a harbour's data platform", "Exam HD-305", EXPERT}
    assert {name for name, state in told.items() if state == "missing"} == missing
    assert {name for name, state in told.items() if state == "lapsed"} == {old}
    assert (record["earned"], record["lapsed"], record["missing"]) == (9, 1, 1)
    assert (ahead["earned"], ahead["missing"]) == (7, 3)


COSMOS = "learn.wwl.develop-ai-solutions-azure-cosmos-db"
KUBERNETES = "learn.wwl.deploy-monitor-apps-azure-kubernetes-service"
PATHS = {
    COSMOS: [
        "learn.wwl.build-query-azure-cosmos-db",
        "learn.wwl.implement-vector-search-azure-cosmos-db",
        "learn.wwl.optimize-query-performance-azure-cosmos-db",
    ],
    KUBERNETES: [
        "learn.wwl.deploy-apps-azure-kubernetes-service",
        "learn.wwl.monitor-apps-azure-kubernetes-service",
    ],
}
TITLES = {PATHS[KUBERNETES][0]: "Deploy applications to Azure Kubernetes Service"}
HELD = "Microsoft Certified: Azure Cosmos DB Developer Specialty"


def sample(material: Path) -> dict[str, Any]:
    """The transcript that others saved and pseudonymised."""
    path = material / "providers/microsoft/transcript_share_api_shape.reconstructed.json"
    read: dict[str, Any] = json.loads(path.read_bytes())
    return read


@contextmanager
def at_learn(folder: Path, *webs: Web) -> Iterator[httpx2.Client]:
    """A paired client of a server for which these are the whole web."""
    web = {url: answer for one in webs for url, answer in one.items()}
    with started(folder, web) as server, server.client(server.pair()) as client:
        yield client


def test_the_microsoft_sample(material: Path, tmp_path: Path) -> None:
    transcript = sample(material)
    slug = "azure-cosmos-db-developer-specialty"
    certification = stacking.certification(slug, HELD, exams=["exam.dp-420"], paths=[COSMOS])
    web = stacking.learn_web(transcript, PATHS, [certification], TITLES)
    bare = {**transcript, "learningPathsCompleted": transcript["learningPathsCompleted"][1:]}
    bare_web = stacking.learn_web(bare, {}, [], {}, share="v0bare")
    untold = {url: answer for url, answer in bare_web.items() if "/catalog/" not in url}
    with at_learn(tmp_path, web, untold) as api:
        keep(api, stacking.TRANSCRIPT)
        (stack,) = stacks(api).values()
        judge_sample(transcript, stack)
        empty(api)
        keep(api, stacking.TRANSCRIPT.replace("v0tides12", "v0bare"))
        (stack,) = stacks(api).values()
        judge_untold(stack)
        drawn = api.get(f"/api/wallet/stacks/{stack['id']}/picture").text
        assert "7 more certifications" in drawn  # alike, and folded


def test_an_outage_of_the_catalogue_takes_nothing_away(tmp_path: Path) -> None:
    web = stacking.transcript_web()
    with at_learn(tmp_path, web) as api:
        keep(api, stacking.TRANSCRIPT)
        before = stacks(api)
    bare = {url: answer for url, answer in web.items() if "/catalog/" not in url}
    with at_learn(tmp_path, bare) as api:
        again = api.post("/api/wallet/credentials", json={"url": stacking.TRANSCRIPT})
        assert again.status_code == 200
        assert len(again.json()["report"]["credential"]["listed"]) == 8  # nothing that is missing
        assert stacks(api) == before


def judge_sample(transcript: dict[str, Any], stack: dict[str, Any]) -> None:
    """Everything on it, and what the catalogue says of it."""
    trophies = {one["uid"]: one["title"] for one in transcript["learningPathsCompleted"]}
    modules = {one["uid"]: one["title"] for one in transcript["modulesCompleted"]} | TITLES
    certified = transcript["certificationData"]
    names = [
        one["name"]
        for one in (*certified["activeCertifications"], *certified["historicalCertifications"])
    ]
    applied = [one["title"] for one in transcript["appliedSkillsData"]["appliedSkillsCredentials"]]
    led = {
        *(
            (modules[uid], "part_of", trophies[path])
            for path, uids in PATHS.items()
            for uid in uids
        ),
        (trophies[COSMOS], "precedes", HELD),
    }
    placed = {part for part, _, _ in led}
    top = "Microsoft Learn transcript"
    everything = {*names, *applied, *trophies.values(), *modules.values()}
    assert links(stack) == led | {(one, "part_of", top) for one in everything - placed}
    told = states(stack)
    assert [name for name, state in told.items() if state == "missing"] == list(TITLES.values())
    lapsed = [name for name, state in told.items() if state == "lapsed"]
    assert lapsed == ["Microsoft Certified: Azure Solutions Architect Expert (Legacy)"]
    retired = {one["name"] for one in certified["historicalCertifications"]} - set(lapsed)
    assert {name for name, state in told.items() if state == "unsettled"} == retired
    assert stack["earned"] == 6 + 4 + 13 + 3


def judge_untold(stack: dict[str, Any]) -> None:
    """Where the catalogue told nothing of the paths, no module is said to lead to a trophy."""
    assert {(word, whole) for _, word, whole in links(stack)} == {
        ("part_of", "Microsoft Learn transcript"),
        ("precedes", HELD),
    }
    assert (stack["parts"], stack["missing"]) == (16 + 3 + 6 + 3, 0)


def test_badges_aligned_to_a_larger_one_stack_up(api: httpx2.Client) -> None:
    kept = {name: keep(api, one) for name, one in stacking.college_badges().items()}
    (stack,) = stacks(api).values()
    top = "Coastal Data Certificate"
    steps = {"Tide Tables": "earned", "Gauge Keeping": "lapsed", "Marine Radio": "lapsed"}
    assert states(stack) == {top: "missing", **steps}  # who calls it theirs does not fill it
    assert links(stack) == {(name, "part_of", top) for name in steps}
    asked = {"with": kept["tables"]}
    (one,) = api.get("/api/wallet/stacks", params=asked).json()["stacks"]
    assert one["name"] == top
    asked["with"] = kept["pretender"]
    assert api.get("/api/wallet/stacks", params=asked).json()["stacks"] == []
    keep(api, by(RIVERSIDE, stacking.certificate(RIVERSIDE)))
    (stack,) = stacks(api).values()
    assert states(stack) == {top: "earned", **steps}


def test_who_shares_a_host_fills_nobody_elses_place(api: httpx2.Client) -> None:
    keep(api, stacking.college_badges()["tables"])
    keep(api, by(stacking.LODGER, stacking.certificate(stacking.LODGER)))
    assert api.get("/api/wallet/stacks").json()["left_out"] == 0
    stack = stacks(api)["Coastal Data Certificate"]
    assert states(stack) == {"Coastal Data Certificate": "missing", "Tide Tables": "earned"}


def test_a_related_badge_is_shown_beside_and_fills_nothing(api: httpx2.Client) -> None:
    keep(api, stacking.college_badges()["tables"])
    newer = badge(RIVERSIDE, "Coastal Data Certificate 2")
    achieved = newer["credentialSubject"]["achievement"]
    achieved["related"] = [{"type": ["Related"], "id": stacking.CERTIFICATE, "version": "1"}]
    kept = keep(api, by(RIVERSIDE, newer))
    foreign = badge(HARBOUR, "Something else")
    foreign["credentialSubject"]["achievement"]["related"] = achieved["related"]
    keep(api, by(HARBOUR, foreign))
    (stack,) = stacks(api).values()
    (top,) = (node for node in stack["nodes"] if node["name"] == "Coastal Data Certificate")
    assert top["state"] == "missing"
    assert top["near"] == [{"name": "Coastal Data Certificate 2", "credential": kept}]


def test_a_badge_that_is_not_genuine_counts_for_nothing(api: httpx2.Client) -> None:
    made = stacking.college_badges()["tables"]
    keep(api, {**made, "validFrom": "2024-03-14T09:00:00Z"})
    assert api.get("/api/wallet/stacks").json() == {"stacks": [], "left_out": 1}
    assert api.get("/api/wallet/skills").json() == {"skills": []}


def test_a_record_stacks_up_as_its_associations_say(api: httpx2.Client) -> None:
    keep(api, stacking.record())
    whole = stacks(api)
    coast, sea = "Certificate of the Coast", "Certificate of the Sea"
    diploma = whole.pop("Diploma in Coastal Science")
    assert links(diploma) == {
        ("Map Reading", "part_of", coast),
        ("Data Literacy", "part_of", coast),
        ("Harbour Project", "part_of", coast),
        (coast, "precedes", sea),
        (coast, "part_of", "Diploma in Coastal Science"),
        (sea, "part_of", "Diploma in Coastal Science"),
    }
    assert (diploma["earned"], diploma["missing"]) == (2, 3)
    (record,) = whole.values()
    assert links(record) == {
        ("Map Reading", "part_of", "Record of Mira Solano"),
        ("Data Literacy", "part_of", "Record of Mira Solano"),
    }


def test_the_badge_itself_fills_the_place_that_a_record_names(api: httpx2.Client) -> None:
    keep(api, stacking.record())
    keep(api, by(RIVERSIDE, badge(RIVERSIDE, "Harbour Project")))
    assert states(stacks(api)["Diploma in Coastal Science"])["Harbour Project"] == "earned"


def test_a_record_of_the_standard_itself(api: httpx2.Client, material: Path) -> None:
    path = material / "1edtech-public-validator/clr20/simple.json"
    keep(api, json.loads(path.read_bytes()))
    whole = stacks(api)
    assert links(whole["Achievement 1"]) == {("Achievement 2", "part_of", "Achievement 1")}
    assert set(states(whole["Achievement 1"]).values()) == {"missing"}
    record = whole["Sample Transcript"]
    assert links(record) == {("Teamwork", "part_of", "Sample Transcript")}
    assert set(states(record).values()) == {"unsettled"}


def test_steps_that_lead_in_a_circle_are_drawn_once(api: httpx2.Client) -> None:
    names = ("First", "Second", "Third")
    for name, towards in zip(names, (*names[1:], names[0]), strict=True):
        made = badge(RIVERSIDE, name)
        made["credentialSubject"]["achievement"]["alignment"] = [
            {
                "type": ["Alignment"],
                "targetName": towards,
                "targetUrl": f"{RIVERSIDE.home}/achievements/{towards.lower()}",
            }
        ]
        keep(api, by(RIVERSIDE, made))
    assert stacks(api) == {}
    keep(api, stacking.step(RIVERSIDE, "Fourth"))
    assert set(stacks(api)) == {"Coastal Data Certificate"}


def test_skills_are_gathered_over_all_badges(api: httpx2.Client) -> None:
    kept = {name: keep(api, one) for name, one in stacking.college_badges().items()}
    whole = keep(api, stacking.record())
    first, *rest = api.get("/api/wallet/skills").json()["skills"]
    assert (first["name"], first["earned"]) == ("Data literacy", 2)
    shown = [(one["name"], one["state"], one["credential"]) for one in first["badges"]]
    assert shown == [
        ("Data Literacy", "earned", whole),
        ("Tide Tables", "earned", kept["tables"]),
        ("Marine Radio", "lapsed", kept["radio"]),
    ]
    assert [one["name"] for one in rest] == ["Reading charts", "Instruments", "Radio"]


def test_what_shares_a_card_stands_no_better_for_it(api: httpx2.Client) -> None:
    kept = keep(api, stacking.college_badges()["tables"])
    ended = {**stacking.certificate(RIVERSIDE), "validUntil": "2026-01-31T00:00:00Z"}
    ended["credentialSubject"]["achievement"]["tag"] = ["Piloting"]
    other = keep(api, by(RIVERSIDE, ended))
    before = stacks(api)
    joined = api.post(f"/api/wallet/credentials/{kept}/lineage", json={"same_as": other})
    assert joined.status_code == 200
    (entry,) = api.get("/api/wallet/cards").json()["cards"]
    assert entry["verdict"] == "verified", "the one that was there first leads"
    assert states(before["Coastal Data Certificate"])["Coastal Data Certificate"] == "lapsed"
    whole = stacks(api)["Coastal Data Certificate"]
    assert states(whole)["Coastal Data Certificate"] != "earned"
    found = api.get("/api/wallet/skills").json()["skills"]
    (piloting,) = (one for one in found if one["name"] == "Piloting")
    assert [one["state"] for one in piloting["badges"]] == ["lapsed"]


def test_a_picture_is_read_by_machine_and_by_voice(api: httpx2.Client) -> None:
    keep(api, stacking.TRANSCRIPT)
    stack = stacks(api)[EXPERT]
    answer = api.get(f"/api/wallet/stacks/{stack['id']}/picture")
    assert answer.headers["content-type"] == "image/svg+xml"
    drawn = ElementTree.fromstring(answer.text)  # noqa: S314 - our own
    svg = "{http://www.w3.org/2000/svg}"
    boxes = {str(box.findtext(f"{svg}title")): box for box in drawn.iter(f"{svg}a")}
    assert len(boxes) == len(stack["nodes"])
    wanted = f"{CHARTS}, Earned on 17 May 2026, comes before {EXPERT}"
    (spoken,) = (label for label in boxes if label.startswith(wanted))
    assert spoken.endswith("2 of its 3 parts earned")
    leads = {label.partition(",")[0]: box.attrib["href"] for label, box in boxes.items()}
    assert leads["Connect a buoy"] == f"{stacking.LEARN}/training/modules/buoys"
    assert leads["Exam HD-305"].startswith(f"{str(api.base_url).rstrip('/')}/wallet/stacks/")
    left = {
        label.partition(",")[0]: float(rect.attrib["x"])
        for label, box in boxes.items()
        for rect in box.iter(f"{svg}rect")
    }
    assert left["Clean soundings"] < left[CHARTS] < left[EXPERT]
    assert max(left, key=lambda name: left[name]) == EXPERT


def _pathway(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"name": "Data officer", "steps": [{"id": "goal", "name": "Data officer"}, *steps]}


def test_a_pathway_is_drawn_from_badges_and_wishes(api: httpx2.Client) -> None:
    tables = keep(api, stacking.college_badges()["tables"])
    literacy = f"{HARBOUR.home}/achievements/data-literacy"
    drawn = _pathway(
        {"id": "a", "name": "Know the tides", "part_of": ["goal"], "credential": tables},
        {"id": "b", "name": "Read data", "part_of": ["goal"], "achievement": literacy},
        {"id": "c", "name": "Write a plan", "part_of": ["b", "goal"]},
    )
    made = api.post("/api/wallet/pathways", json=drawn)
    assert made.status_code == 201
    one = made.json()["id"]
    stack = api.get(f"/api/wallet/stacks/{one}").json()
    assert states(stack) == {
        "Data officer": "missing",
        "Know the tides": "earned",
        "Read data": "missing",
        "Write a plan": "missing",
    }
    keep(api, by(HARBOUR, badge(HARBOUR, "Data Literacy")))
    stack = api.get(f"/api/wallet/stacks/{one}").json()
    assert states(stack)["Read data"] == "earned"
    assert ("Write a plan", "part_of", "Read data") in links(stack)
    assert api.delete(f"/api/wallet/credentials/{tables}").status_code == 204
    assert states(api.get(f"/api/wallet/stacks/{one}").json())["Know the tides"] == "missing"
    assert api.get(f"/api/wallet/pathways/{one}").json() == made.json()
    changed = api.put(f"/api/wallet/pathways/{one}", json=_pathway())
    assert (changed.status_code, len(changed.json()["steps"])) == (200, 1)
    assert api.delete(f"/api/wallet/pathways/{one}").status_code == 204
    assert api.get("/api/wallet/pathways").json() == {"pathways": []}
    assert api.get(f"/api/wallet/stacks/{one}").status_code == 404


def test_a_step_brings_what_its_badge_is_made_of(api: httpx2.Client) -> None:
    whole = keep(api, stacking.record())
    step = {"id": "a", "name": "My year", "part_of": ["goal"], "credential": whole}
    one = api.post("/api/wallet/pathways", json=_pathway(step)).json()["id"]
    stack = api.get(f"/api/wallet/stacks/{one}").json()
    assert ("Map Reading", "part_of", "My year") in links(stack)
    assert len(stack["nodes"]) == 4


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "“name”"),
        ({"name": "x" * 201}, "“name”"),
        ({"steps": "all"}, "list of objects"),
        ({"steps": []}, "Exactly one step"),
        ({"steps": [{"id": "Goal!", "name": "x"}]}, "small letters"),
        ({"steps": [{"id": "a", "name": "x"}, {"id": "b", "name": "y"}]}, "Exactly one step"),
        ({"steps": [{"id": "a", "name": "x"}] * 2}, "the same “id”"),
        ({"steps": [{"id": "a", "name": "x"}, {"id": "b", "name": "y", "part_of": ["z"]}]}, "“z”"),
        ({"steps": [{"id": "a", "name": "x", "credential": "1"}]}, "id of one in the wallet"),
        ({"steps": [{"id": "a", "name": "x", "achievement": "javascript:1"}]}, "web address"),
        ({"steps": [{"id": f"s{n}", "name": "x"} for n in range(70)]}, "at most 60"),
        (
            {
                "steps": [
                    {"id": "a", "name": "x"},
                    {"id": "b", "name": "y", "part_of": ["c"]},
                    {"id": "c", "name": "z", "part_of": ["b"]},
                ]
            },
            "towards itself",
        ),
        (
            {
                "steps": [
                    {"id": "a", "name": "x"},
                    {"id": "b", "name": "y", "part_of": ["a", "c"]},
                    {"id": "c", "name": "z", "part_of": ["b"]},
                ]
            },
            "towards itself",
        ),
    ],
)
def test_a_pathway_that_makes_no_sense_is_refused(
    api: httpx2.Client, changed: dict[str, Any], told: str
) -> None:
    answer = api.post("/api/wallet/pathways", json={**_pathway(), **changed})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "pathway")
    assert told in answer.json()["error"]["says"]
    assert api.get("/api/wallet/pathways").json() == {"pathways": []}


def test_pages_are_for_who_opened_the_wallet(served: Served, api: httpx2.Client) -> None:
    paths = (
        "/wallet/stacks",
        "/wallet/stacks/n1",
        "/wallet/skills",
        f"/wallet/pathways/{'0' * 32}",
    )
    with served.client() as stranger:
        assert {stranger.get(path).status_code for path in paths} == {403}
        forms = ("/wallet/pathways", f"/wallet/pathways/{'0' * 32}/delete")
        sent = [stranger.post(path, files={"name": (None, "x")}) for path in forms]
        assert {answer.status_code for answer in sent} == {403}
        assert stranger.get("/api/wallet/stacks").status_code == 401
    with served.client() as browser:
        assert browser.get(f"/wallet/open/{_ticket(api)}").status_code == 303
        assert [browser.get(path).status_code for path in paths] == [200, 404, 200, 404]
        foreign = browser.post("/wallet/pathways", files={"name": (None, "x")})
        assert foreign.status_code == 403


def test_a_hostile_name_is_shown_as_text(served: Served, api: httpx2.Client) -> None:
    made = badge(RIVERSIDE, "Tide Tables")
    achieved = made["credentialSubject"]["achievement"]
    achieved["name"] = 'Tide "Tables"</a><script>alert(1)</script>'
    achieved["tag"] = ["<b>bold</b>"]
    inner = by(RIVERSIDE, made)
    keep(api, record(inner))
    (stack,) = stacks(api).values()
    with served.client() as browser:
        browser.get(f"/wallet/open/{_ticket(api)}")
        page = browser.get(f"/wallet/stacks/{stack['id']}").text
        page += browser.get("/wallet/skills").text
    page += api.get(f"/api/wallet/stacks/{stack['id']}/picture").text
    assert "<script>" not in page
    assert "<b>bold" not in page
    assert page.count("&lt;/a&gt;&lt;script&gt;") >= 3


def test_the_command_tells_the_same(
    kept_in: Store, api: httpx2.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in kept_in.environment.items():
        monkeypatch.setenv(name, value)
    keep(api, stacking.record())
    keep(api, stacking.college_badges()["tables"])
    data = ("--data", kept_in.data)
    listed = run("wallet", "stacks", *data)
    assert listed.exit_code == 0, listed.output
    assert re.search(
        r"^Diploma in Coastal Science  \(2 of 5 earned · 3 missing\)", listed.output, re.M
    )
    one = run("wallet", "stacks", "coastal data certificate", *data)
    assert (
        "  · Coastal Data Certificate, missing\n    ● Tide Tables, earned on 14 March" in one.output
    )
    as_json = run("wallet", "stacks", "Record of Mira Solano", "--json", *data)
    assert json.loads(as_json.output) == stacks(api)["Record of Mira Solano"]
    picture = tmp_path / "stack.svg"
    assert run("wallet", "stacks", "Record of Mira Solano", "--svg", picture, *data).exit_code == 0
    assert "Map Reading" in picture.read_text("utf-8")
    unknown = run("wallet", "stacks", "Nothing", *data)
    assert (unknown.exit_code, "There is no stack “Nothing”" in unknown.output) == (1, True)
    assert run("wallet", "stacks", "--svg", picture, *data).exit_code == 2
    skills = run("wallet", "skills", *data)
    assert skills.output.startswith(
        "Data literacy\n  ● Data Literacy, earned\n  ● Tide Tables, earned"
    )
