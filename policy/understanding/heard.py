"""What a message was understood to ask: one frozen value, storable as plain JSON with ids instead of names."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from policy.images import Device, Medium, NameWanted, Photographer, PhotoRequest, Place, Use
from policy.understanding.who import Asked, Group, NameAsk, Nobody, Pupils, Unsure, Who, settled

if TYPE_CHECKING:
    from policy.names import Roll
    from policy.records import Pupil


class Intent(StrEnum):
    """What somebody wants (contract 3)."""

    PHOTO_PERMISSION = "photo_permission"
    POLICY_QUESTION = "policy_question"
    REPORT_BREACH = "report_breach"
    SAR_RECEIVED = "sar_received"
    RIGHTS_REQUEST = "rights_request"
    COMPLAINT_RECEIVED = "complaint_received"
    CCTV_REQUEST = "cctv_request"
    ONLINE_SAFETY_INCIDENT = "online_safety_incident"
    ILLEGAL_CONTENT = "illegal_content"
    CONSENT_WITHDRAWAL = "consent_withdrawal"
    PLAN_EVENT = "plan_event"
    RESTRICTED_LIST = "restricted_list"
    DEADLINE_QUESTION = "deadline_question"
    ASK_DPO = "ask_dpo"
    STATUS = "status"
    HELP = "help"
    GREETING = "greeting"
    UNKNOWN = "unknown"


class When(StrEnum):
    """How well the day is known."""

    UNSAID = "unsaid"  # `on` is today
    SAID = "said"  # `on` is that day, or the last day of "next week"; a day gone by counts as today
    UNCLEAR = "unclear"  # a day was meant but cannot be read: ask, never take it for today


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as understood. The fields from `media` on mean what `PhotoRequest` says of them."""

    intent: Intent
    confidence: float  # 0 to 1, the same for every pupil
    who: Who
    on: date
    when: When = When.UNSAID
    when_words: str = ""  # the words of an unclear day, to say back
    uses: frozenset[Use] | None = None  # None: not said
    media: frozenset[Medium] = frozenset({Medium.STILL})
    place: Place = Place.SITE
    device: Device = Device.UNSAID
    photographer: Photographer = Photographer.STAFF
    name: NameWanted = NameWanted.NONE
    account: str | None = None  # several are joined by ", ": each must be listed
    organisation: str | None = None  # as the school lists it, else as said; several joined by ", "
    distressing: bool = False
    digital: bool = True
    keeps_copies: bool = False
    sole_subject: bool = False
    words: str = ""
    extras: frozenset[str] = frozenset()
    probing: bool = False  # why, who refused, in care, what if: always refused (domain 1.6.3)
    follow_up: bool = False  # something was taken over from the question before
    alters: bool = False  # something about deleting or editing was said
    deletes: bool = False  # stored pictures are to be deleted, and nothing else is asked
    asked_on: date | None = None  # the day of the question
    too_long: bool = False  # more than we read; nothing was understood

    def request(self) -> PhotoRequest:
        """Give what is asked, the pupils apart; only once the use is known, or that there is none."""
        if self.deletes:
            return self._request(frozenset())
        if self.uses is None:
            raise ValueError("What the pictures are for is not known yet, so ask that first.")
        return self._request(self.uses)

    def circumstances(self) -> PhotoRequest:
        """Give the same with no use at all while it is unknown: for Stage A alone, never for a pupil."""
        return self._request(self.uses or frozenset())

    def _request(self, uses: frozenset[Use]) -> PhotoRequest:
        return PhotoRequest(
            uses=uses,
            media=self.media,
            on=self.on,
            place=self.place,
            device=self.device,
            photographer=self.photographer,
            name=self.name,
            account=self.account,
            organisation=self.organisation,
            distressing=self.distressing,
            digital=self.digital,
            group=self.is_group,
            keeps_copies=self.keeps_copies,
            sole_subject=self.sole_subject,
            words=self.words,
            extras=self.extras,
            asked_on=self.asked_on,
            alters=self.deletes,
            edits=self.alters and not self.deletes,  # judged as the use that is said, never as mere editing
        )

    @property
    def is_group(self) -> bool:
        """Whether more than one pupil is meant."""
        match self.who:
            case Nobody():
                return False
            case Group():
                return True
            case Pupils(pupils):
                return len(pupils) > 1
            case Unsure(asks, found, group):
                return group is not None or len(asks) + len(found) > 1

    @property
    def complete(self) -> bool:
        """Whether a decision may be made: someone certain, a use unless it is only deleted, and a day."""
        known = self.uses is not None or self.deletes
        return isinstance(self.who, Pupils | Group) and known and self.when is not When.UNCLEAR

    def to_json(self) -> dict[str, Any]:
        """Write it as a plain dict; pupils by id."""
        return {
            "intent": self.intent.value,
            "confidence": self.confidence,
            "who": _who_to_json(self.who),
            "on": self.on.isoformat(),
            "when": self.when.value,
            "when_words": self.when_words,
            "uses": None if self.uses is None else sorted(self.uses),
            "media": sorted(self.media),
            "place": self.place.value,
            "device": self.device.value,
            "photographer": self.photographer.value,
            "name": self.name.value,
            "account": self.account,
            "organisation": self.organisation,
            "distressing": self.distressing,
            "digital": self.digital,
            "keeps_copies": self.keeps_copies,
            "sole_subject": self.sole_subject,
            "words": self.words,
            "extras": sorted(self.extras),
            "probing": self.probing,
            "follow_up": self.follow_up,
            "alters": self.alters,
            "deletes": self.deletes,
            "asked_on": None if self.asked_on is None else self.asked_on.isoformat(),
            "too_long": self.too_long,
        }

    @classmethod
    def from_json(cls, row: dict[str, Any], roll: "Roll") -> "Heard":
        """Read the same value again; a pupil who is no longer in the school's records has to be asked for anew."""
        return cls(
            intent=Intent(row["intent"]),
            confidence=row["confidence"],
            who=_who_from_json(row["who"], roll),
            on=date.fromisoformat(row["on"]),
            when=When(row["when"]),
            when_words=row["when_words"],
            uses=None if row["uses"] is None else frozenset(map(Use, row["uses"])),
            media=frozenset(map(Medium, row["media"])),
            place=Place(row["place"]),
            device=Device(row["device"]),
            photographer=Photographer(row["photographer"]),
            name=NameWanted(row["name"]),
            account=row["account"],
            organisation=row["organisation"],
            distressing=row["distressing"],
            digital=row["digital"],
            keeps_copies=row["keeps_copies"],
            sole_subject=row["sole_subject"],
            words=row["words"],
            extras=frozenset(row["extras"]),
            probing=row["probing"],
            follow_up=row["follow_up"],
            alters=row["alters"],
            deletes=row.get("deletes", False),  # a question that a version before this one kept
            asked_on=None if row["asked_on"] is None else date.fromisoformat(row["asked_on"]),
            too_long=row["too_long"],
        )


