"""The three circulated samples say the same."""

from pathlib import Path

import pytest

from documents.grids import read_grids
from rules.rosters.analysis import analyse

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.mark.parametrize("name", ["rosters-merged.docx", "rosters-blank-continuation.docx", "rosters.xlsx"])
@pytest.mark.clause("QY-2.1a")
def test_every_sample_gives_the_same_numbers(name):
    grids = read_grids((SAMPLES / name).read_bytes(), name)
    told = analyse(grids).to_json()
    kinds = [finding.pop("kind") for finding in told.pop("findings")]
    assert told == {
        "tables": [
            {"kind": "leader-roster", "rows": 8, "persons": 8, "enterprises": 8},
            {"kind": "cadre-roster", "rows": 16, "persons": 8, "enterprises": 16},
        ],
        "cadres": 12,
        "enterprises": 24,
        "assignments": 24,
        "phones_missing": 1,
        "credentials_discarded": 8,
        "credential_values": 1,
    }
    assert [kinds.count(kind) for kind in ("shared-phone", "in-both-lists", "self-dealing")] == [3, 4, 2]
    assert "Abc12345" not in repr(grids)


def test_the_list_without_cadres_is_read_in_gb18030():
    told = analyse(read_grids((SAMPLES / "enterprises.tsv").read_bytes(), "enterprises.tsv")).to_json()
    assert told["tables"] == [{"kind": "leader-roster", "rows": 8, "persons": 8, "enterprises": 8}]


def test_source_rows_are_those_a_person_counts_in_the_sheet():
    report = analyse(read_grids((SAMPLES / "rosters.xlsx").read_bytes(), "rosters.xlsx"))
    assert [entry.source_row for entry in report.tables[0].entries] == list(range(4, 12))
    assert [(ignored.table, ignored.source_row) for ignored in report.ignored] == [(1, 13), (2, 21)]
