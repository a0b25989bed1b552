"""What the pictures are for: every row of the use catalogue (domain 1.4) in the words staff use for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy.images import Use
from policy.understanding.accounts import HANDLE
from policy.understanding.accounts import account as account_said
from policy.understanding.learning import learning
from policy.understanding.lexicon import Hit
from policy.understanding.organisations import Organisations
from policy.understanding.saying import say
from policy.understanding.words import Message, word_set

_PLAIN: Final = {
    "uses.website": Use.WEBSITE,
    "uses.social": Use.SOCIAL,
    "uses.media": Use.MEDIA,
    "uses.marketing": Use.MARKETING,
    "uses.marketing_online": Use.MARKETING,
    "uses.newsletter": Use.MARKETING,
    "uses.newsletter_online": Use.MARKETING,
    "uses.newsletter_mailed": Use.MARKETING,
    "uses.identity": Use.IDENTITY,
    "uses.education": Use.EDU_SITE,
    "uses.upload": Use.UPLOAD_INTERNAL,
    "uses.live": Use.LIVE,
    "uses.conference": Use.CONFERENCE,
    "uses.other": Use.OTHER,
    "uses.organisation": Use.ORG_OTHER,
    "uses.evidence": Use.EVIDENCE,
    "uses.reuse": Use.REUSE_PRINT,
    "uses.dojo_story": Use.DOJO_STORY,
}
# Words that are as often about something else: they count only beside a picture.
_WEAK: Final = {
    "uses.education",
    "uses.identity",
    "uses.upload",
    "uses.conference",
    "uses.other",
    "uses.organisation",
    "uses.live",
    "uses.evidence",
    "uses.staff",
    "uses.sale",
}
_TO_FAMILY: Final = word_set("family private privately portfolio direct dm message home")
_HANDING: Final = word_set(
    """
    copy copies send sent sending email emailed emailing mail mailed forward forwarded forwarding give given wants
    want wanted asked asking asks request requests requested requesting text texted like has pass
    """
)
_FILMING: Final = word_set(
    """
    film filming films video videoing videos photograph photographing record recording take taking snap snapping
    phones cameras capture
    """
)
_ACTED: Final = frozenset({"presentation", "presentations", "podcast"})
_SHARED_REELS: Final = frozenset({"reel", "reels", "boomerang", "boomerangs"})
_SOLD: Final = word_set("sale sold sell selling buy order orders annual yearly company day")
_SCHOOLS_OWN: Final = word_set("school academy trust class our schools todays this years")


@dataclass(frozen=True, slots=True)
class Uses:
    """The uses said, and where; None where none was."""

    uses: frozenset[Use] | None
    account: str | None
    organisation: str | None
    digital: bool
    strong: bool  # a use that is about pictures by itself
    words: str


def uses(
    said: Message,
    hits: Sequence[Hit],
    bodies: Organisations,
    *,
    names: frozenset[int],
    visit: bool,
    people: bool,
    staff: bool,
) -> Uses:
    """Read what the pictures are for. `names` are the places of pupils' names; `people` whether any pupil was said."""
    hits = [hit for hit in hits if not _is_acted(said, hit)]
    have = {concept for hit in hits for concept in hit.concepts}
    keys = frozenset(said.keys)
    picture = bool(have & {"picture.still", "picture.video"})
    found = {_PLAIN[concept] for concept in have if concept in _PLAIN}
    account = account_said(said, hits)
    if Use.SOCIAL in found or HANDLE.search(said.text):
        found.add(Use.SOCIAL)
    _press(said, hits, bodies, names, found)
    _newsletter(have, keys, found)
    if (
        picture
        and keys & {"email", "emailed", "emailing"}
        and keys & {"all", "every"}
        and keys & {"parents", "families"}
    ):
        found.add(Use.UPLOAD_INTERNAL)  # to everyone is not to the child's own family
    _dojo(have, keys, found)
    _class_photo(have, keys, found)
    _families(said, hits, have, keys, found, picture=picture)
    learning(said, have, found, visit=visit, picture=picture)
    if not found and keys & _SHARED_REELS:
        found.add(Use.SOCIAL)
    if _year_team(said.keys) and picture and not found:
        found.add(Use.UPLOAD_INTERNAL)
    if (staff and not people and picture) or ("uses.staff" in have and not people):
        found = {Use.STAFF}
    if (
        Use.UPLOAD_INTERNAL not in found
        and any(w.text == "Teams" and not w.opens for w in said.words)
        and Use.LIVE not in found
    ):
        found.add(Use.UPLOAD_INTERNAL)
    if "uses.elsewhere" in have and Use.LIVE not in found:
        found.add(Use.OTHER)
    strong = bool(have & (set(_PLAIN) - _WEAK)) or (
        bool(found & {Use.DOJO_PRIVATE, Use.EMAIL_PARENT, Use.FAMILY_EVENT}) and picture
    )
    organisation = ", ".join(bodies.names) or next(
        (hit.phrase for hit in hits if "uses.organisation" in hit.concepts and Use.ORG_OTHER in found), None
    )
    chosen = frozenset(found) or None
    return Uses(
        chosen,
        account,
        organisation,
        _digital(have, found),
        strong,
        say(chosen, account, organisation) if chosen else "",
    )


