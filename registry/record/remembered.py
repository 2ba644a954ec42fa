"""Remembering what a function returned, also where its argument is a class, which ``functools.cache`` doesn't admit."""

from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Return ``function``, called once for each different argument as long as the process lives."""
    return cast("Callable[P, R]", cache(function))
