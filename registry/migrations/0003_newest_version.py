"""An index that finds the newest version of each object up to a change set; it replaces the one on the key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_manifest"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicaldatacategory",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AlterField(
            model_name="historicaldatasubjectcategory",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AlterField(
            model_name="historicallegalbasis",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AlterField(
            model_name="historicalorganisation",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AlterField(
            model_name="historicalorganisationunit",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AlterField(
            model_name="historicalprocessingactivity",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AlterField(
            model_name="historicalrecipient",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AlterField(
            model_name="historicalretentionschedule",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AlterField(
            model_name="historicalsecuritymeasure",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AlterField(
            model_name="historicalsystem",
            name="id",
            field=models.BigIntegerField(auto_created=True, blank=True, verbose_name="ID"),
        ),
        migrations.AddIndex(
            model_name="historicaldatacategory",
            index=models.Index(fields=["id", "change_set", "history_id"], name="datacategory_newest"),
        ),
        migrations.AddIndex(
            model_name="historicaldatasubjectcategory",
            index=models.Index(fields=["id", "change_set", "history_id"], name="datasubjectcategory_newest"),
        ),
        migrations.AddIndex(
            model_name="historicallegalbasis",
            index=models.Index(fields=["id", "change_set", "history_id"], name="legalbasis_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalorganisation",
            index=models.Index(fields=["id", "change_set", "history_id"], name="organisation_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalorganisationunit",
            index=models.Index(fields=["id", "change_set", "history_id"], name="organisationunit_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalprocessingactivity",
            index=models.Index(fields=["id", "change_set", "history_id"], name="processingactivity_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalrecipient",
            index=models.Index(fields=["id", "change_set", "history_id"], name="recipient_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalretentionschedule",
            index=models.Index(fields=["id", "change_set", "history_id"], name="retentionschedule_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalsecuritymeasure",
            index=models.Index(fields=["id", "change_set", "history_id"], name="securitymeasure_newest"),
        ),
        migrations.AddIndex(
            model_name="historicalsystem",
            index=models.Index(fields=["id", "change_set", "history_id"], name="system_newest"),
        ),
    ]
