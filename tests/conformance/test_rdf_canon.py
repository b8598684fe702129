"""The W3C's own suite for RDF canonicalisation: equal to the letter, and poison ends in time."""

from pathlib import Path
from time import process_time

import pytest

from tests.conformance.rdf_canon import algorithm, dataset, entries, wanted
from verifier.errors import TooCostly
from verifier.jsonld.canon import canonicalise


def test_every_graph_comes_out_as_the_suite_says(material: Path) -> None:
    """All 64, with no exception: the escapes of test 060 and the SHA-384 of test 075 included."""
    tests = entries(material, "Eval")
    assert len(tests) == 64
    differing = {}
    for entry in tests:
        started = process_time()
        made = canonicalise(dataset(material, entry), algorithm=algorithm(entry))
        if made != wanted(material, entry):
            differing[entry["id"]] = made
        assert process_time() - started < 2, entry["id"]
    assert differing == {}


def test_poison_ends_within_a_second(material: Path) -> None:
    (entry,) = entries(material, "NegativeEval")
    poison = dataset(material, entry)
    started = process_time()
    with pytest.raises(TooCostly):
        canonicalise(poison)
    assert process_time() - started < 1
