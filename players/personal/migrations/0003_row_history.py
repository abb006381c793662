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
        ('personal', '0002_guards'),
        ('players', '0003_row_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonalDataHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('full_name', models.BinaryField(null=True)),
                ('email', models.BinaryField(null=True)),
                ('phone', models.BinaryField(null=True)),
                ('birth_date', models.BinaryField(null=True)),
                ('address_lines', models.BinaryField(null=True)),
                ('city', models.BinaryField(null=True)),
                ('postcode', models.BinaryField(null=True)),
                ('changed_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personaldata',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "personal_personaldatahistory" ("address_lines", "birth_date", "changed_at", "city", "email", "full_name", "id", "pgh_context", "pgh_created_at", "pgh_label", "phone", "player_id", "postcode") VALUES (NEW."address_lines", NEW."birth_date", NEW."changed_at", NEW."city", NEW."email", NEW."full_name", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."phone", NEW."player_id", NEW."postcode"); RETURN NULL;', hash='0024109254c10d76e1ff0495c521d31ebccaad50', operation='INSERT', pgid='pgtrigger_insert_insert_7e2f4', table='personal_personaldata', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personaldata',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "personal_personaldatahistory" ("address_lines", "birth_date", "changed_at", "city", "email", "full_name", "id", "pgh_context", "pgh_created_at", "pgh_label", "phone", "player_id", "postcode") VALUES (NEW."address_lines", NEW."birth_date", NEW."changed_at", NEW."city", NEW."email", NEW."full_name", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."phone", NEW."player_id", NEW."postcode"); RETURN NULL;', hash='f2beadef6fdab1fd31bd3b32d0e0af14da64620c', operation='UPDATE', pgid='pgtrigger_update_update_1a9df', table='personal_personaldata', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personaldata',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "personal_personaldatahistory" ("address_lines", "birth_date", "changed_at", "city", "email", "full_name", "id", "pgh_context", "pgh_created_at", "pgh_label", "phone", "player_id", "postcode") VALUES (OLD."address_lines", OLD."birth_date", OLD."changed_at", OLD."city", OLD."email", OLD."full_name", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."phone", OLD."player_id", OLD."postcode"); RETURN NULL;', hash='a73386207f36e68c5277592f81ca54008bfe1f03', operation='DELETE', pgid='pgtrigger_delete_delete_9f121', table='personal_personaldata', when='AFTER')),
        ),
        migrations.AddField(
            model_name='personaldatahistory',
            name='player',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='players.player'),
        ),
        migrations.AddIndex(
            model_name='personaldatahistory',
            index=models.Index(fields=['player', 'pgh_id'], name='personaldata_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='personaldatahistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='personaldata_hist_order', pages_per_range=16),
        ),
        history_guard('personal_personaldatahistory', 'personal_personaldata'),
    ]
