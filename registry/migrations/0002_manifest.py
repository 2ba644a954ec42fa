"""Adds manifests, and writes those of change sets that were sealed before there were any: from versions that fit."""

import django.db.models.deletion
from django.db import migrations, models

from registry.versioning.chain import Seal, named_line

PAGE = 2000


def write_manifests(apps, schema_editor):
    ChangeSet = apps.get_model("registry", "ChangeSet")
    ManifestPage = apps.get_model("registry", "ManifestPage")
    histories = sorted(
        (name.removeprefix("historical"), model)
        for name, model in apps.all_models["registry"].items()
        if name.startswith("historical")
    )
    for header in ChangeSet.objects.order_by("sequence").iterator():
        lines = [
            named_line(name, *version)
            for name, model in histories
            for version in model.objects.filter(change_set_id=header.pk)
            .order_by("id")
            .values_list("id", "history_type", "content")
        ]
        seal = Seal(header)
        seal.add("\n".join(lines))
        if seal.hexdigest() == header.digest:  # otherwise it has no manifest, and verification says so
            ManifestPage.objects.bulk_create(
                ManifestPage(change_set=header, place=place, lines="\n".join(lines[start : start + PAGE]))
                for place, start in enumerate(range(0, len(lines), PAGE))
            )


class Migration(migrations.Migration):

    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ManifestPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(verbose_name="page")),
                ("lines", models.TextField(verbose_name="lines")),
                (
                    "change_set",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="manifest",
                        to="registry.changeset",
                        verbose_name="change set",
                    ),
                ),
            ],
            options={
                "verbose_name": "page of a manifest",
                "verbose_name_plural": "pages of manifests",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("change_set", "place"), name="manifest_page_once"),
                ],
            },
        ),
        migrations.RunPython(write_manifests, migrations.RunPython.noop),
    ]
