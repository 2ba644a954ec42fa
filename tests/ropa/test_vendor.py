import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "registry/static/registry/vendor"


def test_what_others_have_written_is_what_is_noted_with_its_licence():
    rows = re.findall(r"^\| `([^`]+)` .*, `([^`]+)` \| `([0-9a-f]{64})` \|$", (FOLDER / "README.md").read_text(), re.M)

    files = {path.name for path in FOLDER.iterdir()} - {"README.md"}

    assert {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name, _licence, _digest in rows} == {
        name: digest for name, _licence, digest in rows
    }
    assert files == {name for file, licence, _digest in rows for name in (file, licence)}


def test_none_of_it_builds_code_from_text_or_names_a_map_that_is_not_there():
    said = "".join(path.read_text() for path in FOLDER.glob("*.js"))

    assert re.findall(r"\beval\(|new Function\(|sourceMappingURL", said) == []
