"""What is checked before an answer goes out (domain 3.6): ticked by a person, and true."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from policy.request.authority import Route
from policy.request.case import Request
from policy.request.search import is_search
from policy.request.third_parties import is_settled


class Check(StrEnum):
    """The lines of the list, in order; sending and its proof are part of recording the answer."""

    TOLD = "told"
    ENTITLED = "entitled"
    SEARCHED = "searched"
    THIRD_PARTIES = "third_parties"
    EXEMPTIONS = "exemptions"
    REDACTED = "redacted"
    REDACTED_AGAIN = "redacted_again"  # twice: a setting of ours
    EXPLAINED = "explained"
    WITHHELD_EXPLAINED = "withheld_explained"
    PLAIN = "plain"
    READABLE = "readable"
    RIGHTS = "rights"


LABELS: Final[Mapping[Check, str]] = {
    Check.TOLD: "The departments that hold something were told",  # SAR-8.1.1
    Check.ENTITLED: "Who asks, and for whom, is settled",  # SAR-2.3, SAR-6.2
    Check.SEARCHED: "Every search is finished",  # SAR-8.1.2
    Check.THIRD_PARTIES: "Other people in it are dealt with",  # SAR-7.2
    Check.EXEMPTIONS: "Whatever is withheld is on the list, with its reason",  # SAR-7.1
    Check.REDACTED: "The blacking-out was checked",
    Check.REDACTED_AGAIN: "And checked once more, the whole way through",
    Check.EXPLAINED: "It says what kinds of data there are",  # SAR-8.1.6
    Check.WITHHELD_EXPLAINED: "It says why something is withheld, as far as it can",  # SAR-7.3
    Check.PLAIN: "Technical words are explained",  # SAR-8.1.7
    Check.READABLE: "It is in the form asked for, or one that anybody can open",  # SAR-5.1
    Check.RIGHTS: "It says where to complain",
}


def left(request: Request) -> tuple[Check, ...]:
    """Return what is not ticked, or ticked and no longer true."""
    return tuple(check for check in Check if check.value not in request.ticked or untrue(request, check))


def untrue(request: Request, check: Check) -> str | None:
    """Say what in the case contradicts a line of the list; None where nothing does."""
    match check:
        case Check.ENTITLED:
            return _entitled(request)
        case Check.SEARCHED:
            return _searched(request)
        case Check.THIRD_PARTIES:
            unsettled = any(not is_settled(one) for one in request.third_parties)
            return "Somebody else in the data isn't settled yet." if unsettled else None
        case Check.REDACTED_AGAIN:
            first = Check.REDACTED.value in request.ticked
            return None if first else "Please check the blacking-out a first time before the second."
        case _:
            return None


def _entitled(request: Request) -> str | None:
    if request.is_waiting:
        return "We still wait for the requester."
    settled = request.confirmed is not None and request.confirmed.route not in {Route.NOBODY, Route.DPO}
    return None if settled else "Please settle first who gets the answer."


def _searched(request: Request) -> str | None:
    searches = [task for task in request.tasks if is_search(task.kind)]
    if not searches:
        return "No search was set. Please ask at least one department, or set the search for yourself."
    return "A search isn't finished yet." if any(task.done_at is None for task in searches) else None
