"""What "make messages" gives to xgettext beside the code: templates and the tables of the law, as Python."""

import ast
import io

from django.core.management import call_command

from registry.reference import safeguards


def test_templates_and_tables_are_written_as_python_that_marks_their_texts(tmp_path):
    said = io.StringIO()

    call_command("collect_texts", str(tmp_path), stdout=said)

    named = said.getvalue().split()
    assert named == sorted(named)
    assert {"templates/admin/languages.html", "registry/reference/data/safeguards.csv"} <= set(named)
    table = ast.parse((tmp_path / "registry/reference/data/safeguards.csv").read_text(encoding="utf-8"))
    assert [ast.literal_eval(line.value.args[0]) for line in table.body] == [row.title for row in safeguards.SAFEGUARDS]
    assert "Language" in (tmp_path / "templates/admin/languages.html").read_text(encoding="utf-8")


def test_every_template_is_there(tmp_path, settings):
    call_command("collect_texts", str(tmp_path), stdout=io.StringIO())

    written = {path.name for path in tmp_path.rglob("*.html")}
    assert {path.name for path in (settings.BASE_DIR / "templates").rglob("*.html")} == written
