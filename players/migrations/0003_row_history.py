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
        ('players', '0002_permissions'),
    ]

    operations = [
        migrations.CreateModel(
            name='BrandHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=40, null=True)),
                ('name', models.CharField(max_length=100, null=True)),
                ('jurisdiction', models.CharField(max_length=8, null=True)),
                ('enabled', models.BooleanField(null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PlayerHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(max_length=40, null=True)),
                ('nickname', models.CharField(max_length=60, null=True)),
                ('status', models.CharField(max_length=10, null=True)),
                ('currency', models.CharField(max_length=5, null=True)),
                ('country', models.CharField(max_length=2, null=True)),
                ('language', models.CharField(max_length=8, null=True)),
                ('jurisdiction', models.CharField(max_length=8, null=True)),
                ('is_test', models.BooleanField(null=True)),
                ('created_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brand',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "players_brandhistory" ("code", "enabled", "id", "jurisdiction", "name", "pgh_context", "pgh_created_at", "pgh_label") VALUES (NEW."code", NEW."enabled", NEW."id", NEW."jurisdiction", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\'); RETURN NULL;', hash='313e41eadfc996af9ba02eb687bd622024674c8c', operation='INSERT', pgid='pgtrigger_insert_insert_35f5e', table='players_brand', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brand',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "players_brandhistory" ("code", "enabled", "id", "jurisdiction", "name", "pgh_context", "pgh_created_at", "pgh_label") VALUES (NEW."code", NEW."enabled", NEW."id", NEW."jurisdiction", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\'); RETURN NULL;', hash='ae0941b10d0ef27a6b68ed0bb6e9192c02ec13a4', operation='UPDATE', pgid='pgtrigger_update_update_c8f92', table='players_brand', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brand',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "players_brandhistory" ("code", "enabled", "id", "jurisdiction", "name", "pgh_context", "pgh_created_at", "pgh_label") VALUES (OLD."code", OLD."enabled", OLD."id", OLD."jurisdiction", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\'); RETURN NULL;', hash='006a8e814be79821fe28049b2b6b27f2e51ce528', operation='DELETE', pgid='pgtrigger_delete_delete_715f3', table='players_brand', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='player',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "players_playerhistory" ("brand_id", "country", "created_at", "currency", "id", "is_test", "jurisdiction", "language", "nickname", "pgh_context", "pgh_created_at", "pgh_label", "public_id", "status") VALUES (NEW."brand_id", NEW."country", NEW."created_at", NEW."currency", NEW."id", NEW."is_test", NEW."jurisdiction", NEW."language", NEW."nickname", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."public_id", NEW."status"); RETURN NULL;', hash='3f0565a28c5e0bc156913bd29c1ee1c1133d75f6', operation='INSERT', pgid='pgtrigger_insert_insert_c3acc', table='players_player', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='player',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "players_playerhistory" ("brand_id", "country", "created_at", "currency", "id", "is_test", "jurisdiction", "language", "nickname", "pgh_context", "pgh_created_at", "pgh_label", "public_id", "status") VALUES (NEW."brand_id", NEW."country", NEW."created_at", NEW."currency", NEW."id", NEW."is_test", NEW."jurisdiction", NEW."language", NEW."nickname", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."public_id", NEW."status"); RETURN NULL;', hash='300cf0b59bc136f269e225e9902de4fb93b657c0', operation='UPDATE', pgid='pgtrigger_update_update_e9e96', table='players_player', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='player',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "players_playerhistory" ("brand_id", "country", "created_at", "currency", "id", "is_test", "jurisdiction", "language", "nickname", "pgh_context", "pgh_created_at", "pgh_label", "public_id", "status") VALUES (OLD."brand_id", OLD."country", OLD."created_at", OLD."currency", OLD."id", OLD."is_test", OLD."jurisdiction", OLD."language", OLD."nickname", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."public_id", OLD."status"); RETURN NULL;', hash='a8ed8274d6698cfe742a5f5d2f2acb404cafcf4a', operation='DELETE', pgid='pgtrigger_delete_delete_ce74e', table='players_player', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='brandhistory',
            index=models.Index(fields=['id', 'pgh_id'], name='brand_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='brandhistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='brand_hist_order', pages_per_range=16),
        ),
        migrations.AddField(
            model_name='playerhistory',
            name='brand',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='players.brand'),
        ),
        migrations.AddIndex(
            model_name='playerhistory',
            index=models.Index(fields=['id', 'pgh_id'], name='player_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='playerhistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='player_hist_order', pages_per_range=16),
        ),
        history_guard('players_brandhistory', 'players_brand'),
        history_guard('players_playerhistory', 'players_player'),
    ]
