import common.commit_order
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
        ('games', '0004_row_history'),
        ('jackpots', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='JackpotGameHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='JackpotHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=60, null=True)),
                ('name', models.CharField(max_length=100, null=True)),
                ('currency', models.CharField(max_length=5, null=True)),
                ('seed', models.DecimalField(decimal_places=18, max_digits=38, null=True)),
                ('enabled', models.BooleanField(null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jackpot',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "jackpots_jackpothistory" ("code", "currency", "enabled", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "provider_id", "seed") VALUES (NEW."code", NEW."currency", NEW."enabled", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."provider_id", NEW."seed"); RETURN NULL;', hash='ff706b5a9699d849128f1869c0948cc594d1e298', operation='INSERT', pgid='pgtrigger_insert_insert_e769c', table='jackpots_jackpot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jackpot',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "jackpots_jackpothistory" ("code", "currency", "enabled", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "provider_id", "seed") VALUES (NEW."code", NEW."currency", NEW."enabled", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."provider_id", NEW."seed"); RETURN NULL;', hash='ce52b13d9aad6faff536efa83379ce49aed14a84', operation='UPDATE', pgid='pgtrigger_update_update_c37ed', table='jackpots_jackpot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jackpot',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "jackpots_jackpothistory" ("code", "currency", "enabled", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "provider_id", "seed") VALUES (OLD."code", OLD."currency", OLD."enabled", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."provider_id", OLD."seed"); RETURN NULL;', hash='fae52d8eca131c4de9ead1ba8e8f76ea5cd0e340', operation='DELETE', pgid='pgtrigger_delete_delete_e43d7', table='jackpots_jackpot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jackpotgame',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "jackpots_jackpotgamehistory" ("game_id", "id", "jackpot_id", "pgh_context", "pgh_created_at", "pgh_label") VALUES (NEW."game_id", NEW."id", NEW."jackpot_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\'); RETURN NULL;', hash='52b33893c085bae76701b2cc41ade4b2b32985d8', operation='INSERT', pgid='pgtrigger_insert_insert_78914', table='jackpots_jackpotgame', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jackpotgame',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "jackpots_jackpotgamehistory" ("game_id", "id", "jackpot_id", "pgh_context", "pgh_created_at", "pgh_label") VALUES (NEW."game_id", NEW."id", NEW."jackpot_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\'); RETURN NULL;', hash='bd5889bdd619f31f2ba45012b928c48224548c54', operation='UPDATE', pgid='pgtrigger_update_update_c7fb1', table='jackpots_jackpotgame', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jackpotgame',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "jackpots_jackpotgamehistory" ("game_id", "id", "jackpot_id", "pgh_context", "pgh_created_at", "pgh_label") VALUES (OLD."game_id", OLD."id", OLD."jackpot_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\'); RETURN NULL;', hash='7d4ed9d713408d0b636f1e71bc9bfaee4ac49719', operation='DELETE', pgid='pgtrigger_delete_delete_19b5e', table='jackpots_jackpotgame', when='AFTER')),
        ),
        migrations.AddField(
            model_name='jackpotgamehistory',
            name='game',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='games.game'),
        ),
        migrations.AddField(
            model_name='jackpotgamehistory',
            name='jackpot',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='jackpots.jackpot'),
        ),
        migrations.AddField(
            model_name='jackpothistory',
            name='provider',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='games.provider'),
        ),
        migrations.AddIndex(
            model_name='jackpotgamehistory',
            index=models.Index(fields=['jackpot', 'pgh_id'], name='jackpotgame_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='jackpotgamehistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='jackpotgame_hist_order', pages_per_range=16),
        ),
        migrations.AddIndex(
            model_name='jackpothistory',
            index=models.Index(fields=['id', 'pgh_id'], name='jackpot_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='jackpothistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='jackpot_hist_order', pages_per_range=16),
        ),
        history_guard('jackpots_jackpotgamehistory', 'jackpots_jackpotgame'),
        history_guard('jackpots_jackpothistory', 'jackpots_jackpot'),
    ]