def _is_acted(said: Message, hit: Hit) -> bool:
    """Whether a presentation is what a pupil does, not what the picture is for: "film her presentation"."""
    if hit.phrase not in _ACTED or hit.start == 0:
        return False
    before = said.keys[max(0, hit.start - 3) : hit.start]
    owned = said.words[hit.start - 1].possessive or before[-1] in {"his", "her", "their", "oral", "group", "class"}
    return owned and not set(before) & {"in", "for", "into", "on", "to"}


def _year_team(keys: tuple[str, ...]) -> bool:
    # "on the Year 4 team": a team of Microsoft Teams
    return any(
        key == "team" and at > 1 and keys[at - 1].isdecimal() and keys[at - 2] in {"year", "yr", "y"}
        for at, key in enumerate(keys)
    ) and bool(set(keys) & {"share", "upload", "post", "put", "on", "in", "sharing", "uploading", "posting"})


def _press(said: Message, hits: Sequence[Hit], bodies: Organisations, names: frozenset[int], found: set[Use]) -> None:
    if bodies.names:
        found.add(Use.MEDIA if bodies.press else Use.ORG_OTHER)
    for hit in hits:
        if not {"uses.website", "uses.social"} & set(hit.concepts) or hit.start == 0:
            continue
        owner = said.words[hit.start - 1]
        if "uses.website" in hit.concepts and _is_private(said.keys, hit):
            found.discard(Use.WEBSITE)
            found.add(Use.OTHER)
        # "the museum's website" is not ours; "Amelia's website picture" is.
        if owner.possessive and hit.start - 1 not in names and owner.key not in _SCHOOLS_OWN:
            found.discard(Use.WEBSITE)
            found.add(Use.MEDIA if hit.start - 1 in bodies.covered and bodies.press else Use.ORG_OTHER)
        elif hit.start - 1 in bodies.covered and "uses.website" in hit.concepts:
            found.discard(Use.WEBSITE)
    for hit in hits:
        council = "uses.organisation" in hit.concepts and hit.phrase in {
            "council",
            "company",
            "business",
            "firm",
            "charity",
        }
        if (
            council
            and said.keys[hit.start - 1 : hit.start]
            in {
                ("school",),
                ("eco",),
                ("student",),
                ("pupil",),
                ("youth",),
                ("for",),
            }
            and not (hit.phrase == "charity" or said.keys[hit.start - 1] == "for")
        ):
            found.discard(Use.ORG_OTHER)


