from django.db import migrations

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
        ("play", "0003_standing"),
        ("audit", "0007_transfer_thresholds"),
        ("accounts", "0005_letters_about_limits"),
        ("geo", "0002_guards"),
        ("harm", "0004_one_guard_of_the_end"),
        ("register", "0002_guards"),
        ("kyc", "0002_guards"),
        ("limits", "0002_limits"),
        ("exclusions", "0003_returns_of_persons"),
        ("gate", "0004_brand_closes"),
        ("players", "0005_time_zones"),
        ("personal", "0005_identity_rights"),
        ("cashier", "0002_guards"),
        ("withdrawals", "0004_rights_from_the_wallet"),
    ]
    operations = [run_sql_file(__file__, "0002_time_indexes")]
