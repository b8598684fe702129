"""The cases of `touchstone selftest`: one folder each, named for what is true of it."""

from __future__ import annotations

from pathlib import Path

from tests.made import (
    cases_blockcerts,
    cases_bundles,
    cases_claims,
    cases_containers,
    cases_covered,
    cases_credly,
    cases_current,
    cases_cvs,
    cases_disclosed,
    cases_errors,
    cases_evasions,
    cases_genuine,
    cases_handed,
    cases_hosts,
    cases_issuer,
    cases_listed,
    cases_microsoft,
    cases_names,
    cases_pages,
    cases_papers,
    cases_people,
    cases_pictures,
    cases_platforms,
    cases_recipients,
    cases_sd_jwt,
    cases_signed,
    cases_stacking,
    cases_suites,
    cases_tabs,
    cases_tokens,
    cases_traps,
    cases_wrapped,
)
from tests.made.folder import Case, as_json, write, write_case
from tests.made.issuers import issuer_list

SOURCES = (
    cases_genuine,
    cases_current,
    cases_issuer,
    cases_evasions,
    cases_listed,
    cases_people,
    cases_pictures,
    cases_recipients,
    cases_suites,
    cases_tabs,
    cases_errors,
    cases_containers,
    cases_covered,
    cases_credly,
    cases_microsoft,
    cases_names,
    cases_platforms,
    cases_papers,
    cases_cvs,
    cases_handed,
    cases_pages,
    cases_hosts,
    cases_bundles,
    cases_claims,
    cases_blockcerts,
    cases_signed,
    cases_sd_jwt,
    cases_tokens,
    cases_traps,
    cases_wrapped,
    cases_disclosed,
    cases_stacking,
)


def all_cases() -> list[Case]:
    """Every case. Raises `ValueError` where two have one name."""
    cases = [case for source in SOURCES for case in source.cases()]
    names = [case.name for case in cases]
    if len(set(names)) != len(names):
        raise ValueError(
            f"two cases share a name: {sorted({n for n in names if names.count(n) > 1})}"
        )
    return cases


def make(folder: Path) -> None:
    """Write the cases and the issuer list they share into `folder`."""
    for case in all_cases():
        write_case(folder, case)
    write(folder, "trust.json", as_json(issuer_list()))
