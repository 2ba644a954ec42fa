import pytest


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    """The folders of jobs are those of the test."""
    settings.MEDIA_ROOT = tmp_path
