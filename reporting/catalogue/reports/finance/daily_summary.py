"""A day of a brand in one line (backoffice.md §6.2): players, payments, play, bonuses, balances at the close."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import DAY, MOVES_SQL, NET, PLACES, amount, money_ties
from reporting.catalogue.reports.pieces import BRAND, CURRENCY, whole
from reporting.catalogue.types import Chart, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    reach, filters = asked.reach("f"), asked.filtered(currency="f.currency")
    return asked.query(
        f"""
        WITH money AS (
            SELECT f.posted_day AS day, f.brand_id, f.currency, {MOVES_SQL},
                   coalesce(sum(f.count) FILTER (WHERE f.kind = 'deposit'), 0) AS deposit_count,
                   coalesce(sum(f.count) FILTER (WHERE f.kind = 'withdrawal'), 0) AS withdrawal_count,
                   coalesce(sum(f.bonus) FILTER (WHERE f.kind = 'bonus_grant'), 0) AS granted,
                   -coalesce(sum(f.bonus) FILTER (WHERE f.kind = 'bonus_conversion'), 0) AS converted,
                   -coalesce(sum(f.bonus) FILTER (WHERE f.kind = 'bonus_forfeit'), 0) AS forfeited,
                   sum({NET}) AS change
            FROM facts_money f
            WHERE f.posted_day BETWEEN %(first)s AND %(last)s AND {reach} AND {filters} GROUP BY 1, 2, 3
        ), play AS (
            SELECT f.posted_day AS day, f.brand_id, f.currency, count(DISTINCT f.player_id) FILTER (WHERE f.bets > 0)
                       AS actives,
                   sum(f.stake_real + f.stake_bonus - f.void_real - f.void_bonus) AS stakes,
                   sum(f.win_real + f.win_bonus - f.unwin_real - f.unwin_bonus) AS wins,
                   sum(f.contribution) AS contribution, sum(f.jackpot_win) AS jackpots
            FROM facts_play f
            WHERE f.posted_day BETWEEN %(first)s AND %(last)s AND {reach} AND {filters} GROUP BY 1, 2, 3
        ), joined AS (
            SELECT facts_business_day(p.created_at, p.brand_id) AS day, p.brand_id, p.currency, count(*) AS people
            FROM players_player p
            WHERE {asked.days("p.created_at", "p.brand_id")} AND {asked.reach("p")}
              AND {asked.filtered(currency="p.currency")} GROUP BY 1, 2, 3
        ), firsts AS (
            SELECT facts_business_day(d.created_at, p.brand_id) AS day, p.brand_id, d.credit_currency AS currency,
                   count(*) AS people, sum(d.credit) AS amount
            FROM cashier_deposit d JOIN players_player p ON p.id = d.player_id
            WHERE d.is_first AND {asked.days("d.created_at", "p.brand_id")} AND {asked.reach("p")}
              AND {asked.filtered(currency="d.credit_currency")} GROUP BY 1, 2, 3
        )
        SELECT day, b.code AS brand, currency, coalesce(j.people, 0) AS registrations,
               coalesce(l.actives, 0) AS actives,
               coalesce(i.people, 0) AS first_deposits, coalesce(i.amount, 0) AS first_amount,
               coalesce(m.deposit_count, 0) AS deposit_count, coalesce(m.deposits, 0) AS deposits,
               coalesce(m.withdrawal_count, 0) AS withdrawal_count, -coalesce(m.withdrawals, 0) AS withdrawals,
               coalesce(m.deposits, 0) + coalesce(m.withdrawals, 0) + coalesce(m.payments_back, 0)
                   + coalesce(m.withdrawals_back, 0) AS net_deposits,
               coalesce(l.stakes, 0) AS stakes, coalesce(l.wins, 0) AS wins,
               coalesce(l.contribution, 0) AS contribution,
               coalesce(l.jackpots, 0) AS jackpots,
               coalesce(l.stakes, 0) - coalesce(l.wins, 0) - coalesce(l.contribution, 0) AS ggr,
               coalesce(m.granted, 0) AS granted, coalesce(m.converted, 0) AS converted,
               coalesce(m.forfeited, 0) AS forfeited, coalesce(m.adjustments, 0) AS adjustments,
               coalesce(m.change, 0) AS change
        FROM money m FULL JOIN play l USING (day, brand_id, currency) FULL JOIN joined j USING (day, brand_id, currency)
        FULL JOIN firsts i USING (day, brand_id, currency) JOIN players_brand b ON b.id = brand_id"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="daily-summary",
    title="Daily summary",
    about="Each day of each brand in a line: new and active players, payments, play, bonuses and adjustments.",
    family=Family.FINANCE,
    ids=("KPI-01", "KPI-04", "KPI-11", "KPI-12", "KPI-14"),
    columns=(
        DAY, BRAND, CURRENCY, whole("registrations", "Registrations", summed=True), whole("actives", "Active players"),
        whole("first_deposits", "First deposits", summed=True), amount("first_amount", "First deposited"),
        whole("deposit_count", "Deposits", summed=True), amount("deposits", "Deposited"),
        whole("withdrawal_count", "Withdrawals", summed=True), amount("withdrawals", "Withdrawn"),
        amount("net_deposits", "Net deposits", definition="KPI-11"),
        amount("stakes", "Turnover", definition="KPI-01"), amount("wins", "Wins"),
        amount("contribution", "To jackpots"), amount("jackpots", "Paid by jackpots"),
        amount("ggr", "GGR", definition="KPI-04"), amount("granted", "Bonus granted"),
        amount("converted", "Bonus converted"), amount("forfeited", "Bonus forfeited"),
        amount("adjustments", "Adjustments"), amount("change", "Change of players' money"),
    ),
    key=("day", "brand", "currency"),
    query=_query,
    filters=PLACES,
    ties=money_ties(_query, "change", "What moved on players' accounts"),
    chart=Chart(kind="line", across="day", measures=("stakes", "wins", "ggr"), title="Turnover, wins and GGR"),
)  # fmt: skip
