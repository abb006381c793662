from django.db import migrations, models

from common.database.sql import run_sql_file


class Migration(migrations.Migration):
    initial = True

    dependencies = [("common", "0001_application_role")]

    operations = [
        migrations.CreateModel(
            name="ProviderCall",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField()),
                ("status", models.IntegerField(help_text="HTTP status of the answer.")),
                ("body_length", models.IntegerField(help_text="Length of the body as received, in bytes.")),
                ("edge_us", models.IntegerField(verbose_name="parsing and authentication, µs")),
                ("database_us", models.IntegerField(verbose_name="database, µs")),
                ("total_us", models.IntegerField(verbose_name="total, µs")),
                (
                    "replayed",
                    models.BooleanField(help_text="The answer of an earlier call with the same transaction id."),
                ),
                ("call", models.TextField(help_text="bet, win, …; empty where the path names none.")),
                ("method", models.TextField()),
                ("path", models.TextField()),
                ("headers", models.JSONField()),
                ("remote_address", models.TextField()),
                ("request_id", models.TextField()),
                ("provider_code", models.TextField(verbose_name="provider")),
                ("key_id", models.TextField()),
                (
                    "signature",
                    models.TextField(
                        choices=[
                            ("absent", "absent"),
                            ("unchecked", "present, not checked"),
                            ("valid", "valid"),
                            ("invalid", "invalid"),
                        ]
                    ),
                ),
                ("outcome", models.TextField(help_text="ok, or the error code of the answer.")),
                ("error_class", models.TextField(help_text="final or retry; empty for ok.")),
                ("player", models.TextField(help_text="The player's public id.")),
                ("provider_transaction_id", models.TextField(verbose_name="transaction id")),
                ("original_transaction_id", models.TextField()),
                ("round_reference", models.TextField(verbose_name="round")),
                ("game_code", models.TextField(verbose_name="game")),
                (
                    "body_form",
                    models.TextField(
                        choices=[
                            ("empty", "empty"),
                            ("exact", "the bytes received"),
                            ("redacted", "the bytes received, some values replaced"),
                            ("shape", "only the shape of its first bytes"),
                        ]
                    ),
                ),
                ("body", models.BinaryField()),
                ("body_sha256", models.BinaryField(null=True)),
                ("answer", models.BinaryField()),
            ],
            options={
                "verbose_name": "provider call",
                "db_table": "calls_providercall",
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        run_sql_file(__file__, "0001_provider_calls"),
    ]
