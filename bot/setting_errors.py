"""A setting that is wrong, and what was perhaps meant."""

from collections.abc import Mapping, Sequence
from typing import Any


class SettingsError(ValueError):
    """A setting that is wrong; the message names it and says what to do."""


def nearest(name: str, known: Mapping[str, Any] | Sequence[str]) -> str:
    """Say which of the names there are was perhaps meant, or what they all are."""
    from difflib import get_close_matches  # noqa: PLC0415  only on the way to an error

    near = get_close_matches(name, list(known), n=1, cutoff=0.4)
    return f' Did you mean "{near[0]}"?' if near else f" The settings are: {', '.join(known)}."
