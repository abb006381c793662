"""The three sandbox games, with honest mathematics."""

from casino.simulator.games.jackpot import JackpotGame
from casino.simulator.games.roulette import Roulette
from casino.simulator.games.slot import Slot
from casino.simulator.games.spin import Game

GAMES: tuple[Game, ...] = (Slot(), Roulette(), JackpotGame())

__all__ = ["GAMES", "Game", "JackpotGame", "Roulette", "Slot"]
