"""The demonstration's statements: a day of the simulated provider, with errors of every kind in it."""

from __future__ import annotations

from django.core.management import call_command

from casino.reconciliation.enums import BreakKind
from casino.reconciliation.models import Break, Statement
from tests.reconciliation.scene import Scene


def test_the_demonstration_has_breaks_of_every_kind(scene: Scene) -> None:
    for number in range(42):
        scene.bet(f"b{number}", "1", round_id=f"r-{number}")

    call_command("simulate_statements", times=1)

    assert Statement.objects.get().line_count >= 42
    found = set(Break.objects.values_list("kind", flat=True))
    assert found == set(BreakKind.values) - {BreakKind.DAY_BOUNDARY}
    assert Break.objects.count() == 14
