"""The names of the regulated numbers. A key keeps its meaning for ever; what its value looks like is `catalogue.py`.

Read them with `compliance.policy.selectors.policies.policy_of`.
"""

from enum import StrEnum


class PolicyKey(StrEnum):
    """The closed list."""

    JURISDICTION_ZONE = "jurisdiction.zone"

    REGISTRATION_MIN_AGE = "registration.min_age"
    REGISTRATION_REQUIRED_FIELDS = "registration.required_fields"
    REGISTRATION_KYC_BEFORE_PLAY = "registration.kyc_before_play"

    LIMIT_PERIODS = "limit.periods"
    LIMIT_MANDATORY = "limit.mandatory"
    LIMIT_INCREASE_DELAY_HOURS = "limit.increase_delay_hours"
    LIMIT_INCREASE_NOT_BEFORE_PERIOD_END = "limit.increase_not_before_period_end"
    LIMIT_CONFIRMATION = "limit.confirmation"
    LIMIT_CONFIRM_WITHIN_HOURS = "limit.confirm_within_hours"
    LIMIT_REVIEW_MONTHS = "limit.review_months"
    LIMIT_CONTACT_ABOVE = "limit.contact_above"
    LIMIT_DEPOSIT_CEILING = "limit.deposit_ceiling"

    BREAK_OPTIONS = "break.options"
    EXCLUSION_BRANDS = "exclusion.brands"
    EXCLUSION_OPTIONS = "exclusion.options"
    EXCLUSION_LIFT = "exclusion.lift"
    EXCLUSION_REGISTER = "exclusion.register"

    REALITY_CHECK = "reality_check"
    INACTIVITY_MINUTES = "inactivity_minutes"
    SESSION_FULL_SIGN_IN_DAYS = "session.full_sign_in_days"
    SIGN_IN_LOCK = "sign_in.lock"

    SLOT_MAX_STAKE = "slot.max_stake"
    SLOT_MIN_CYCLE_S = "slot.min_cycle_s"
    GAME_MIN_CYCLE_S = "game.min_cycle_s"
    AUTOPLAY = "autoplay"
    SLOT_PARALLEL = "slot.parallel"

    HISTORY_MONTHS = "history.months"
    HISTORY_MONTHS_ON_REQUEST = "history.months_on_request"
    NET_DEPOSIT_TRIGGER = "net_deposit.trigger"

    KYC_DEPOSIT_THRESHOLD = "kyc.deposit_threshold"
    KYC_LINKED_24H = "kyc.linked_24h"
    KYC_ROLLING_180D = "kyc.rolling_180d"
    KYC_LIFETIME = "kyc.lifetime"
    KYC_DUE_DAYS = "kyc.due_days"

    LOCATION_REQUIRED = "location.required"
    LOCATION_CHECK_MINUTES = "location.check_minutes"
    LOCATION_BLOCK_VPN = "location.block_vpn"

    WITHDRAWAL_REVERSE = "withdrawal.reverse"
    BONUS_MAX_WAGERING = "bonus.max_wagering"
    BONUS_MIX_PRODUCTS = "bonus.mix_products"
    BONUS_FIRST_ONLY = "bonus.first_only"
    BONUS_PUBLIC_OFFERS = "bonus.public_offers"

    RETENTION_YEARS = "retention.years"
    INTERVENTION_MAX_DELAY_MINUTES = "intervention.max_delay_minutes"

    HARM_TIERS = "harm.tiers"
    HARM_SLA_HOURS = "harm.sla_hours"
    HARM_STEPS = "harm.steps"
    HARM_WINDOWS = "harm.windows"
    HARM_DEPOSITED_30D = "harm.deposited_30d"
    HARM_LOST_30D = "harm.lost_30d"
    HARM_DEPOSITS_24H = "harm.deposits_24h"
    HARM_CHASING_7D = "harm.chasing_7d"
    HARM_PLAYED_HOURS_24H = "harm.played_hours_24h"
    HARM_UNBROKEN_HOURS_7D = "harm.unbroken_hours_7d"
    HARM_NIGHT_BETS_7D = "harm.night_bets_7d"
    HARM_STAKE_RISE = "harm.stake_rise"
    HARM_WITHDRAWALS_REVERSED_30D = "harm.withdrawals_reversed_30d"
    HARM_CONTACTS_90D = "harm.contacts_90d"
    HARM_COMPLAINTS_90D = "harm.complaints_90d"
    HARM_LIMIT_RAISES_30D = "harm.limit_raises_30d"
    HARM_BREAKS_180D = "harm.breaks_180d"
    HARM_UNDER_25 = "harm.under_25"
    HARM_LINKED_ACCOUNTS = "harm.linked_accounts"
