"""Which social media account is meant: a platform, a handle, or somebody's own."""

import re
from collections.abc import Sequence
from typing import Final

from policy.understanding.lexicon import Hit
from policy.understanding.words import Message

_PLATFORMS: Final = {
    "facebook": "facebook fb",
    "instagram": "instagram insta ig",
    "x": "twitter tweet x retweet",
    "tiktok": "tiktok tik",
    "youtube": "youtube yt",
    "snapchat": "snapchat",
    "linkedin": "linkedin linked",
    "bluesky": "bluesky",
    "threads": "threads",
    "mastodon": "mastodon",
    "pinterest": "pinterest",
    "reddit": "reddit",
    "tumblr": "tumblr",
    "vimeo": "vimeo",
    "flickr": "flickr",
    "twitch": "twitch",
}
_PLATFORM_OF: Final = {word: name for name, words in _PLATFORMS.items() for word in words.split()}
HANDLE: Final = re.compile(r"(?<![\w@.])@[\w.]{2,40}")
_OTHERS: Final = frozenset({"pta", "ptas", "parents", "fosa", "friends", "governors", "her", "his", "mums", "dads"})


def account(said: Message, hits: Sequence[Hit]) -> str | None:
    """Give the accounts that were said, joined by ", "; None where only "social media" was."""
    platforms: list[str] = []
    for hit in hits:
        if "uses.social" not in hit.concepts:
            continue
        said_here = [_PLATFORM_OF[word] for word in hit.phrase.split() if word in _PLATFORM_OF]
        platform = said_here[0] if said_here else ""
        before = set(said.keys[max(0, hit.start - 2) : hit.start])
        if before & {"own", "personal", "private"} or said.keys[hit.start - 1 : hit.start] == ("my",):
            platforms.append("a personal account")  # never a school's (domain 1.7 K20)
        elif before & _OTHERS and platform:
            platforms.append("somebody else's account")
        elif platform:
            platforms.extend(said_here)
    handles = HANDLE.findall(said.text)
    if handles:
        return ", ".join(dict.fromkeys(handles))
    if {"personal", "private"} & set(said.keys) and {"account", "page", "profile"} & set(said.keys) and platforms:
        return "a personal account"
    return ", ".join(dict.fromkeys(platforms)) or None
