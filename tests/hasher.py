"""The house's password hash with the least work: what it promises is tested with the real one (tests/signin)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """argon2id as in production, in a thousandth of the time."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
