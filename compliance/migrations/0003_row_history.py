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
        ('compliance', '0002_permissions'),
        ('players', '0003_row_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='RestrictionHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=20, null=True)),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(max_length=500, null=True)),
                ('placed_by', models.CharField(max_length=100, null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restriction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compliance_restrictionhistory" ("ends_at", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "placed_by", "player_id", "reason", "starts_at") VALUES (NEW."ends_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."placed_by", NEW."player_id", NEW."reason", NEW."starts_at"); RETURN NULL;', hash='4138498349bddf0558d3fb266dbabbc72882f145', operation='INSERT', pgid='pgtrigger_insert_insert_250a9', table='compliance_restriction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restriction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "compliance_restrictionhistory" ("ends_at", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "placed_by", "player_id", "reason", "starts_at") VALUES (NEW."ends_at", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."placed_by", NEW."player_id", NEW."reason", NEW."starts_at"); RETURN NULL;', hash='76d9c7bd2da7c6999d605b15b2afe1a5fc8972f0', operation='UPDATE', pgid='pgtrigger_update_update_53a9e', table='compliance_restriction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restriction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "compliance_restrictionhistory" ("ends_at", "id", "kind", "pgh_context", "pgh_created_at", "pgh_label", "placed_by", "player_id", "reason", "starts_at") VALUES (OLD."ends_at", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."placed_by", OLD."player_id", OLD."reason", OLD."starts_at"); RETURN NULL;', hash='c4ad3dc9ea7d8fa5ae06caea1d428506507e5e10', operation='DELETE', pgid='pgtrigger_delete_delete_365d6', table='compliance_restriction', when='AFTER')),
        ),
        migrations.AddField(
            model_name='restrictionhistory',
            name='player',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='players.player'),
        ),
        migrations.AddIndex(
            model_name='restrictionhistory',
            index=models.Index(fields=['id', 'pgh_id'], name='restriction_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='restrictionhistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='restriction_hist_order', pages_per_range=16),
        ),
        history_guard('compliance_restrictionhistory', 'compliance_restriction'),
    ]
