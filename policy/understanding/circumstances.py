"""How and where it happens: still or film, whose device, which place, who takes it, and a name with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy.images import Device, Medium, NameWanted, Photographer, Place
from policy.understanding.lexicon import Hit
from policy.understanding.words import Message, word_set

_ALONE: Final = frozenset({"alone", "solo", "individual", "portrait", "headshot", "closeup"})
_SCHOOLS: Final = word_set("school schools work class office academy trust department classroom schoolowned")
_SOMEONES: Final = word_set("his her their your a an the any another someones mums dads colleagues tas")
_WITH: Final = word_set("on with using use from via through by")
_ADVERB_AFTER: Final = word_set(
    """
    allowed ok okay fine need valid stay be on up in have has appear able there permitted good alright display use
    possible
    """
)
_FILMS_ITSELF: Final = frozenset({"tiktok", "youtube", "yt"})
# Beside any of these a picture is taken or used, however it is edited or deleted afterwards.
_MAKES_OR_USES: Final = frozenset({"picture.capture", "picture.publish", "place.private", "scene.distress"})
_SURNAMES: Final = word_set("surname surnames")
_WHOLE: Final = frozenset({"full", "last", "family", "second", "whole", "complete"})
_NO: Final = word_set("no without not never omit remove minus leave dont")
_BESIDE: Final = word_set(
    """
    with and including plus add adding put print printing show showing use using under beside next below caption
    captioned give name underneath alongside have
    """
)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What was said of them; a medium or device of None was not said."""

    media: frozenset[Medium] | None
    device: Device
    place: Place
    photographer: Photographer
    name: NameWanted | None
    distressing: bool
    sole_subject: bool
    keeps_copies: bool
    alters: bool
    event: bool


def circumstances(said: Message, hits: Sequence[Hit], names: frozenset[int]) -> Circumstances:
    """Read the circumstances."""
    have = {concept for hit in hits for concept in hit.concepts}
    keys = set(said.keys)
    device = _device(said, hits, names)
    return Circumstances(
        media=_media(said, hits, have, keys),
        device=device,
        place=_place(have),
        photographer=_photographer(have),
        name=_name(said, names),
        distressing="scene.distress" in have,
        sole_subject=_alone(said, names),
        keeps_copies=bool(keys & {"keep", "keeps", "keeping", "retain", "retains"})
        and bool(have & {"people.professional", "people.pressman"}),
        alters="alters.alters" in have and device is Device.UNSAID and have.isdisjoint(_MAKES_OR_USES),
        event="people.event" in have,
    )


def _alone(said: Message, names: frozenset[int]) -> bool:
    """Whether one child is to be the whole picture: "a portrait", "just her", "on his own"."""
    keys = said.keys
    if set(keys) & _ALONE:
        return True
    for at, key in enumerate(keys[:-1]):
        if key in {"just", "only"} and (keys[at + 1] in {"her", "him", "one", "them"} or at + 1 in names):
            return True
        if key in {"his", "her", "their"} and keys[at + 1] == "own":
            return True
    return False


def _media(said: Message, hits: Sequence[Hit], have: set[str], keys: set[str]) -> frozenset[Medium] | None:
    video = "picture.video" in have or "uses.live" in have or bool({"record", "videotape"} & keys and _records(said))
    still = "picture.still" in have
    for at, key in enumerate(said.keys):
        if key == "still" and not any(h.start <= at < h.end for h in hits):
            after = said.keys[at + 1] if at + 1 < len(said.keys) else ""
            before = said.keys[at - 1] if at else ""
            gap = said.words[at + 1].gap if at + 1 < len(said.words) else "."
            still = still or (
                (before in {"a", "as", "or", "and"} or bool(gap) or after == "for") and after not in _ADVERB_AFTER
            )
    if not still and not video and keys & _FILMS_ITSELF:
        video = True
    told = ({Medium.STILL} if still else set()) | ({Medium.VIDEO} if video else set())
    return frozenset(told) or None


def _records(said: Message) -> bool:
    # "record Amelia reading", not "for the record" or "her records"
    return any(
        key == "record"
        and said.keys[at - 1] in {"to", "i", "we", "can", "may", "and", "or", "parents", "please", "film"}
        for at, key in enumerate(said.keys)
        if at
    )


