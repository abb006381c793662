import common.commit_order
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from compliance.audit.history import history_guard


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_row_history'),
        ('games', '0003_stop_guards'),
        ('players', '0003_row_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='GameHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=100, null=True)),
                ('name', models.CharField(max_length=100, null=True)),
                ('category', models.CharField(max_length=20, null=True)),
                ('theoretical_rtp', models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                ('min_stake', models.DecimalField(blank=True, decimal_places=18, max_digits=38, null=True)),
                ('max_stake', models.DecimalField(blank=True, decimal_places=18, max_digits=38, null=True)),
                ('enabled', models.BooleanField(null=True)),
                ('real_enabled', models.BooleanField(null=True)),
                ('demo_enabled', models.BooleanField(null=True)),
                ('blocked_countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, null=True, size=None)),
                ('blocked_brands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ProviderHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=40, null=True)),
                ('name', models.CharField(max_length=100, null=True)),
                ('protocol', models.CharField(max_length=20, null=True)),
                ('enabled', models.BooleanField(null=True)),
                ('is_sandbox', models.BooleanField(null=True)),
                ('allowed_networks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=43), blank=True, null=True, size=None)),
                ('rate_limit', models.PositiveIntegerField(null=True)),
                ('min_stake', models.DecimalField(blank=True, decimal_places=18, max_digits=38, null=True)),
                ('max_stake', models.DecimalField(blank=True, decimal_places=18, max_digits=38, null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ProviderKeyHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('key_id', models.CharField(max_length=64, null=True)),
                ('slot', models.PositiveSmallIntegerField(null=True)),
                ('created_at', models.DateTimeField(null=True)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StopHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('scope', models.CharField(max_length=8, null=True)),
                ('reason_code', models.CharField(max_length=12, null=True)),
                ('reason', models.CharField(max_length=500, null=True)),
                ('placed_by', models.CharField(max_length=100, null=True)),
                ('starts_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.CharField(blank=True, max_length=100, null=True)),
                ('end_reason', models.CharField(blank=True, max_length=500, null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='game',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "games_gamehistory" ("blocked_brands", "blocked_countries", "category", "code", "demo_enabled", "enabled", "id", "max_stake", "min_stake", "name", "pgh_context", "pgh_created_at", "pgh_label", "provider_id", "real_enabled", "theoretical_rtp") VALUES (NEW."blocked_brands", NEW."blocked_countries", NEW."category", NEW."code", NEW."demo_enabled", NEW."enabled", NEW."id", NEW."max_stake", NEW."min_stake", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."provider_id", NEW."real_enabled", NEW."theoretical_rtp"); RETURN NULL;', hash='9fea131cea1b657f25ae1cac3393eaeb3960247c', operation='INSERT', pgid='pgtrigger_insert_insert_8a72c', table='games_game', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='game',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "games_gamehistory" ("blocked_brands", "blocked_countries", "category", "code", "demo_enabled", "enabled", "id", "max_stake", "min_stake", "name", "pgh_context", "pgh_created_at", "pgh_label", "provider_id", "real_enabled", "theoretical_rtp") VALUES (NEW."blocked_brands", NEW."blocked_countries", NEW."category", NEW."code", NEW."demo_enabled", NEW."enabled", NEW."id", NEW."max_stake", NEW."min_stake", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."provider_id", NEW."real_enabled", NEW."theoretical_rtp"); RETURN NULL;', hash='d1651f7887cca41641f7a27edb4ad2114d9e54d3', operation='UPDATE', pgid='pgtrigger_update_update_1188d', table='games_game', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='game',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "games_gamehistory" ("blocked_brands", "blocked_countries", "category", "code", "demo_enabled", "enabled", "id", "max_stake", "min_stake", "name", "pgh_context", "pgh_created_at", "pgh_label", "provider_id", "real_enabled", "theoretical_rtp") VALUES (OLD."blocked_brands", OLD."blocked_countries", OLD."category", OLD."code", OLD."demo_enabled", OLD."enabled", OLD."id", OLD."max_stake", OLD."min_stake", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."provider_id", OLD."real_enabled", OLD."theoretical_rtp"); RETURN NULL;', hash='d6416a92be50313df675db57ad73fcf6a8ce9f81', operation='DELETE', pgid='pgtrigger_delete_delete_71049', table='games_game', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provider',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "games_providerhistory" ("allowed_networks", "code", "enabled", "id", "is_sandbox", "max_stake", "min_stake", "name", "pgh_context", "pgh_created_at", "pgh_label", "protocol", "rate_limit") VALUES (NEW."allowed_networks", NEW."code", NEW."enabled", NEW."id", NEW."is_sandbox", NEW."max_stake", NEW."min_stake", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."protocol", NEW."rate_limit"); RETURN NULL;', hash='f2384128ffc968ea8552b35f0444ffd6acaa64f7', operation='INSERT', pgid='pgtrigger_insert_insert_c8e31', table='games_provider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provider',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "games_providerhistory" ("allowed_networks", "code", "enabled", "id", "is_sandbox", "max_stake", "min_stake", "name", "pgh_context", "pgh_created_at", "pgh_label", "protocol", "rate_limit") VALUES (NEW."allowed_networks", NEW."code", NEW."enabled", NEW."id", NEW."is_sandbox", NEW."max_stake", NEW."min_stake", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."protocol", NEW."rate_limit"); RETURN NULL;', hash='05d28b60d068bc5ee618cffde73013d4229a3061', operation='UPDATE', pgid='pgtrigger_update_update_8614d', table='games_provider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provider',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "games_providerhistory" ("allowed_networks", "code", "enabled", "id", "is_sandbox", "max_stake", "min_stake", "name", "pgh_context", "pgh_created_at", "pgh_label", "protocol", "rate_limit") VALUES (OLD."allowed_networks", OLD."code", OLD."enabled", OLD."id", OLD."is_sandbox", OLD."max_stake", OLD."min_stake", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."protocol", OLD."rate_limit"); RETURN NULL;', hash='d1ec3bfd50796c7d2eb4578869a8ff0a031d8178', operation='DELETE', pgid='pgtrigger_delete_delete_27aad', table='games_provider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='providerkey',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "games_providerkeyhistory" ("created_at", "id", "key_id", "pgh_context", "pgh_created_at", "pgh_label", "provider_id", "retired_at", "slot") VALUES (NEW."created_at", NEW."id", NEW."key_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."provider_id", NEW."retired_at", NEW."slot"); RETURN NULL;', hash='988ace9533566ddf8d0363108aee37566a527500', operation='INSERT', pgid='pgtrigger_insert_insert_28cae', table='games_providerkey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='providerkey',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key_id" IS DISTINCT FROM (NEW."key_id") OR OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."retired_at" IS DISTINCT FROM (NEW."retired_at") OR OLD."slot" IS DISTINCT FROM (NEW."slot"))', func='INSERT INTO "games_providerkeyhistory" ("created_at", "id", "key_id", "pgh_context", "pgh_created_at", "pgh_label", "provider_id", "retired_at", "slot") VALUES (NEW."created_at", NEW."id", NEW."key_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."provider_id", NEW."retired_at", NEW."slot"); RETURN NULL;', hash='0add54b979f3157ed012dd7e9e0663fc1a33b1a4', operation='UPDATE', pgid='pgtrigger_update_update_457cc', table='games_providerkey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='providerkey',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "games_providerkeyhistory" ("created_at", "id", "key_id", "pgh_context", "pgh_created_at", "pgh_label", "provider_id", "retired_at", "slot") VALUES (OLD."created_at", OLD."id", OLD."key_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."provider_id", OLD."retired_at", OLD."slot"); RETURN NULL;', hash='003ee40b3aeead76c7d2f97505fcb55753886f5d', operation='DELETE', pgid='pgtrigger_delete_delete_8a515', table='games_providerkey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stop',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "games_stophistory" ("end_reason", "ended_at", "ended_by", "game_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "placed_by", "player_id", "provider_id", "reason", "reason_code", "scope", "starts_at", "until") VALUES (NEW."end_reason", NEW."ended_at", NEW."ended_by", NEW."game_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."placed_by", NEW."player_id", NEW."provider_id", NEW."reason", NEW."reason_code", NEW."scope", NEW."starts_at", NEW."until"); RETURN NULL;', hash='a10b37d2c9b582e0a60e361c5a5dddf8a9b8a2a0', operation='INSERT', pgid='pgtrigger_insert_insert_73aa2', table='games_stop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stop',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "games_stophistory" ("end_reason", "ended_at", "ended_by", "game_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "placed_by", "player_id", "provider_id", "reason", "reason_code", "scope", "starts_at", "until") VALUES (NEW."end_reason", NEW."ended_at", NEW."ended_by", NEW."game_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."placed_by", NEW."player_id", NEW."provider_id", NEW."reason", NEW."reason_code", NEW."scope", NEW."starts_at", NEW."until"); RETURN NULL;', hash='cbd0e33f8df08461b02ac727bde01b0752447315', operation='UPDATE', pgid='pgtrigger_update_update_524c0', table='games_stop', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stop',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "games_stophistory" ("end_reason", "ended_at", "ended_by", "game_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "placed_by", "player_id", "provider_id", "reason", "reason_code", "scope", "starts_at", "until") VALUES (OLD."end_reason", OLD."ended_at", OLD."ended_by", OLD."game_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."placed_by", OLD."player_id", OLD."provider_id", OLD."reason", OLD."reason_code", OLD."scope", OLD."starts_at", OLD."until"); RETURN NULL;', hash='a3717e0d2dc707a9325b67f2dfcf571f9057e07f', operation='DELETE', pgid='pgtrigger_delete_delete_8e580', table='games_stop', when='AFTER')),
        ),
        migrations.AddField(
            model_name='gamehistory',
            name='provider',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='games.provider'),
        ),
        migrations.AddIndex(
            model_name='providerhistory',
            index=models.Index(fields=['id', 'pgh_id'], name='provider_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='providerhistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='provider_hist_order', pages_per_range=16),
        ),
        migrations.AddField(
            model_name='providerkeyhistory',
            name='provider',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='games.provider'),
        ),
        migrations.AddField(
            model_name='stophistory',
            name='game',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='games.game'),
        ),
        migrations.AddField(
            model_name='stophistory',
            name='player',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='players.player'),
        ),
        migrations.AddField(
            model_name='stophistory',
            name='provider',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='games.provider'),
        ),
        migrations.AddIndex(
            model_name='gamehistory',
            index=models.Index(fields=['id', 'pgh_id'], name='game_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='gamehistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='game_hist_order', pages_per_range=16),
        ),
        migrations.AddIndex(
            model_name='providerkeyhistory',
            index=models.Index(fields=['id', 'pgh_id'], name='providerkey_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='providerkeyhistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='providerkey_hist_order', pages_per_range=16),
        ),
        migrations.AddIndex(
            model_name='stophistory',
            index=models.Index(fields=['id', 'pgh_id'], name='stop_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='stophistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='stop_hist_order', pages_per_range=16),
        ),
        history_guard('games_gamehistory', 'games_game'),
        history_guard('games_providerhistory', 'games_provider'),
        history_guard('games_providerkeyhistory', 'games_providerkey'),
        history_guard('games_stophistory', 'games_stop'),
    ]
