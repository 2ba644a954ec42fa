"""How comments that the import has written into a file are told from those of people."""

AUTHOR = "Import"
"""By whom the comments are that hold nothing but what the import says."""
BEFORE_MARK = "\n\n— Import —\n"
"""What stands between somebody's own comment and what the import says of the same cell."""


def without_mark(text: str, author: str) -> str:
    """Return what people have written of a comment; nothing where it is the import's own."""
    return "" if author == AUTHOR else text.partition(BEFORE_MARK)[0]