def _device(said: Message, hits: Sequence[Hit], names: frozenset[int]) -> Device:
    found = Device.UNSAID
    for hit in hits:
        kind = next((c for c in hit.concepts if c.startswith("device.")), "")
        if not kind:
            continue
        before = list(said.keys[max(0, hit.start - 4) : hit.start])
        owner = said.words[hit.start - 1] if hit.start else None
        schools = bool(set(before) & _SCHOOLS) and not set(before) & {"own", "personal"}
        own = (
            bool(set(before) & {"own", "personal", "private"})
            or before[-1:] == ["my"]
            or (len(before) > 1 and before[-2] == "my")
        )
        someones = (
            owner is not None
            and (owner.possessive or owner.key in _SOMEONES - {"the", "a", "an", "any"})
            and hit.start - 1 not in names
        )
        device = _of_kind(
            kind,
            before,
            schools=schools,
            own=own or someones,
            after=said.keys[hit.end : hit.end + 1],
            phrase=hit.phrase,
        )
        if device in {Device.PERSONAL_PHONE, Device.PERSONAL_CAMERA}:
            return device
        if device is not Device.UNSAID:
            found = device
    return found


def _of_kind(kind: str, before: list[str], *, schools: bool, own: bool, after: tuple[str, ...], phrase: str) -> Device:
    if after in {("call",), ("calls",), ("number",), ("numbers",), ("angle",), ("shy",)}:
        return Device.UNSAID
    if schools:
        return Device.SCHOOL_CAMERA if kind == "device.camera" else Device.SCHOOL_OTHER
    if kind == "device.phone":
        # A phone of which nobody said that it is the school's is somebody's own.
        used = own or bool(set(before[-2:]) & _WITH) or phrase not in {"phone", "phones", "mobile", "mobiles"}
        return Device.PERSONAL_PHONE if used else Device.UNSAID
    if own:
        return Device.PERSONAL_CAMERA if kind == "device.camera" else Device.PERSONAL_PHONE
    if kind == "device.camera" and phrase in {"gopro", "go pro", "drone", "dashcam", "bodycam", "body camera"}:
        return Device.PERSONAL_CAMERA
    return Device.UNSAID


def _place(have: set[str]) -> Place:
    if "place.private" in have:
        return Place.PRIVATE
    return Place.VISIT if "place.visit" in have else Place.SITE


def _photographer(have: set[str]) -> Photographer:
    if "people.pressman" in have:
        return Photographer.PRESS
    if "people.professional" in have:
        return Photographer.PROFESSIONAL
    return Photographer.VOLUNTEER if "people.volunteer" in have else Photographer.STAFF


def _name(said: Message, names: frozenset[int]) -> NameWanted | None:
    """Which name is to go with the picture; no name beats a first name beats nothing said."""
    keys, wanted = said.keys, None
    for at, key in enumerate(keys):
        before = set(keys[max(0, at - 3) : at])
        if key in _SURNAMES or (key in {"name", "names"} and keys[at - 1 : at] and keys[at - 1] in _WHOLE):
            level: NameWanted | None = NameWanted.NONE if before & _NO else NameWanted.FULL
        elif key in {"firstname", "forename", "forenames"} or (
            key in {"name", "names"} and keys[at - 1 : at] in {("first",), ("christian",)}
        ):
            level = NameWanted.NONE if before & _NO else NameWanted.FIRST
        elif key in {"name", "names"}:
            level = _bare_name(said, at, before, names)
        elif key in {"caption", "captioned", "captioning", "labelled", "tagged"} and (
            told := [i for i in range(at + 1, at + 4) if i in names]
        ):
            level = NameWanted.NONE if before & _NO else NameWanted.FULL if len(told) > 1 else NameWanted.FIRST
        elif key in {"named", "captioned"} and at + 1 not in names:
            level = NameWanted.NONE if before & _NO else NameWanted.FIRST
        else:
            continue
        if level is not None and (wanted is None or level is NameWanted.FULL or wanted is NameWanted.NONE):
            wanted = level
    return wanted


def _bare_name(said: Message, at: int, before: set[str], names: frozenset[int]) -> NameWanted | None:
    keys = said.keys
    if {"out", "off"} & set(keys[at + 1 : at + 5]) and {"keep", "leave"} & set(keys[at + 1 : at + 5]):
        return None  # "names to keep out?"
    if before & _NO:
        return NameWanted.NONE
    owned = bool(before & {"his", "her", "their", "the", "its", "a"}) or (
        at - 1 in names and said.words[at - 1].possessive
    )
    if (owned and before & _BESIDE) or keys[at + 1 : at + 2] in {
        ("under",),
        ("beside",),
        ("next",),
        ("below",),
        ("underneath",),
        ("alongside",),
        ("on",),
    }:
        return NameWanted.FIRST
    return NameWanted.FIRST if keys[at - 1 : at] in {("by",), ("with",), ("and",)} else None