def narrow(heard: Heard, roll: "Roll", *, chosen: int, ask: int = 0) -> Heard:
    """Give the next Heard once the asker chose a pupil (by id) for the nth ask.

    A choice that was not offered changes nothing, so a forged button still meets the question.
    """
    who = heard.who
    if not isinstance(who, Unsure) or not 0 <= ask < len(who.asks):
        return heard
    pupil = roll.by_id(chosen)
    if pupil is None or pupil.id not in {candidate.id for candidate in who.asks[ask].candidates}:
        return heard
    found = who.found if pupil in who.found else (*who.found, pupil)
    return replace(heard, who=settled(found, who.group, who.asks[:ask] + who.asks[ask + 1 :]))


def _who_to_json(who: Who) -> dict[str, Any]:
    match who:
        case Nobody():
            return {}
        case Pupils(pupils):
            return {"found": [pupil.id for pupil in pupils]}
        case Group():
            return {"group": _group_to_json(who)}
        case Unsure(asks, found, group):
            row: dict[str, Any] = {
                "found": [pupil.id for pupil in found],
                "asks": [
                    {"heard": ask.heard, "candidates": [p.id for p in ask.candidates], "about": ask.about.value}
                    for ask in asks
                ],
            }
            if group is not None:
                row["group"] = _group_to_json(group)
            return row


def _group_to_json(group: Group) -> dict[str, Any]:
    return {"label": group.label, "classes": list(group.classes), "also": [pupil.id for pupil in group.also]}


def _who_from_json(row: dict[str, Any], roll: "Roll") -> Who:
    asks = [NameAsk(ask["heard"], _known(ask["candidates"], roll), Asked(ask["about"])) for ask in row.get("asks", ())]
    named = (*row.get("found", ()), *row.get("group", {}).get("also", ()))
    if any(roll.by_id(pupil) is None for pupil in named):
        asks.append(NameAsk("the pupil you asked about before"))
    group = None
    if "group" in row:
        kept = row["group"]
        group = Group(kept["label"], tuple(kept["classes"]), _known(kept["also"], roll))
    return settled(_known(row.get("found", ()), roll), group, tuple(asks))


def _known(ids: list[int] | tuple[int, ...], roll: "Roll") -> "tuple[Pupil, ...]":
    return tuple(pupil for pupil in map(roll.by_id, ids) if pupil is not None)
