"""The table in docs/conformance.md is whole and tells the truth about the tests."""

from tests.conformance.table import COVERED, TABLE, named_by_case, rows, table_text


def test_every_case_has_a_test_or_says_why_not() -> None:
    tested = set(named_by_case())
    remarks = {int(row["case"]): row["kind"] for row in rows("remarks.tsv")}
    excused = {case for case, kind in remarks.items() if kind != COVERED}
    assert tested | excused == set(range(1, 202))
    assert tested & excused == set()
    assert {case for case, kind in remarks.items() if kind == COVERED} <= tested


def test_the_committed_table_is_what_the_tests_say() -> None:
    assert TABLE.read_text(encoding="utf-8") == table_text(), "run `python -m tests.conformance.table` and commit"
