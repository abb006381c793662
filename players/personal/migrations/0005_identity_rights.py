from datetime import date
from typing import Any

from django.db import migrations

from common.database.sql import run_sql_file
from compliance.audit.history import history_guard
from players.personal.vault import address_index, key_unwrap, name_birth_index, name_look_index, value_open

WHOLE = ("full_name", "birth_date", "address_lines", "city", "postcode")


def digests_anew(apps: Any, schema_editor: Any) -> None:
    """People who were there are found by the new foldings, too."""
    keys = apps.get_model("personal", "PersonalKey").objects.select_related("data")
    for row in keys.order_by("pk").iterator(chunk_size=500):
        key, data = key_unwrap(row.wrapped), row.data
        known = {
            name: value_open(key, player_id=data.player_id, field=name, closed=getattr(data, name)) for name in WHOLE
        }
        born = date.fromisoformat(known["birth_date"]) if known["birth_date"] else None
        row.name_birth_index = name_birth_index(known["full_name"], born)
        row.name_look_index = name_look_index(known["full_name"], born)
        row.address_index = address_index(known["address_lines"], known["postcode"], known["city"])
        row.save(update_fields=["name_birth_index", "name_look_index", "address_index"])


class Migration(migrations.Migration):
    dependencies = [("personal", "0004_identity"), ("audit", "0003_row_history")]
    operations = [
        history_guard("personal_personaldatahistory", "personal_personaldata"),
        run_sql_file(__file__, "0005_identity_rights"),
        migrations.RunPython(digests_anew, migrations.RunPython.noop),
    ]
