"""What each key means to people, what its value looks like, and whether "no such rule" (null) is a value."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from compliance.policy.catalogue_of_harm import CATALOGUE_OF_HARM
from compliance.policy.key_facts import KeyFacts
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.shapes import Amount, Bands, Fields, Flag, Number, Spans, Whole, Word, Words, Zone

PERIODS: Final = ("day", "week", "month")
LIMIT_KINDS: Final = ("deposit", "net_deposit", "loss", "wager")
PERSONAL_FIELDS: Final = (
    "full_name", "birth_date", "address_lines", "city", "postcode", "country", "email", "phone", "nationality",
    "birth_place", "national_id",
)  # fmt: skip
REGISTERS: Final = ("gamstop", "spelpaus", "rofus", "cruks", "oasis", "nj_dge", "simulated")
CHECK_AT: Final = ("registration", "sign_in", "deposit", "play", "marketing", "daily")


def _hours(most: int = 8760) -> Whole:
    return Whole("hours", 0, most)


CATALOGUE: Final[dict[Key, KeyFacts]] = {
    Key.JURISDICTION_ZONE: KeyFacts(
        "Time zone", Zone(), "In which dates of this jurisdiction's rules, its days, weeks and months are read."
    ),
    Key.REGISTRATION_MIN_AGE: KeyFacts(
        "Least age", Whole("years", 16, 99), "Age on the calendar date of the jurisdiction from which one may register."
    ),
    Key.REGISTRATION_REQUIRED_FIELDS: KeyFacts(
        "Fields of registration", Words(PERSONAL_FIELDS), "What a person must tell to register."
    ),
    Key.REGISTRATION_KYC_BEFORE_PLAY: KeyFacts(
        "Verified before play", Flag(), "Whether identity must be verified before the first deposit or bet."
    ),
    Key.LIMIT_PERIODS: KeyFacts("Periods of limits", Words(PERIODS), "For which periods players may set limits."),
    Key.LIMIT_MANDATORY: KeyFacts(
        "Limit before play",
        Fields({"kind": Word(LIMIT_KINDS), "periods": Words(PERIODS), "need": Word(("all", "any"))}),
        "A limit without which nobody plays: for all of the periods, or any of them.",
        none="no limit is needed to play",
    ),
    Key.LIMIT_INCREASE_DELAY_HOURS: KeyFacts(
        "Wait for a looser limit", _hours(), "How long a raise or removal waits after it was asked for."
    ),
    Key.LIMIT_INCREASE_NOT_BEFORE_PERIOD_END: KeyFacts(
        "Looser only after the period", Flag(), "Whether it also waits for the end of the running period, the later."
    ),
    Key.LIMIT_CONFIRMATION: KeyFacts(
        "Second act for a looser limit", Flag(), "Whether the player must confirm once the wait is over."
    ),
    Key.LIMIT_CONFIRM_WITHIN_HOURS: KeyFacts(
        "Time to confirm", Whole("hours", 1, 8760), "After the wait; an unconfirmed raise then expires."
    ),
    Key.LIMIT_REVIEW_MONTHS: KeyFacts(
        "Reminder to review limits", Whole("months", 1, 60), "How often players are reminded.", none="no reminder"
    ),
    Key.LIMIT_CONTACT_ABOVE: KeyFacts(
        "Contact above a limit", Fields({"limit": Amount(), "period": Word(PERIODS)}),
        "A player who sets a deposit limit above this is contacted.", none="no contact",
    ),
    Key.LIMIT_DEPOSIT_CEILING: KeyFacts(
        "Ceiling of deposits", Fields({"limit": Amount(), "period": Word(PERIODS)}),
        "What nobody deposits more than in a period.", none="no ceiling",
    ),
    Key.BREAK_OPTIONS: KeyFacts("Lengths of breaks", Spans(), "Time-outs that a player may choose."),
    Key.EXCLUSION_OPTIONS: KeyFacts("Lengths of exclusions", Spans(), "Self-exclusions that a player may choose."),
    Key.EXCLUSION_BRANDS: KeyFacts(
        "Reach of an exclusion", Word(("all", "ask")),
        "Whether it covers all brands of the operator's group, or the player is asked.",
    ),
    Key.EXCLUSION_LIFT: KeyFacts(
        "End of an exclusion",
        Fields({"at_end": Word(("automatic", "on_request", "never")), "cooling_off_hours": _hours()}),
        "Whether it ends by itself once its time is over, or when the player asks, and what must pass after that.",
    ),
    Key.EXCLUSION_REGISTER: KeyFacts(
        "National register",
        Fields({"register": Word(REGISTERS), "check_at": Words(CHECK_AT), "refresh_hours": Whole("hours", 1, 8760)},
               frozenset({"refresh_hours"})),
        "Which register of excluded people is asked, and when.", none="no register",
    ),
    Key.REALITY_CHECK: KeyFacts(
        "Reality check",
        Fields({
            "mode": Word(("player", "fixed")), "default_minutes": Whole("minutes", 1, 1440),
            "min_minutes": Whole("minutes", 1, 1440), "max_minutes": Whole("minutes", 1, 1440),
            "break_minutes": Whole("minutes", 0, 1440),
        }),
        "How often play pauses for a look at time and money: chosen by the player within bounds, or fixed; and for how"
        " long play stays closed then.", none="no reality check",
    ),
    Key.INACTIVITY_MINUTES: KeyFacts(
        "Idle sign-in", Whole("minutes", 1, 1440), "After so long without activity the player signs in again."
    ),
    Key.SESSION_FULL_SIGN_IN_DAYS: KeyFacts(
        "Full sign-in", Whole("days", 1, 365), "How often a full sign-in is needed where a lighter one is used."
    ),
    Key.SIGN_IN_LOCK: KeyFacts(
        "Lock of sign-ins",
        Fields({
            "failures": Whole("failures", 1, 10), "within_minutes": Whole("minutes", 1, 1440),
            "locked_minutes": Whole("minutes", 1, 1440),
        }),
        "After so many failed sign-ins in a row, within so long, a name is locked; by the licence of its brand.",
    ),
    Key.SLOT_MAX_STAKE: KeyFacts(
        "Largest stake on slots", Bands(), "By age on the calendar date of the jurisdiction.", none="no largest stake"
    ),
    Key.SLOT_MIN_CYCLE_S: KeyFacts(
        "Shortest game of slots", Number("seconds", Decimal(0), Decimal(60)), "From stake to stake.", none="none"
    ),
    Key.GAME_MIN_CYCLE_S: KeyFacts(
        "Shortest game of others", Number("seconds", Decimal(0), Decimal(60)),
        "From stake to stake, in casino games that are not slots.", none="none",
    ),
    Key.AUTOPLAY: KeyFacts("Autoplay", Word(("allowed", "allowed_with_alert", "banned")), "Whether games may repeat."),
    Key.SLOT_PARALLEL: KeyFacts("Slots side by side", Flag(), "Whether a player may play several slots at once."),
    Key.HISTORY_MONTHS: KeyFacts(
        "History at once", Whole("months", 1, 120), "How far back players see their play and money by themselves."
    ),
    Key.HISTORY_MONTHS_ON_REQUEST: KeyFacts(
        "History on request", Whole("months", 1, 120), "How far back they get it when they ask."
    ),
    Key.NET_DEPOSIT_TRIGGER: KeyFacts(
        "Check at net deposits",
        Fields({
            "limit": Amount(), "under_25": Amount(), "window": Word(("rolling_30d", "calendar_month")),
            "action": Word(("vulnerability_check", "affordability_before_deposit")),
        }, frozenset({"under_25"})),
        "Deposits less withdrawals above this ask for a check of what the player can afford.", none="no check",
    ),
    Key.KYC_DEPOSIT_THRESHOLD: KeyFacts(
        "Verification at deposits", Amount(), "Cumulative deposits from which identity is verified.", none="none"
    ),
    Key.KYC_LINKED_24H: KeyFacts(
        "Due diligence, 24 hours", Amount(), "Linked operations within 24 hours.", none="none"
    ),
    Key.KYC_ROLLING_180D: KeyFacts("Due diligence, 180 days", Amount(), "Deposits within 180 days.", none="none"),
    Key.KYC_LIFETIME: KeyFacts("Due diligence, lifetime", Amount(), "Deposits of the relationship.", none="none"),
    Key.KYC_DUE_DAYS: KeyFacts(
        "Time for due diligence", Whole("days", 0, 365), "From the moment it is needed until the account is stopped."
    ),
    Key.LOCATION_REQUIRED: KeyFacts("Location needed", Flag(), "Whether play needs a location inside the border."),
    Key.LOCATION_CHECK_MINUTES: KeyFacts(
        "Location again", Whole("minutes", 1, 1440), "After so long, and whenever the address changes."
    ),
    Key.LOCATION_BLOCK_VPN: KeyFacts("No VPN", Flag(), "Whether VPN, proxy and hosting addresses may not play."),
    Key.WITHDRAWAL_REVERSE: KeyFacts(
        "Withdrawals may be reversed", Flag(), "Whether a player may take a withdrawal request back."
    ),
    Key.BONUS_MAX_WAGERING: KeyFacts(
        "Most wagering", Number("times", Decimal(0), Decimal(1000)), "Of a bonus.", none="no maximum"
    ),
    Key.BONUS_MIX_PRODUCTS: KeyFacts("Bonuses mix products", Flag(), "Whether one offer may ask for several products."),
    Key.BONUS_FIRST_ONLY: KeyFacts("First bonus only", Flag(), "Whether a player gets one bonus, on first play only."),
    Key.BONUS_PUBLIC_OFFERS: KeyFacts("Public offers", Flag(), "Whether bonuses may be offered in public."),
    Key.RETENTION_YEARS: KeyFacts(
        "Records are kept", Whole("years", 1, 30), "After the account was closed, before personal data goes."
    ),
    Key.INTERVENTION_MAX_DELAY_MINUTES: KeyFacts(
        "Intervention within", Whole("minutes", 1, 1440), "From a strong marker of harm to the step taken."
    ),
    **CATALOGUE_OF_HARM,
}  # fmt: skip