def _is_private(keys: tuple[str, ...], hit: Hit) -> bool:
    """Whether a website is somebody's own: "my blog", "his own site"; "my class blog" is ours."""
    if set(hit.phrase.split()) & _SCHOOLS_OWN:
        return False
    before = keys[max(0, hit.start - 2) : hit.start]
    own = before[-1:] == ("own",) and before[0] in {"my", "his", "her", "their", "your"}
    return own or before[-1:] in {("my",), ("personal",), ("private",)}


def _newsletter(have: set[str], keys: frozenset[str], found: set[Use]) -> None:
    if not have & {"uses.newsletter", "uses.newsletter_online", "uses.newsletter_mailed"}:
        return
    if "uses.newsletter_online" in have or "online" in keys:
        found.add(Use.WEBSITE)
    if "uses.newsletter_mailed" in have or keys & {"email", "emailed", "emails", "emailing", "mailed", "parentmail"}:
        found.add(Use.UPLOAD_INTERNAL)


def _dojo(have: set[str], keys: frozenset[str], found: set[Use]) -> None:
    if Use.SOCIAL in found and "uses.dojo" not in have:
        found.discard(Use.DOJO_STORY)
    if "uses.dojo" not in have or Use.DOJO_STORY in found:
        return
    private = "people.family" in have or bool(keys & _TO_FAMILY)
    found.add(Use.DOJO_PRIVATE if private and not keys & {"everyone", "all", "families"} else Use.DOJO_STORY)


def _class_photo(have: set[str], keys: frozenset[str], found: set[Use]) -> None:
    if "uses.sale" in have and (not found or keys & _SOLD):
        found.add(Use.CLASS_PHOTO_SALE)


def _families(
    said: Message, hits: Sequence[Hit], have: set[str], keys: frozenset[str], found: set[Use], *, picture: bool
) -> None:
    family = [hit.start for hit in hits if "people.family" in hit.concepts]
    kin = "people.kin" in have
    if not (family or kin) or Use.DOJO_PRIVATE in found:
        return
    pictures = [hit.start for hit in hits if {"picture.still", "picture.video"} & set(hit.concepts)]
    filming = [
        at
        for at, key in enumerate(said.keys)
        if key in _FILMING and (key not in {"take", "taking"} or any(0 < place - at <= 4 for place in pictures))  # noqa: PLR2004  "take lots of photos"
    ]
    films = any(0 < at - start <= 8 for at in filming for start in family)  # noqa: PLR2004  in the same clause
    handing = bool(keys & (_HANDING - {"like", "has", "want", "wants", "wanted", "asked", "asking", "asks"}))
    asking = bool(
        keys & {"want", "wants", "wanted", "asked", "asks", "asking", "like", "request", "requests", "requested"}
    )
    if (
        films
        and not ({"copy", "copies", "send", "email"} & keys)
        and (not found or found <= {Use.EDU_VISIT, Use.EDU_SITE, Use.MARKETING} or "people.event" in have)
    ) and (not asking or "people.event" in have or not picture or _asks_to_film(said)):
        found.add(Use.FAMILY_EVENT)
        return
    if "uses.email_parent" in have or (not found and picture and (handing or asking)):
        found.add(Use.OTHER if kin and "people.family" not in have else Use.EMAIL_PARENT)


def _asks_to_film(said: Message) -> bool:
    return any(a == "to" and b in _FILMING for a, b in zip(said.keys, said.keys[1:], strict=False))


def _digital(have: set[str], found: set[Use]) -> bool:
    if have & {
        "uses.online",
        "uses.marketing_online",
        "uses.newsletter_online",
        "uses.newsletter_mailed",
        "uses.website",
    }:
        return True
    on_paper = {Use.MARKETING, Use.EDU_SITE, Use.EDU_VISIT, Use.DISPLAY_AFTER, Use.CLASS_PHOTO_SALE, Use.IDENTITY}
    if found and found <= on_paper:
        return False
    return not (found <= on_paper | {Use.MEDIA} and "uses.printed" in have)
