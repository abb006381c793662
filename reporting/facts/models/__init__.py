from reporting.facts.models.calendar import CalendarRow
from reporting.facts.models.money import Balance, Money, Rate
from reporting.facts.models.play import GamePlay, Late, Play, Waiting
from reporting.facts.models.reader import Reader, Span

__all__ = ["Balance", "CalendarRow", "GamePlay", "Late", "Money", "Play", "Rate", "Reader", "Span", "Waiting"]
