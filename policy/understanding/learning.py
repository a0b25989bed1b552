"""Pictures for learning: in school, on a visit, and those that stay up after their pupil has left."""

from collections.abc import Iterator
from typing import Final

from policy.images import Use
from policy.understanding.words import Message, word_set

_GONE: Final = word_set(
    """
    left leaves leave leaving leaver leavers gone moved transferred transfer transfers moves
    """
)
_TOWN: Final = word_set(
    """
    tesco asda sainsbury sainsburys aldi lidl morrisons waitrose coop costa starbucks greggs ikea superstore precinct
    mall pub hotel bank restaurant garage gym clinic dentist dentists
    town shopping supermarket hospital airport station cafe shop church cathedral village public surgery
    """
)
_NO_BOARD: Final = word_set(
    "exam examination awarding governing climbing surf skate chess advertising the traverse sea"
)
_UP: Final = word_set("up board wall display stay stays")
_OUTINGS: Final = word_set(
    """
    library theatre centre memorial church park cinema shops shop supermarket town cathedral mosque temple synagogue
    gurdwara bakery station factory market canal river woods lake beach hospital surgery castle gardens farm zoo museum
    """
)
_SHOWN_THERE: Final = word_set("display displayed displays exhibition board poster posters put up hang hung shown show")


def learning(said: Message, have: set[str], found: set[Use], *, visit: bool, picture: bool) -> None:
    """Tell learning in school from learning on a visit, from what is shown outside, and from what stays up for good."""
    keys = frozenset(said.keys)
    if not found and _on_a_board(said.keys):
        found.add(Use.EDU_SITE)
    if Use.EDU_SITE in found and any(_in_town(said.keys)):
        found.discard(Use.EDU_SITE)
        found.add(Use.OTHER)  # "a display at the library"
    if Use.EDU_SITE in found and _shared_with_families(said.keys):
        found.add(Use.UPLOAD_INTERNAL)
    visit = visit or (Use.EDU_SITE in found and _outing(said))
    if Use.EVIDENCE in found or ("scene.distress" in have and "evidence" in keys):
        found.discard(Use.EDU_SITE)
        found.add(Use.EVIDENCE)
    stays = keys & {"keep", "leave", "stay", "stays", "keeping", "leaving", "remain"} and keys & _UP
    gone = stays and keys & {"gone", "left", "leaves", "leaver", "moved", "moves", "transferred", "transfers"}
    if (
        "uses.stays_up" in have
        or (gone and (picture or stays) and not found - {Use.EDU_SITE})
        or (keys & _GONE and Use.EDU_SITE in found and keys & {"display", "wall", "board", "up"})
    ):
        found.discard(Use.EDU_SITE)
        found.add(Use.DISPLAY_AFTER)
    if Use.EDU_SITE in found and keys & _TOWN and keys & {"display", "exhibition", "poster", "board"}:
        found.discard(Use.EDU_SITE)
        found.add(Use.OTHER)  # a display outside the school
    if visit and Use.EDU_SITE in found:
        found.discard(Use.EDU_SITE)
        found.add(Use.EDU_VISIT)
    if visit and not found and picture:
        found.add(Use.EDU_VISIT)


def _shared_with_families(keys: tuple[str, ...]) -> bool:
    # "a display shared with parents"
    return any(
        key in {"share", "shared", "sharing", "shares"}
        and {"with", "to"} & set(keys[at + 1 : at + 4])
        and {"parents", "families", "carers"} & set(keys[at + 1 : at + 6])
        for at, key in enumerate(keys)
    )


def _outing(said: Message) -> bool:
    """Whether pupils are taken to a place of the town: "at the library for their recount", no display there."""
    keys = said.keys
    return any(not shown for shown in _in_town(keys))


def _in_town(keys: tuple[str, ...]) -> Iterator[bool]:
    """Give, for each place of the town gone to, whether it is where something is shown."""
    for at, key in enumerate(keys):
        if key not in _OUTINGS or "school" in keys[max(0, at - 2) : at]:
            continue
        for start in range(max(0, at - 5), at):
            if keys[start] in {"at", "to", "from", "visited", "visiting", "visit", "around", "round"}:
                yield bool(set(keys[max(0, start - 2) : start]) & _SHOWN_THERE)


def _on_a_board(keys: tuple[str, ...]) -> bool:
    # "on the kindness board", "for our Vikings wall": not the exam board, and nobody climbs it
    for at, key in enumerate(keys):
        if key in {"board", "boards", "wall"} and at > 1 and keys[at - 1] not in _NO_BOARD:
            led = keys[max(0, at - 4) : at]
            if {"on", "for"} & set(led) and {"the", "our", "my", "a"} & set(led):
                return True
    return False
