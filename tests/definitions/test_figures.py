"""A month reckoned by hand: every seeded definition and duty gives the figure of the sheet.

The month, in euros: 1,000.00 staked in cash, 100.00 of it taken back; 200.00 staked in bonus money. Wins: 700.00 in
cash, 50.00 of them of free rounds, and 120.00 in bonus money. 30.00 went to jackpot pools, and a pool paid 250.00.
"""

from datetime import date
from decimal import Decimal

import pytest

from reporting.definitions.errors import DefinitionUnknown, MeasureMissing
from reporting.definitions.models import DefinitionRow
from reporting.definitions.selectors.definitions import (
    definition_get,
    definitions_at,
    duties_at,
    duty_rate,
    figure,
    measures_needed,
)

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 31)
SHEET = {
    "SC": "1000", "SB": "200", "VC": "100", "VB": "0", "WC": "700", "WB": "120", "FW": "50", "PW": "0", "JC": "30",
    "JW": "250", "R": "5", "FP": "10", "BG": "80", "CV": "40", "CK": "6", "FO": "1", "FL": "20", "PF": "25",
    "PSP": "7", "T": "12", "AD": "9", "CB": "3", "DEP": "600", "WD": "350", "ACT": "20", "DPS": "10", "REG": "50",
    "FTD": "8", "STD": "6", "SPEND": "400", "NGRD": "90", "COH": "8", "PREV": "16", "RET": "12", "REA": "2",
    "BANK": "5000", "CASH": "3000", "PEND": "500", "OPEN": "100", "POOL": "400", "RA": "0.97", "RT": "0.96",
    "N": "10000", "SIGMA": "2", "APP": "95", "TRY": "100", "LIM": "5", "ALERTS": "3",
}  # fmt: skip
BY_HAND = {
    "KPI-01": "1100",  # 1000 + 200 - 100
    "KPI-01C": "900",
    "KPI-02": "35",  # 1100 - 700 - 120 - 250 + 5
    "KPI-03": "255",  # 900 - (700 - 50) + 5
    "KPI-04": "255",  # 1100 - 700 - 120 - 30 + 5
    "KPI-05": "95",  # 40 + 6 + 50 - 1
    "KPI-05M": "80",
    "ngr_finance": "83",  # 255 - 95 - 30 - 25 - 12 - 7 - 3
    "ngr_affiliate": "148",  # 255 - (80 - 20) - 25 - 12 - 7 - 3
    "ngr_crm": "195",
    "KPI-06": "83",
    "KPI-06AD": "74",
    "KPI-07": "25",
    "KPI-08": "3.181818",
    "KPI-09": "97.272727",  # 1070 of 1100
    "KPI-10": "7.545455",
    "KPI-11": "250",
    "KPI-12": "20",
    "KPI-13": "4.15",
    "KPI-13P": "8.3",
    "KPI-14": "16",
    "KPI-14S": "75",
    "KPI-15": "11.25",
    "KPI-15C": "50",
    "KPI-16": "75",
    "KPI-16C": "25",
    "KPI-17": "2",
    "KPI-18": "271.428571",
    "KPI-18C": "50",
    "KPI-19": "125",
    "KPI-20": "0.5",  # 0.01 * 100 / 2
    "KPI-21": "95",
    "KPI-21C": "0.5",
    "KPI-22": "25",
    "KPI-23": "150",
    "GB-GGY": "-45",  # 900 + 5 - 700 - 250
    "GB-RGD": "45",  # 1100 + 10 + 5 - 700 - 120 - 250
    "NJ-GGR": "-45",
}


def of(**changes: str) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in (SHEET | changes).items()}


def test_every_definition_gives_the_figure_of_the_sheet() -> None:
    known = definitions_at(MAY)
    assert set(known) == set(BY_HAND)
    found = {code: figure(code, of(), at=MAY) for code in known}
    assert {code: None if value is None else round(value, 6) for code, value in found.items()} == {
        code: Decimal(amount) for code, amount in BY_HAND.items()
    }


def test_a_free_bet_that_could_not_be_taken_as_cash_and_loses_gives_no_yield() -> None:
    nothing = dict.fromkeys(SHEET, Decimal(0))
    assert figure("GB-GGY", nothing | {"FP": Decimal(10)}, at=MAY) == 0
    assert figure("GB-GGY", nothing | {"SB": Decimal(10)}, at=MAY) == 0
    # The duty values it as if it were staked.
    assert figure("GB-RGD", nothing | {"FP": Decimal(10)}, at=MAY) == 10


@pytest.mark.parametrize(
    ("jurisdiction", "on", "tax", "base", "due"),
    [
        ("GB", date(2026, 3, 31), "duty", "1000", "210"), ("GB", date(2026, 4, 1), "duty", "1000", "400"),
        ("GB", MAY, "levy", "1000", "11"), ("GB", MAY, "duty", "-50", "0"), ("DK", MAY, "duty", "1000", "280"),
        ("SE", date(2024, 6, 30), "duty", "1000", "180"), ("SE", MAY, "duty", "1000", "220"),
        ("MT", MAY, "duty", "1000", "50"), ("DE", MAY, "duty", "1000", "53"),
        ("NL", date(2025, 12, 31), "duty", "1000", "342"), ("NL", MAY, "duty", "1000", "378"),
        ("NJ", MAY, "duty", "1000", "197.5"), ("PA", MAY, "duty_slots", "1000", "540"),
        ("PA", MAY, "duty_tables", "1000", "160"), ("ES", MAY, "duty", "1000", "200"),
    ],
)  # fmt: skip
def test_duties_are_those_of_their_day(jurisdiction: str, on: date, tax: str, base: str, due: str) -> None:
    duty = duty_rate(jurisdiction, on, tax)
    assert duty is not None
    assert duty.due(Decimal(base)) == Decimal(due)


def test_every_base_of_a_duty_is_a_definition_and_what_was_not_checked_says_so() -> None:
    known = definitions_at(MAY)
    duties = [duty for jurisdiction in ("GB", "DK", "SE", "MT", "DE", "NL", "NJ", "PA", "ES")
              for duty in duties_at(jurisdiction, MAY)]  # fmt: skip
    assert all(duty.base in known for duty in duties)
    assert {duty.jurisdiction for duty in duties if not duty.verified} == {"GB", "SE", "NL", "NJ", "PA", "ES"}
    assert duty_rate("XX", MAY) is None


def test_a_figure_needs_its_measures_and_its_definition() -> None:
    assert measures_needed("KPI-08", at=MAY) == {"SC", "SB", "VC", "VB", "WC", "WB", "JW", "R"}
    with pytest.raises(MeasureMissing):
        figure("KPI-01", {"SC": Decimal(1)}, at=MAY)
    with pytest.raises(DefinitionUnknown):
        definition_get("KPI-99", at=MAY)
    assert figure("KPI-08", dict.fromkeys(SHEET, Decimal(0)), at=MAY) is None


def test_a_figure_of_a_past_day_keeps_the_definition_of_that_day(approved_definition: DefinitionRow) -> None:
    """KPI-11 is redefined from 1 June on: May stays what it was."""
    assert approved_definition.version == 2
    assert figure("KPI-11", of(), at=MAY) == 250
    assert figure("KPI-11", of(), at=date(2026, 6, 1)) == 247
    assert definition_get("KPI-11", at=date(2026, 6, 1)).version == 2
