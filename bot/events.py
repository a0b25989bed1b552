"""From what Teams sent to what happened: somebody said something, pressed something, or arrived."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

import msgspec
from botbuilder.schema import Activity, ActivityTypes

from dialogs.conversation import Arrived, Flagged, Json, Pressed, Purpose, Rated, Said, Scope

EXECUTE: Final = "adaptiveCard/action"
FLAG: Final = "composeExtension/fetchTask"  # an action on a message was chosen
FLAG_CONFIRMED: Final = "composeExtension/submitAction"  # and the dialog that it opened was sent
_PURPOSES: Final = {"reportBreach": Purpose.BREACH, "logRequest": Purpose.REQUEST}  # the manifest's commands
_TAG: Final = re.compile(r"</?at\b[^<>]*>")
_REACTIONS: Final = {"like": True, "dislike": False}
_MOST_WORDS: Final = 2000
_MARKUP: Final = re.compile(r"<[^<>]*>")
_OURS_OR_TEXT: Final = ("text/", "application/vnd.microsoft.card.")  # the words again, in HTML; or a card
_THREAD: Final = "19:"  # how Teams' ids of group chats and channels begin


@dataclass(frozen=True, slots=True)
class Left:
    """The app was removed."""


Event = Said | Pressed | Flagged | Rated | Arrived | Left


def event_of(activity: Activity) -> Event | None:
    """Say what happened; None for what does not concern us, and for invokes that are not a button of ours."""
    match activity.type:
        case ActivityTypes.message:
            return _message(activity)
        case ActivityTypes.invoke:
            return _invoked(activity)
        case ActivityTypes.conversation_update:
            ours = activity.recipient.id
            return Arrived() if any(member.id == ours for member in activity.members_added or ()) else None
        case ActivityTypes.installation_update:
            return Left() if (activity.action or "").startswith("remove") else Arrived()
        case _:
            return None


def _invoked(activity: Activity) -> Event | None:
    match activity.name:
        case "adaptiveCard/action":
            return _executed(activity.value)
        case "composeExtension/fetchTask" | "composeExtension/submitAction":
            return _flagged(activity.value, confirmed=activity.name == FLAG_CONFIRMED)
        case "message/submitAction":  # a thumb up or down
            return _rated(activity.value, activity.reply_to_id or "")
        case _:
            return None


def scope_of(activity: Activity) -> Scope:
    """Say where it happened; what is not clearly private is treated as a group."""
    kind = activity.conversation.conversation_type
    if kind in list(Scope):
        return Scope(kind)
    shared = activity.conversation.is_group or activity.conversation.id.startswith(_THREAD) or kind
    return Scope.GROUP if shared else Scope.PERSONAL


def _message(activity: Activity) -> Said | Pressed:
    value = activity.value
    if isinstance(value, dict) and isinstance(value.get("verb"), str):  # Action.Submit
        return Pressed(value["verb"], _own(value))
    return Said(_spoken(activity), _files(activity))


def _files(activity: Activity) -> int:
    return sum(not (each.content_type or "").startswith(_OURS_OR_TEXT) for each in activity.attachments or ())


def _flagged(value: Any, *, confirmed: bool) -> Flagged | None:  # noqa: ANN401  JSON crosses here
    command = value.get("commandId") if isinstance(value, dict) else None
    purpose = _PURPOSES.get(command) if isinstance(command, str) else None
    if purpose is None:
        return None
    if confirmed:
        data = value.get("data")
        return Flagged(purpose, str(data.get("text", "")) if isinstance(data, dict) else "", confirmed=True)
    message = value.get("messagePayload")
    body = message.get("body") if isinstance(message, dict) else None
    content = body.get("content") if isinstance(body, dict) else None
    return Flagged(purpose, _plain(content) if isinstance(content, str) else "", confirmed=False)


def _rated(value: Any, message: str) -> Rated | None:  # noqa: ANN401  JSON crosses here
    given = value.get("actionValue") if isinstance(value, dict) else None
    reaction = given.get("reaction") if isinstance(given, dict) else None
    if not isinstance(given, dict) or not isinstance(reaction, str) or reaction not in _REACTIONS or not message:
        return None
    return Rated(message, _REACTIONS[reaction], _feedback_words(given.get("feedback")))


def _feedback_words(feedback: Any) -> str:  # noqa: ANN401  JSON crosses here, once more as words
    try:
        written = msgspec.json.decode(feedback) if isinstance(feedback, str) else feedback
    except msgspec.DecodeError:
        return ""
    words = written.get("feedbackText") if isinstance(written, dict) else None
    return words[:_MOST_WORDS] if isinstance(words, str) else ""


def _plain(content: str) -> str:
    """Give a message's words without its markup."""
    return " ".join(unescape(_MARKUP.sub(" ", content)).split())


def _executed(value: Any) -> Pressed | None:  # noqa: ANN401  JSON crosses here
    action = value.get("action") if isinstance(value, dict) else None
    if not isinstance(action, dict) or not isinstance(action.get("verb"), str):
        return None
    data = action.get("data")
    return Pressed(action["verb"], _own(data) if isinstance(data, dict) else {})


def _own(data: Json) -> Json:
    """Keep what the card itself holds: Execute and Submit look the same from here on."""
    return {key: value for key, value in data.items() if key not in {"verb", "msteams"}}


def _spoken(activity: Activity) -> str:
    """Give the words without the mention of the bot; other people's names stay, without their tags."""
    words: str = activity.text or ""
    for mention in activity.entities or ():
        if mention.additional_properties["mentioned"]["id"] == activity.recipient.id:
            words = words.replace(mention.additional_properties["text"] or "\0", " ")
    return _TAG.sub("", words).replace("&nbsp;", " ").replace("\xa0", " ").strip()
