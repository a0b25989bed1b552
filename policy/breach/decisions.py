"""What may be decided about a breach, and what the procedure's table says to what was typed: shown, never applied.

People decide. Where a decision and the table differ, the reason for it is asked for; nothing more (BREACH-4.7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policy.breach.events import Matter


class Exemption(StrEnum):
    """Why the people affected need not be told although the risk to them is high (BREACH-4.12)."""

    UNINTELLIGIBLE = "unintelligible"
    RISK_REMOVED = "risk_removed"
    DISPROPORTIONATE = "disproportionate"  # a public notice instead


class Outcome(StrEnum):
    """What a decision can come to."""

    YES = "yes"
    NO = "no"
    PUBLIC_NOTICE = "public_notice"  # of the people affected only


EXEMPTIONS: Final[Mapping[Exemption, str]] = {
    Exemption.UNINTELLIGIBLE: "Nobody could read it, because it was encrypted",
    Exemption.RISK_REMOVED: "What was done since took the high risk away",
    Exemption.DISPROPORTIONATE: "Telling each would be out of proportion: a public notice instead",
}
OUTCOMES: Final[Mapping[Matter, tuple[Outcome, ...]]] = {
    matter: tuple(Outcome) if matter is Matter.SUBJECTS else (Outcome.NO, Outcome.YES) for matter in Matter
}
# What must be said besides the reason, by matter and outcome: names of details.
REQUIRED: Final[Mapping[tuple[Matter, Outcome], tuple[str, ...]]] = {
    (Matter.SUBJECTS, Outcome.PUBLIC_NOTICE): ("notice",),  # BREACH-4.12
    (Matter.POLICE, Outcome.YES): ("force",),  # BREACH-4.2; the reference may come later
    (Matter.OTHERS, Outcome.YES): ("name", "by"),  # BREACH-3.4: each contract has a time of its own
    (Matter.OVERSEAS, Outcome.YES): ("country",),  # BREACH-4.9
}
_ASKED_FOR: Final[Mapping[str, str]] = {
    "notice": "where the public notice stands",
    "force": "which police force",
    "name": "which organisation",
    "by": "by when they must hear",
    "country": "which country",
}


@dataclass(frozen=True, slots=True)
class Says:
    """What the table says; None where it says nothing, or not yet."""

    ico: bool | None
    subjects: Outcome | None


def table_says(
    *, risk_unlikely: bool | None, high_risk: bool | None, exemption: Exemption | None, ico_orders: bool
) -> Says:
    """Read the table of domain 2.6 for what the DPO typed; None stands for what was not said."""
    ico = None if risk_unlikely is None else not risk_unlikely
    if ico_orders:
        return Says(ico, Outcome.YES)  # BREACH-4.13: whatever exemption there was
    if risk_unlikely or high_risk is False:
        return Says(ico, Outcome.NO)
    if high_risk is None:
        return Says(ico, None)
    match exemption:
        case None:
            return Says(True if ico is None else ico, Outcome.YES)  # BREACH-4.10: a high risk is a risk
        case Exemption.DISPROPORTIONATE:
            return Says(True if ico is None else ico, Outcome.PUBLIC_NOTICE)
        case Exemption.UNINTELLIGIBLE | Exemption.RISK_REMOVED:
            return Says(True if ico is None else ico, Outcome.NO)


def typed(details: Mapping[str, str]) -> Says:
    """Read the table for a decision's details: `risk_unlikely`, `high_risk`, `ico_orders` (yes or no), `exemption`."""
    exemption = details.get("exemption", "")
    return table_says(
        risk_unlikely=_yes(details.get("risk_unlikely")),
        high_risk=_yes(details.get("high_risk")),
        exemption=Exemption(exemption) if exemption in set(Exemption) else None,
        ico_orders=_yes(details.get("ico_orders")) is True,
    )


def contradiction(matter: Matter, outcome: str, details: Mapping[str, str]) -> str | None:
    """Say where a decision and the table differ; None where they agree or the table is silent."""
    says = typed(details)
    if _yes(details.get("risk_unlikely")) and _yes(details.get("high_risk")):
        return "A risk that is unlikely can't be a high one."
    if matter is Matter.ICO and says.ico is not None and says.ico != (outcome == Outcome.YES):
        told = "tell the regulator" if says.ico else "there is no need to tell the regulator"
        return f"For what you entered the procedure says: {told}."
    if matter is Matter.SUBJECTS and says.subjects is not None and says.subjects != outcome:
        return f"For what you entered the procedure says: {_SUBJECTS[says.subjects]}."
    return None


def unfinished(matter: Matter, outcome: str, reason: str, details: Mapping[str, str]) -> str | None:
    """Say what a decision still lacks before it can be kept; None where it is whole."""
    if outcome not in OUTCOMES[matter]:
        return "Please choose an outcome."
    if not reason.strip():
        return "Please give the reason: it is kept with the decision."
    lacking = [name for name in REQUIRED.get((matter, Outcome(outcome)), ()) if not details.get(name, "").strip()]
    if lacking:
        return f"Please say {_ASKED_FOR[lacking[0]]}."
    differs = contradiction(matter, outcome, details)
    if differs and not details.get("override", "").strip():
        return f"{differs} It is your decision; please add why you decide otherwise."
    return None


_SUBJECTS: Final[Mapping[Outcome, str]] = {
    Outcome.YES: "tell the people affected",
    Outcome.NO: "there is no need to tell the people affected",
    Outcome.PUBLIC_NOTICE: "put out a public notice instead",
}


def _yes(said: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(said or "")
