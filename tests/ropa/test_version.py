"""The version that the changelog names."""

from pathlib import Path

import pytest
from django.conf import settings

from ropa.version import read_version


@pytest.mark.parametrize("heading", ["## 1.10.2 (2026-12-01)", "## [1.10.2] - 2026-12-01"])
def test_the_newest_version_is_the_first_that_is_named(tmp_path: Path, heading: str) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(f"# Changelog\n\n{heading}\n\n- Words.\n\n## 1.9.0 (2026-11-01)\n", encoding="utf-8")

    assert read_version(changelog) == "1.10.2"


def test_a_changelog_without_version_is_refused(tmp_path: Path) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"names no version\. Give it a heading such as '## 0\.1\.0 \(2026-11-22\)'\."):
        read_version(changelog)


def test_the_settings_know_the_version_of_this_changelog() -> None:
    assert read_version(settings.BASE_DIR / "CHANGELOG.md") == settings.REGISTRY_VERSION
