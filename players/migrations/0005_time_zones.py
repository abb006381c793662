"""Players who registered before they had a time zone get their country's."""

from typing import Any

from django.db import migrations

from players.time_zones import UTC_ZONE, zone_of_country


def zones_by_country(apps: Any, _schema_editor: Any) -> None:
    players = apps.get_model("players", "Player").objects.filter(time_zone=UTC_ZONE)
    for country in players.values_list("country", flat=True).distinct():
        zone = zone_of_country(country)
        if zone != UTC_ZONE:
            players.filter(country=country).update(time_zone=zone)


class Migration(migrations.Migration):
    dependencies = [("players", "0004_brand_groups")]
    operations = [migrations.RunPython(zones_by_country, migrations.RunPython.noop)]
