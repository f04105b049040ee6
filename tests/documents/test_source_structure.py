"""The two annexes give the same numbers in whatever file they arrive."""

import json
from collections import Counter

import pytest

from documents.grids import read_grids
from rules.rosters.analysis import analyse
from rules.rosters.report import RosterReport
from tests import roster_files as files
from tests.roster_source import EXPECTED, EXPECTED_KINDS, SECRETS, both

FORMS = {
    "word, merged": files.word(both()),
    "word, blank": files.word(both(), merge=False),
    "excel, merged": files.excel(both()),
    "excel, blank": files.excel(both(), merge=False),
    "old excel, merged": files.old_sheet(both()),
    "csv, utf-8 with mark": files.separated(both()),
    "csv, utf-8": files.separated(both(), encoding="utf-8"),
    "csv, gb18030": files.separated(both(), encoding="gb18030"),
    "csv, utf-16": files.separated(both(), encoding="utf-16"),
    "tsv, gb18030": files.separated(both(), delimiter="\t", encoding="gb18030"),
    "semicolons": files.separated(both(), delimiter=";"),
    "full-width commas": files.separated(both(), delimiter="，"),
    "flattened": files.flattened(both()),
    "flattened, amid the circular": files.in_document(both()),
    "flattened, gb18030": files.flattened(both(), encoding="gb18030"),
}


@pytest.fixture(params=FORMS, ids=str, scope="module")
def report(request: pytest.FixtureRequest) -> RosterReport:
    return analyse(read_grids(FORMS[request.param], "包抓包保.bin"))


@pytest.mark.clause("QY-2.1a")
def test_the_counts_of_the_source_come_out(report):
    told = report.to_json()
    kinds = Counter(finding["kind"] for finding in told.pop("findings"))
    assert told == EXPECTED
    assert kinds == EXPECTED_KINDS
    assert report.problems == ()


def test_findings_name_the_rows_as_the_source_counts_them(report):
    found = {(item["kind"], item["subject"]): item["where"] for item in report.to_json()["findings"]}
    assert found["shared-phone", "199****0099"] == ["T2:32", "T2:34", "T2:36"]
    assert found["cadre-phone-on-enterprise", "199****0030"] == ["T2:8"]
    assert found["self-dealing", "童光寅"] == ["T2:31"]
    assert found["in-both-lists", "秦甲"] == ["T1:1", "T2:1"]
    assert found["same-name-different-phone", "马万壬"] == ["T1:7", "T2:33"]
    assert found["missing-phone", "乡里第7家小店"] == ["T2:7"]


def test_no_password_and_no_account_is_left_anywhere(report):
    said = repr(report) + json.dumps(report.to_json(), ensure_ascii=False)
    assert not any(secret in said for secret in (*SECRETS, "xqydw"))


def test_the_person_is_filled_down_and_nothing_else(report):
    last = report.tables[1].entries[-1]
    assert (last.person, last.person_phone) == ("马万壬", "19900000032")
    assert report.tables[1].entries[6].contact_phone == ""


def test_padded_names_are_closed_up(report):
    assert [entry.person for entry in report.tables[0].entries[:2]] == ["秦甲", "梁乙"]
