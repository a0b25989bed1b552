"""Nothing is lost meanwhile: whoever looks after the cameras hears at once, colleagues are asked to delete nothing."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.request_news import footage_card
from dialogs.casework.tables import Table
from dialogs.letters import post
from dialogs.request import telling
from dialogs.request.words import KINDS_OF_PEOPLE
from policy.request.case import Request
from policy.request.kinds import OUTSIDERS, Requester, RequestKind
from policy.roles import Role

_SAVE: Final = "Please save what the cameras recorded then: they write over themselves. The DPO tells you which day."
_AUTHORISE: Final = (
    "Whether anything is shown or given out is for you to authorise, except to the police about a crime. The DPO "
    "comes to you with it."  # CCTV-7.7
)
_OUTSIDERS: Final = {Requester.POLICE: "the police", Requester.INSURER: "an insurer", Requester.PRESS: "the press"}


async def tell_of_footage(session: AsyncSession, request: Request, at_table: Table, *, now: datetime) -> None:
    """Tell the site manager, and for outsiders the chief executive, once each: no names, no words (domain 6)."""
    if request.kind not in {RequestKind.CCTV, RequestKind.RELEASE}:
        return
    told = {Role.SITE_MANAGER: _SAVE} | ({Role.CEO: _AUTHORISE} if request.kind is RequestKind.RELEASE else {})
    case = telling.subject(request.number)
    for role, keep in told.items():
        for person in at_table.staff.holders.get(role, ()):
            if person in request.concerned:
                continue
            card = footage_card(case=request.number, asked_by=_asked_by(request), keep=keep)
            key, to = f"{case}/footage/{role}/{person}", at_table.known[person]
            await post(session, key=key, to=to, card=card, about="task", now=now, subject=case)


def _asked_by(request: Request) -> str:
    kind = request.details.requester_kind
    if kind in OUTSIDERS:
        return _OUTSIDERS[Requester(kind)]
    return (
        "somebody outside school" if request.kind is RequestKind.RELEASE else KINDS_OF_PEOPLE.get(kind, "not said yet")
    )
