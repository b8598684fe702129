"""LinkedIn's papers, against what its members are really handed."""

from pathlib import Path

from tests.made.cases_papers import export
from tests.made.documents import pdf
from tests.providers.reading import codes, said


def test_the_printed_words_name_the_certificate_and_prove_nothing(material: Path) -> None:
    text = (material / "providers/linkedin/learning_certificate_pdf_text.layout.txt").read_text()
    lines = tuple(line.split("   ")[0] for line in text.splitlines())
    report = said(pdf(lines=lines), {})
    assert report["verdict"] == "unknown"
    assert codes(report)["genuine"] == "page_only"
    credential = report["credential"]
    assert credential["provider"] == "linkedin"
    assert credential["id"].endswith("/learning/certificates/" + "0123456789abcdef" * 4)
    assert credential["issued"] == "2025-01-05T00:00:00Z"
    assert credential["name"] == "<Course Title>"
    assert report["asked"] == []


def test_an_exported_row_is_looked_up_where_its_link_leads(material: Path) -> None:
    report = said((material / "providers/linkedin/cert_csv_export.layout.csv").read_bytes(), {})
    assert codes(report)["genuine"] == "page_only"
    (row,) = report["bundle"]
    assert row["credential"]["provider"] == "credly"
    assert codes(row)["genuine"] == "host_unreachable"
    assert len(report["asked"]) >= 1


def test_a_list_longer_than_anybodys_is_refused_at_once() -> None:
    rows = tuple((f"Licence {number}", "", "Hedge School", "", "", "") for number in range(1001))
    error = said(export(*rows), {})["error"]
    assert (error["code"], error["found"]) == ("too_large", ["csv.rows"])
    error = said(export(("x" * 2**20, "", "", "", "", "")), {})["error"]
    assert (error["code"], error["found"]) == ("too_large", ["csv.size"])
