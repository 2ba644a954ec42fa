"""Reads the boxes that forms offer to be ticked within a cell: what is ticked is said, what isn't is not."""

import re

_BOX = re.compile(r"[☐☒☑]|\[[ xX]?\](?=\s*\w)|(?<!\w)\(\s?[xX]?\s?\)(?=\s*\w)|[□■](?=\s*\w)")
_TICKED = frozenset("☒ ☑ ■ [x] (x)".split())
_BULLETS = frozenset("□■")


def ticked(text: str) -> str | None:
    """Return a text with boxes as what its ticked ones say, a line each, and what stands before the first of them.

    None for a text without boxes, or with nothing but one; "" where no box is ticked. A square counts as a box only
    where full and empty ones stand in one text: by itself it is a bullet.
    """
    marks = list(_BOX.finditer(text))
    if not {"□", "■"} <= {mark[0] for mark in marks}:
        marks = [mark for mark in marks if mark[0] not in _BULLETS]
    if not marks or not _BOX.sub("", text).strip():
        return None
    if not any(mark[0] in "☐☒☑□■" for mark in marks) and len(marks) < 2:
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    said = [text[: marks[0].start()].strip()]
    for mark, end in zip(marks, ends, strict=True):
        words = text[mark.end() : end]
        is_ticked = mark[0].replace(" ", "").lower() in _TICKED
        said.append(words.strip(" \n,;/") if is_ticked else words.partition("\n")[2].strip())
    return "\n".join(filter(None, said))
