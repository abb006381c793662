import common.commit_order
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from compliance.audit.history import history_guard


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_row_history'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('staff', '0004_personnel_number'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoleConflictHistory',
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
            name='RoleGrantHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('brands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None)),
                ('jurisdictions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, null=True, size=None)),
                ('granted_at', models.DateTimeField(null=True)),
                ('granted_by', models.CharField(max_length=100, null=True)),
                ('reason', models.CharField(max_length=500, null=True)),
                ('approval', models.CharField(blank=True, max_length=40, null=True)),
                ('valid_until', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_by', models.CharField(blank=True, max_length=100, null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=500, null=True)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RoleHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=40, null=True)),
                ('name', models.CharField(max_length=60, null=True)),
                ('description', models.CharField(max_length=300, null=True)),
                ('adjustment_max', models.DecimalField(decimal_places=18, max_digits=38, null=True)),
                ('allowed_networks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=43), blank=True, null=True, size=None)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RolePermissionHistory',
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
            name='StaffUserHistory',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commit_order', models.BigIntegerField(db_default=common.commit_order.CommitOrder())),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(null=True, verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, max_length=150, null=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, null=True, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, null=True, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, verbose_name='email address')),
                ('is_staff', models.BooleanField(null=True, verbose_name='staff status')),
                ('is_active', models.BooleanField(null=True, verbose_name='active')),
                ('date_joined', models.DateTimeField(null=True, verbose_name='date joined')),
                ('personnel_number', models.CharField(blank=True, max_length=40, null=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9-]*$', 'Capital letters, digits and dashes, such as P-0107.')])),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RoleConflict',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('staff.role_conflicts',),
        ),
        migrations.CreateModel(
            name='RolePermission',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('staff.role_permissions',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_rolehistory" ("adjustment_max", "allowed_networks", "code", "description", "id", "name", "pgh_context", "pgh_created_at", "pgh_label") VALUES (NEW."adjustment_max", NEW."allowed_networks", NEW."code", NEW."description", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\'); RETURN NULL;', hash='12a7562e3a6f929296873d1a6886feaf72a70745', operation='INSERT', pgid='pgtrigger_insert_insert_147fd', table='staff_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."adjustment_max" IS DISTINCT FROM (NEW."adjustment_max") OR OLD."allowed_networks" IS DISTINCT FROM (NEW."allowed_networks") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func='INSERT INTO "staff_rolehistory" ("adjustment_max", "allowed_networks", "code", "description", "id", "name", "pgh_context", "pgh_created_at", "pgh_label") VALUES (NEW."adjustment_max", NEW."allowed_networks", NEW."code", NEW."description", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\'); RETURN NULL;', hash='0a86b48ff72f0170cf8532d35c3542adc45ff76c', operation='UPDATE', pgid='pgtrigger_update_update_5a97d', table='staff_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='role',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_rolehistory" ("adjustment_max", "allowed_networks", "code", "description", "id", "name", "pgh_context", "pgh_created_at", "pgh_label") VALUES (OLD."adjustment_max", OLD."allowed_networks", OLD."code", OLD."description", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\'); RETURN NULL;', hash='22ccc103296b85ba92b050ec1ffb89824fa77b83', operation='DELETE', pgid='pgtrigger_delete_delete_e2b71', table='staff_role', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_rolegranthistory" ("approval", "brands", "granted_at", "granted_by", "id", "jurisdictions", "pgh_context", "pgh_created_at", "pgh_label", "reason", "revoke_reason", "revoked_at", "revoked_by", "role_id", "staff_id", "valid_until") VALUES (NEW."approval", NEW."brands", NEW."granted_at", NEW."granted_by", NEW."id", NEW."jurisdictions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."reason", NEW."revoke_reason", NEW."revoked_at", NEW."revoked_by", NEW."role_id", NEW."staff_id", NEW."valid_until"); RETURN NULL;', hash='407b838775d020cebc44b523bd701bb659659428', operation='INSERT', pgid='pgtrigger_insert_insert_65e38', table='staff_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "staff_rolegranthistory" ("approval", "brands", "granted_at", "granted_by", "id", "jurisdictions", "pgh_context", "pgh_created_at", "pgh_label", "reason", "revoke_reason", "revoked_at", "revoked_by", "role_id", "staff_id", "valid_until") VALUES (NEW."approval", NEW."brands", NEW."granted_at", NEW."granted_by", NEW."id", NEW."jurisdictions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."reason", NEW."revoke_reason", NEW."revoked_at", NEW."revoked_by", NEW."role_id", NEW."staff_id", NEW."valid_until"); RETURN NULL;', hash='0a96e09418008da57f9428eff41e7f0bb7efae88', operation='UPDATE', pgid='pgtrigger_update_update_cff48', table='staff_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_rolegranthistory" ("approval", "brands", "granted_at", "granted_by", "id", "jurisdictions", "pgh_context", "pgh_created_at", "pgh_label", "reason", "revoke_reason", "revoked_at", "revoked_by", "role_id", "staff_id", "valid_until") VALUES (OLD."approval", OLD."brands", OLD."granted_at", OLD."granted_by", OLD."id", OLD."jurisdictions", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."reason", OLD."revoke_reason", OLD."revoked_at", OLD."revoked_by", OLD."role_id", OLD."staff_id", OLD."valid_until"); RETURN NULL;', hash='5b3099528c9f06b1a408efdfeb78da58610788c2', operation='DELETE', pgid='pgtrigger_delete_delete_19002', table='staff_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffuser',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_staffuserhistory" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "personnel_number", "pgh_context", "pgh_created_at", "pgh_label", "username") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", NEW."personnel_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."username"); RETURN NULL;', hash='db340a85872bd84f5f0fe92fb89dc0edd9ff2615', operation='INSERT', pgid='pgtrigger_insert_insert_9567a', table='staff_staffuser', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffuser',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."personnel_number" IS DISTINCT FROM (NEW."personnel_number") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "staff_staffuserhistory" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "personnel_number", "pgh_context", "pgh_created_at", "pgh_label", "username") VALUES (NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", NEW."personnel_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."username"); RETURN NULL;', hash='4752bc3127669b4a12ef41ad5607cf03e3063daa', operation='UPDATE', pgid='pgtrigger_update_update_810f1', table='staff_staffuser', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffuser',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_staffuserhistory" ("date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "personnel_number", "pgh_context", "pgh_created_at", "pgh_label", "username") VALUES (OLD."date_joined", OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."last_name", OLD."personnel_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."username"); RETURN NULL;', hash='9d9083f69dd0920e65275105fc88580457aaedc1', operation='DELETE', pgid='pgtrigger_delete_delete_a4dd8', table='staff_staffuser', when='AFTER')),
        ),
        migrations.AddField(
            model_name='roleconflicthistory',
            name='from_role',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.role'),
        ),
        migrations.AddField(
            model_name='roleconflicthistory',
            name='to_role',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.role'),
        ),
        migrations.AddField(
            model_name='rolegranthistory',
            name='role',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.role'),
        ),
        migrations.AddField(
            model_name='rolegranthistory',
            name='staff',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='rolehistory',
            index=models.Index(fields=['id', 'pgh_id'], name='role_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='rolehistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='role_hist_order', pages_per_range=16),
        ),
        migrations.AddField(
            model_name='rolepermissionhistory',
            name='permission',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.permission'),
        ),
        migrations.AddField(
            model_name='rolepermissionhistory',
            name='role',
            field=models.ForeignKey(db_constraint=False, db_index=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.role'),
        ),
        migrations.AddIndex(
            model_name='staffuserhistory',
            index=models.Index(fields=['id', 'pgh_id'], name='staffuser_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='staffuserhistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='staffuser_hist_order', pages_per_range=16),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleconflict',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_roleconflicthistory" ("from_role_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "to_role_id") VALUES (NEW."from_role_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."to_role_id"); RETURN NULL;', hash='c17870169151e233875dc7fe07a95be8910bc5c3', operation='INSERT', pgid='pgtrigger_insert_insert_2a950', table='staff_role_conflicts', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleconflict',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "staff_roleconflicthistory" ("from_role_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "to_role_id") VALUES (NEW."from_role_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."to_role_id"); RETURN NULL;', hash='51bc8a59ae12b6516e8ea0616134c31b7263eb75', operation='UPDATE', pgid='pgtrigger_update_update_bebf1', table='staff_role_conflicts', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roleconflict',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_roleconflicthistory" ("from_role_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "to_role_id") VALUES (OLD."from_role_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."to_role_id"); RETURN NULL;', hash='ca8841e5303811a24128ccf69a5f711ebe6b9725', operation='DELETE', pgid='pgtrigger_delete_delete_4a2ed', table='staff_role_conflicts', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolepermission',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_rolepermissionhistory" ("id", "permission_id", "pgh_context", "pgh_created_at", "pgh_label", "role_id") VALUES (NEW."id", NEW."permission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', NEW."role_id"); RETURN NULL;', hash='fe2a7608bd0742413d81e0019690e355f2a77bec', operation='INSERT', pgid='pgtrigger_insert_insert_8e451', table='staff_role_permissions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolepermission',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "staff_rolepermissionhistory" ("id", "permission_id", "pgh_context", "pgh_created_at", "pgh_label", "role_id") VALUES (NEW."id", NEW."permission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', NEW."role_id"); RETURN NULL;', hash='12e7ff8c22983217ec2efe14f48e44c2acd9c35c', operation='UPDATE', pgid='pgtrigger_update_update_0bdcd', table='staff_role_permissions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolepermission',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_rolepermissionhistory" ("id", "permission_id", "pgh_context", "pgh_created_at", "pgh_label", "role_id") VALUES (OLD."id", OLD."permission_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', OLD."role_id"); RETURN NULL;', hash='202f6f4a8ab31a247db598ca372098f72ee522ca', operation='DELETE', pgid='pgtrigger_delete_delete_42aef', table='staff_role_permissions', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='roleconflicthistory',
            index=models.Index(fields=['from_role', 'pgh_id'], name='roleconflict_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='roleconflicthistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='roleconflict_hist_order', pages_per_range=16),
        ),
        migrations.AddIndex(
            model_name='rolegranthistory',
            index=models.Index(fields=['staff', 'pgh_id'], name='rolegrant_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='rolegranthistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='rolegrant_hist_order', pages_per_range=16),
        ),
        migrations.AddIndex(
            model_name='rolepermissionhistory',
            index=models.Index(fields=['role', 'pgh_id'], name='rolepermission_hist_owner'),
        ),
        migrations.AddIndex(
            model_name='rolepermissionhistory',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['commit_order'], name='rolepermission_hist_order', pages_per_range=16),
        ),
        history_guard('staff_roleconflicthistory', 'staff_role_conflicts'),
        history_guard('staff_rolegranthistory', 'staff_rolegrant'),
        history_guard('staff_rolehistory', 'staff_role'),
        history_guard('staff_rolepermissionhistory', 'staff_role_permissions'),
        history_guard('staff_staffuserhistory', 'staff_staffuser'),
    ]
