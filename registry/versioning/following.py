"""What follows from a change is written into the same change set, before it is sealed."""

from collections.abc import Callable

from registry.versioning.open_set import OpenChangeSet

Follower = Callable[[OpenChangeSet], None]

_FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    """Have ``follower`` called at the end of each change set that touched something, once however often it is given.

    It may write: what it writes is sealed with the change, and calls no follower again.
    """
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def call_followers(opened: OpenChangeSet) -> None:
    """Call those who follow, in the order in which they were named; once for each change set.

    Done when the set closes, or before by whoever has written everything and wants to say what follows from it.
    """
    if any(opened.touched.values()) and not opened.is_followed:
        opened.is_followed = True
        for follower in _FOLLOWERS:
            follower(opened)
