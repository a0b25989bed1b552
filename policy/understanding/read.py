"""Reading a message: every part finds its own words, and what nobody understands makes the answer a question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from policy.images import Device, Medium, NameWanted, Photographer, Place, Use
from policy.names import Roll
from policy.records import Pupil
from policy.understanding.around import MODALS
from policy.understanding.circumstances import Circumstances, circumstances
from policy.understanding.dates import Day, day
from policy.understanding.heard import Heard, Intent, When
from policy.understanding.intents import intent
from policy.understanding.lexicon import lexicon
from policy.understanding.organisations import organisations as bodies_in
from policy.understanding.people import calendar_names, people
from policy.understanding.probing import probes
from policy.understanding.removal import only_deletes
from policy.understanding.signs import Signs
from policy.understanding.slips import undone
from policy.understanding.uses import Uses, uses
from policy.understanding.who import Group, NameAsk, Nobody, Pupils, Unsure, Who, settled
from policy.understanding.words import Message, message, word_set

_GOES_ON: Final = word_set(
    """
    and also same or but then for on with in what how tomorrow today next this ok okay even still too just him her
    them he she they his their
    """
)
_PRONOUNS: Final = word_set("him her them he she they his hers their theirs it same that this")
_LINKS: Final = frozenset({"and", "also", "or", "but", "what", "how", "same"})
_CAPTURES: Final = word_set("film photograph video videoing filming photographing record recording snap")
_PICTURES: Final = word_set(
    "photo photos picture pictures pic pics film films video videos clip footage image images shot"
)
_ADDS: Final = frozenset({"too", "also"})
# What a probing message may have sounded like; a dialog that starts tells nobody anything.
_ANSWERED: Final = frozenset({Intent.PHOTO_PERMISSION, Intent.POLICY_QUESTION, Intent.UNKNOWN, Intent.ASK_DPO})
_SHORT: Final = 9  # words of a message that may go on from the one before


def read(
    text: str, *, today: date, roll: Roll, organisations: Sequence[str] = (), previous: Heard | None = None
) -> Heard:
    """Understand a message.

    `today` is the day in London, `roll` the asker's own school, `organisations` the names on its forms, and
    `previous` what the same person asked just before in the same chat. Never raises, whatever the text.
    """
    said = message(text)
    if said.too_long:
        return Heard(Intent.UNKNOWN, 0.0, Nobody(), today, too_long=True, asked_on=today)
    words = lexicon()
    said = undone(said, words, roll)
    hits = tuple(words.hits(said.keys))
    when = day(said, today, calendar_names(said, roll, words.given))
    bodies = bodies_in(said, roll, words, organisations)
    named = people(said, roll, words, hits, when.covered | bodies.covered)
    how = circumstances(said, hits, named.names)
    what = uses(
        said,
        hits,
        bodies,
        names=named.names | named.groups,
        visit=how.place is Place.VISIT,
        people=named.someone,
        staff=named.staff,
    )
    before = previous if previous is not None and previous.intent is Intent.PHOTO_PERMISSION else None
    probing = probes(
        said,
        hits,
        someone=named.someone,
        carried=before is not None and not isinstance(before.who, Nobody),
        uses=what.uses is not None,
    )
    signs = Signs(
        someone=named.someone,
        certain=isinstance(named.who, Pupils | Group),
        grouped=named.grouped,
        uses=what.uses is not None,
        maybe_name=any(roll.is_first(key) or roll.is_last(key) for key in said.keys if key not in MODALS),
        rule_use=what.uses is not None and not what.uses.isdisjoint({Use.FAMILY_EVENT, Use.LIVE}),
        strong_use=what.strong,
        circumstance=how.device in {Device.PERSONAL_CAMERA, Device.PERSONAL_PHONE}
        or how.place is Place.PRIVATE
        or how.distressing,
        date=when.when is not When.UNSAID,
        probing=probing,
        staff=named.staff,
    )
    deletes = how.device is Device.UNSAID and only_deletes(said, named.names | named.groups)
    if deletes:
        what = replace(what, uses=None, account=None, organisation=None)  # where it is kept is no use of it
    wanted = intent(said, hits, signs)
    probing = probing and wanted in _ANSWERED  # a list of a class fishes for nobody, nor does who reports something
    heard = _heard(wanted=wanted, who=named.who, when=when, what=what, how=how, today=today, probing=probing)
    heard = replace(heard, deletes=deletes and wanted is Intent.PHOTO_PERMISSION)
    if before is not None and _goes_on(said, heard, signs, when):
        heard = _carried(heard, before, what=what, how=how, when=when, said=said)
    return replace(heard, confidence=_confidence(heard))


def _heard(*, wanted: Intent, who: Who, when: Day, what: Uses, how: Circumstances, today: date, probing: bool) -> Heard:
    return Heard(
        intent=wanted,
        confidence=0.0,
        who=who,
        on=when.on,
        when=when.when,
        when_words=when.words,
        uses=what.uses,
        media=how.media or frozenset({Medium.STILL}),
        place=how.place,
        device=how.device,
        photographer=how.photographer,
        name=how.name or NameWanted.NONE,
        account=what.account,
        organisation=what.organisation,
        distressing=how.distressing,
        digital=what.digital,
        keeps_copies=how.keeps_copies,
        sole_subject=how.sole_subject,
        words=what.words,
        extras=frozenset({"event"}) if how.event else frozenset(),
        probing=probing,
        alters=how.alters,
        asked_on=today,
    )


def _goes_on(said: Message, heard: Heard, signs: Signs, when: Day) -> bool:
    """Whether the message is incomplete by itself and goes on from the one before."""
    if heard.intent not in {Intent.PHOTO_PERMISSION, Intent.POLICY_QUESTION, Intent.UNKNOWN} or not said.words:
        return False
    if heard.probing:
        return not signs.someone
    if signs.someone and (heard.uses is not None or _is_new_picture(said.keys)):
        return False
    keys = said.keys
    tells = (
        signs.someone or heard.uses is not None or when.when is not When.UNSAID or signs.circumstance or _other(heard)
    )
    if not tells:
        return False
    if not signs.someone and set(keys) & _PRONOUNS and heard.intent is Intent.PHOTO_PERMISSION:
        return True
    return len(keys) <= _SHORT and (keys[0] in _GOES_ON or len(keys) <= 3 or _adds(keys))  # noqa: PLR2004  "facebook?", "4L too"


def _is_new_picture(keys: tuple[str, ...]) -> bool:
    """Whether it asks anew: "photo of Tom", "film Tom"; "and a photo of Tom" goes on."""
    if keys[0] in _LINKS:
        return False
    return keys[0] in _CAPTURES or any(key in _PICTURES and then == "of" for key, then in pairwise(keys))


def _other(heard: Heard) -> bool:
    return (
        heard.media != frozenset({Medium.STILL})
        or heard.name is not NameWanted.NONE
        or heard.photographer is not Photographer.STAFF
        or heard.place is not Place.SITE
        or heard.device is not Device.UNSAID
    )


def _carried(heard: Heard, before: Heard, *, what: Uses, how: Circumstances, when: Day, said: Message) -> Heard:
    """Take over what was not said again."""
    new_use = what.uses is not None
    who = before.who if isinstance(heard.who, Nobody) else heard.who
    if not new_use and not isinstance(heard.who, Nobody) and _adds(said.keys):
        who = _joined(before.who, heard.who)
    pair = isinstance(before.who, Pupils) and len(before.who.pupils) > 1 and isinstance(heard.who, Nobody)
    also = _ADDS if pair else _ADDS | {"both"}  # "both on video": both children
    still_meant = bool(also & set(said.keys)) and not new_use
    media = how.media or before.media
    return replace(
        heard,
        intent=Intent.PHOTO_PERMISSION,
        who=who,
        on=heard.on if when.when is not When.UNSAID else max(before.on, heard.on),
        when=heard.when if when.when is not When.UNSAID else before.when,
        when_words=heard.when_words or before.when_words,
        uses=what.uses if new_use else before.uses,
        media=media | before.media if still_meant and how.media else media,
        place=how.place if how.place is not Place.SITE else before.place,
        device=how.device if how.device is not Device.UNSAID else before.device,
        photographer=how.photographer if how.photographer is not Photographer.STAFF or new_use else before.photographer,
        name=how.name if how.name is not None else before.name,
        account=what.account if new_use else before.account,
        organisation=what.organisation if new_use else before.organisation,
        distressing=heard.distressing or before.distressing,
        digital=heard.digital if new_use else before.digital,
        keeps_copies=heard.keeps_copies or (before.keeps_copies and not new_use),
        sole_subject=heard.sole_subject or before.sole_subject,
        words=heard.words if new_use else before.words,
        extras=heard.extras | before.extras,
        follow_up=True,
    )


def _adds(keys: tuple[str, ...]) -> bool:
    """Whether somebody is added: "and Tom too", "Tom as well"."""
    return bool(_ADDS & set(keys)) or ("as", "well") in pairwise(keys)


def _joined(before: Who, added: Who) -> Who:
    asks, found, classes = list[NameAsk](), dict[int, Pupil](), list[Group]()
    for who in (before, added):
        match who:
            case Pupils(pupils):
                found |= {pupil.id: pupil for pupil in pupils}
            case Group():
                classes.append(who)
            case Unsure(open_asks, known, group):
                asks += open_asks
                found |= {pupil.id: pupil for pupil in known}
                classes += [group] if group is not None else []
            case Nobody():
                pass
    group = (
        Group(
            " and ".join(dict.fromkeys(one.label for one in classes)),
            tuple(dict.fromkeys(name for one in classes for name in one.classes)),
            tuple(dict.fromkeys(pupil for one in classes for pupil in one.also)),
        )
        if classes
        else None
    )
    return settled(tuple(found.values()), group, tuple(asks))


def _confidence(heard: Heard) -> float:
    """Give the same for every pupil: it depends on how complete the question is, never on whom it names."""
    match heard.intent:
        case Intent.UNKNOWN:
            return 0.0
        case Intent.PHOTO_PERMISSION:
            if heard.complete:
                return 0.85 if heard.follow_up else 0.95
            return 0.6
        case Intent.GREETING | Intent.HELP | Intent.STATUS:
            return 0.95
        case _:
            return 0.7
