import pytest
from django.core.management import CommandError, call_command

from registry.record.activity import ActivityRecord
from registry.record.definition import facts


def test_the_generated_pages_are_up_to_date():
    call_command("write_docs", check=True)


def test_pages_are_written_and_a_stale_one_is_named(settings, tmp_path, capsys):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()

    call_command("write_docs")
    assert (
        capsys.readouterr().out
        == "data-dictionary.md written\nimport-layout.md written\ncompliance-rules.md written\nregister.schema.json written\nreport.schema.json written\n"
    )
    call_command("write_docs", check=True)
    (tmp_path / "docs" / "import-layout.md").write_text("old")

    with pytest.raises(CommandError, match=r"Not up to date: import-layout\.md\. Run `make docs`"):
        call_command("write_docs", check=True)


def test_every_fact_is_in_the_dictionary_and_the_layout(settings):
    dictionary = (settings.BASE_DIR / "docs" / "data-dictionary.md").read_text()
    layout = (settings.BASE_DIR / "docs" / "import-layout.md").read_text()

    for fact in facts(ActivityRecord).values():
        assert f"`{fact.key}`" in dictionary
        assert f"| {fact.label} |" in layout
