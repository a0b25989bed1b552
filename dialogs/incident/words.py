"""What the states of an incident are called on cards, in news and in `status`."""

from collections.abc import Mapping
from typing import Final

from policy.incident.status import Status

STATUSES: Final[Mapping[Status, str]] = {
    Status.OPEN: "told, and nobody is on it yet",
    Status.WITH_LEADS: "with the head or the DSL",
    Status.WITH_CHAMPION: "being seen to",
    Status.EXTERNAL: "with somebody outside school",
    Status.CLOSED: "closed",
    Status.AUDITED: "closed and audited",
}
# What the reporter is told of each, and no more than that.
NEWS: Final[Mapping[Status, str]] = {
    Status.WITH_LEADS: "Somebody is on it. There is nothing more for you to do.",
    Status.WITH_CHAMPION: "Somebody is on it. There is nothing more for you to do.",
    Status.EXTERNAL: "It is now with people outside school who deal with such things.",
    Status.CLOSED: "It is closed. Thank you again for telling me.",
}
OWN_STATUS: Final[Mapping[Status, str]] = {  # in the reporter's own list
    Status.OPEN: "passed on",
    Status.WITH_LEADS: "somebody is on it",
    Status.WITH_CHAMPION: "somebody is on it",
    Status.EXTERNAL: "with people outside school",
    Status.CLOSED: "closed",
    Status.AUDITED: "closed",
}
