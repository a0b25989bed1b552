"""What somebody wants: a flow of its own, a list, a photo question, a question about the rules, or nothing we know."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from policy.understanding.commands import command_of
from policy.understanding.desk_words import asks_for_tasks
from policy.understanding.flows import DIALOGS, flow_of
from policy.understanding.heard import Intent
from policy.understanding.imminent import is_photo
from policy.understanding.lexicon import Hit
from policy.understanding.likeness import Likeness, likeness
from policy.understanding.signs import Signs
from policy.understanding.telling import Tale, tale
from policy.understanding.words import Message, word_set

_GREETING: Final = word_set(
    """
         hi hello hey hiya morning afternoon evening good there all bot dpo howdy greetings hallo heya helo
    """
)
_GREETS: Final = word_set("hi hello hey hiya morning afternoon evening howdy greetings hallo heya helo")
_HELP: Final = frozenset(
    {
        "help",
        "menu",
        "commands",
        "options",
        "start",
        "get started",
        "what can you do",
        "how does this work",
        "how do i use this",
        "what do you do",
        "who are you",
        "help me",
        "help please",
        "please help",
        "what can i ask",
        "what can i ask you",
        "how do you work",
        "what are you",
        "what are you for",
        "how can you help",
        "how can you help me",
        "what is this",
        "instructions",
        "what can you help with",
        "i need help",
        "can you help",
        "can you help me",
    }
)
_STATUS: Final = frozenset(
    {
        "status",
        "my cases",
        "my status",
        "my reports",
        "my requests",
        "status of my cases",
        "status of my report",
        "show my cases",
        "list my cases",
    }
)
_MINE: Final = word_set("my mine")
_CASES: Final = word_set("case cases report reports request requests review reviews escalation question ticket")
_PROGRESS: Final = word_set("status update progress happening happened news open where outcome answered")
_TOPICS: Final = word_set(
    """
    photo photos photograph photographs photographing picture pictures image images filming film video footage
    camera cameras webcam webcams portrait surname surnames consent consents permission form     privacy data gdpr
    personal confidential encrypt encrypted encryption password passwords breach breaches ico regulator dpo sar
    access rights erasure retention retain cctv surveillance recordings     dojo classdojo social facebook
    instagram whatsapp twitter tiktok handset handsets phone phones mobile mobiles device devices tablet laptop
    computer unlocked locked screen software programs program apps app platform platforms email emails     message
    messages mail address junk spam phishing usb drive removable stick cloud paperwork paper desk printed records
    record information sharing share authority disclose disclosure assessment dpia impact training safety esafety
    e acceptable aup     internet filter filtering online meeting video zoom livestream photographer photography
    display retouch artwork leaflet leavers visitor complaint complaints fee identity proof requester guardian
    file request requests mailings marketing promotional newsletter restricted     safeguarding policy policies
    rule rules clause notify unsuitable unpleasant attachment attachments network backup wifi bluetooth memory
    card cards copyright policy's processor contract register registers id recordings astray
    """
)


# Of the examples' word. Chosen on the development questions, where it starts next to no dialog that it should not.
_LIKELY: Final = 0.45
_SURELY_NONE: Final = 0.9
_BEYOND_DOUBT: Final = 0.95
_SURE_THOUGH_ASKED: Final = 0.975  # "this came: 'please send me ...'. How do I proceed?"
_SURE_OF_ANOTHER: Final = 0.7
_NO_SIGN: Final = 0.15  # how unlikely the pattern's dialog must be for another to take its place
_SURE_OF_PICTURES: Final = 0.7
_NEWS: Final = frozenset({Intent.ILLEGAL_CONTENT, Intent.ONLINE_SAFETY_INCIDENT, Intent.REPORT_BREACH})
_OF_PICTURES: Final = frozenset({Intent.CONSENT_WITHDRAWAL, Intent.PLAN_EVENT})
_DIALOGS: Final = DIALOGS - {Intent.ASK_DPO, Intent.DEADLINE_QUESTION}
_NEVER_OVERRULED: Final = frozenset({Intent.ILLEGAL_CONTENT})
_ASKED_FOR: Final = frozenset({Intent.COMPLAINT_RECEIVED, Intent.RIGHTS_REQUEST, Intent.SAR_RECEIVED})
_RESTRICTED: Final = word_set("restricted restriction restrictions")
_LISTS: Final = word_set("list lists register")
_CHILDREN: Final = word_set("pupils pupil children kids students child names")
_BARRED: Final = word_set("cant cannot not restricted mustnt shouldnt arent isnt avoid exclude excluded without banned")
_SHOWN: Final = word_set(
    """
    photo photos photograph photographed photographs picture pictures pictured image images film filmed filming video
    videos camera appear appears shown featured website online
    """
)
_FETCH: Final = word_set("see find get open view look show where check")
_KEPT: Final = word_set(
    """
    draws draw drawn compiles compile compiled makes maintains maintain circulates circulate circulated redone renewed
    renew updated updates update rewritten reissued keeps
    """
)
_DOES: Final = word_set("take taking use using share sharing post posting upload uploading view see edit approve")


def intent(said: Message, hits: Sequence[Hit], signs: Signs) -> Intent:  # noqa: PLR0911  the order of the intents is the point
    """Recognise what is wanted. Whatever is no photo question never gets a photo answer."""
    keys, told = said.keys, frozenset(said.keys)
    sentence = " ".join(keys)
    if not keys:
        return Intent.UNKNOWN
    if sentence in _HELP:
        return Intent.HELP
    if len(keys) <= 4 and told <= _GREETING and told & _GREETS:  # noqa: PLR2004  "good morning there"
        return Intent.GREETING
    if (
        sentence in _STATUS
        or asks_for_tasks(said.text)
        or (told & _MINE and told & _CASES and told & _PROGRESS and not signs.someone)
    ):
        return Intent.STATUS
    photo = is_photo(said, told, hits, signs)
    story = tale(said, signs)
    lists = not _lists_itself(keys) and (
        (_asks_for_list(told, signs) and not _asks_how_it_is_kept(keys, told))
        or _asks_for_list_of_use(keys, told, signs)
    )
    told_of = flow_of(story, photo=photo)
    flow = told_of if lists else _second_opinion(story, told_of, photo=photo)
    if flow is not None:
        return flow
    if lists:
        return Intent.RESTRICTED_LIST
    if signs.probing or photo:
        return Intent.PHOTO_PERMISSION
    concepts = {concept for hit in hits for concept in hit.concepts}
    if told & _TOPICS or concepts & {"picture.still", "picture.video", "uses.social", "uses.dojo", "uses.dojo_story"}:
        return Intent.POLICY_QUESTION
    return Intent.UNKNOWN


def _second_opinion(story: Tale, flow: Intent | None, *, photo: bool) -> Intent | None:
    """Hear what the examples say where no pattern speaks, or where one speaks though the rule is asked for.

    A pattern that hears of something illegal is never overruled, and one that hears of a mishap never by what somebody
    asks for: what has happened comes first.
    """
    if flow in _NEVER_OVERRULED or command_of(story.told):
        return flow
    like = likeness(story)
    if story.signs.certain and not story.signs.grouped:
        # "a photo of Amelia for the folder that all can see": of somebody we know, and of nothing that went wrong
        wants = photo and (story.mood.asks or story.wonders or "please" in story.told)  # never "it is still up there"
        return None if wants and flow in _DIALOGS and like.none > _SURELY_NONE else flow
    if flow in _DIALOGS:
        return _of_a_dialog(story, like, flow)
    return _of_a_picture(story, like, flow) if photo else _of_a_rule(story, like, flow)


def _of_a_dialog(story: Tale, like: Likeness, flow: Intent) -> Intent:
    if like.none > (_SURELY_NONE if story.marked else _BEYOND_DOUBT):
        return Intent.POLICY_QUESTION
    best = like.best
    first = flow is Intent.REPORT_BREACH and best in _ASKED_FOR  # data that may be out, before who asks (C13)
    return best if like.chances[best] > _SURE_OF_ANOTHER and like.chances[flow] < _NO_SIGN and not first else flow


def _of_a_picture(story: Tale, like: Likeness, flow: Intent | None) -> Intent | None:
    best = like.best
    chance = like.chances[best]
    news = best in _NEWS and not story.mood.asks and chance > _SURELY_NONE  # "strangers press a child to film dares"
    could_be = best in _OF_PICTURES or not (story.mood.question or (story.signs.someone and not news))
    return best if could_be and chance > _SURE_OF_PICTURES and not story.signs.probing else flow


def _of_a_rule(story: Tale, like: Likeness, flow: Intent | None) -> Intent | None:
    best = like.best
    chance = like.chances[best]
    if flow not in {None, Intent.POLICY_QUESTION}:
        # "request last night's recordings" names a day, and asks for no date
        undue = flow is Intent.DEADLINE_QUESTION and best in _DIALOGS and not story.mood.asks
        return best if undue and chance > _SURELY_NONE else flow
    asked = story.mood.question and best is not Intent.DEADLINE_QUESTION
    return best if chance > (_SURE_THOUGH_ASKED if asked else _LIKELY) else flow


def _asks_for_list_of_use(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:
    """Whether it asks for the list for one use or class: "restricted list for 3A", "who must not appear online"."""
    if (signs.someone and not signs.grouped) or _asks_how_it_is_kept(keys, told):
        return False
    if any(key in _RESTRICTED and then in _LISTS for key, then in pairwise(keys)):
        return True
    children = bool(told & _CHILDREN)
    barred = bool(told & _BARRED or ("out" in told and told & {"leave", "left", "leaving", "keep", "kept"}))
    if signs.someone or not barred:
        return False
    if told & _LISTS and children and told & _SHOWN:
        return True
    who = keys[0] in {"who", "whos"} or (keys[0] == "which" and children)
    return who and signs.uses and bool(told & _SHOWN) and not told & _DOES


def _asks_how_it_is_kept(keys: tuple[str, ...], told: frozenset[str]) -> bool:
    """Whether it asks about the list itself: how often it is redone, who draws it up."""
    return (keys[0] in {"how", "why", "when"} and told.isdisjoint(_FETCH)) or bool(told & _KEPT)


def _lists_itself(keys: tuple[str, ...]) -> bool:
    # "a magazine that we did not list would like a picture"
    return any(then in _LISTS and key in {"not", "didnt", "we", "to", "they", "havent"} for key, then in pairwise(keys))


def _asks_for_list(told: frozenset[str], signs: Signs) -> bool:
    if told & {"list", "register", "names", "lists"} and told & word_set(
        "restricted restriction no non not photo photos photograph picture pictures image consent cant filmed media"
    ):
        asked = told & word_set("list lists") and told & word_set(
            "restricted restriction photo photos consent picture pictures image filming media"
        )
        return bool(asked) and not signs.uses and not signs.certain
    who = bool(told & word_set("who whos")) or ("which" in told and bool(told & _CHILDREN))
    barred = bool(
        told & word_set("cant cannot not restricted mustnt shouldnt arent isnt no avoid exclude without banned")
    )
    shown = bool(
        told
        & word_set(
            """
                 photo photos photograph photographed photographs picture pictures pictured image images film
    filmed             filming video videos camera
    """
        )
    )
    return who and barred and shown and not signs.uses and not signs.certain and not signs.probing
