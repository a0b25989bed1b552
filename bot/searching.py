"""The search box over a message, on the wire: what Teams asks with each keystroke, and the list that it draws.

The list is drawn for whoever types alone. A result's preview is what they see; its card is what choosing it puts into
the chat, where others read it too, so the two need not hold the same.
"""

from datetime import datetime
from typing import Any, Final

from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.schema import Activity

from bot.wire import CARD
from dialogs.conversation import Hit, Json, Sought

QUERY: Final = "composeExtension/query"
COMMAND: Final = "searchAnswers"  # the manifest's
_PARAMETER: Final = "words"
_THUMBNAIL: Final = "application/vnd.microsoft.card.thumbnail"
_LONGEST: Final = 300  # characters; longer is no search
# A thumbnail's words are read as simple HTML by some clients: what could begin a tag or an entity is drawn otherwise.
_PLAIN: Final = str.maketrans({"<": "(", ">": ")", "&": "+"})


def sought_of(activity: Activity, *, asker: str, now: datetime) -> Sought | None:
    """Read a search; None for what is none of ours, for the box being opened, and for further pages: there are none."""
    value = activity.value
    if not isinstance(value, dict) or value.get("commandId") != COMMAND or not asker:
        return None
    words, options = _words(value.get("parameters")), value.get("queryOptions")
    if not words or (isinstance(options, dict) and options.get("skip")):
        return None
    return Sought(asker, words, now)


def results_of(hits: tuple[Hit, ...]) -> InvokeResponse:
    """Answer with a list, which may be empty. Nothing of it may be kept by the client: it is true now, and for them."""
    return _ok(
        {
            "type": "result",
            "attachmentLayout": "list",
            "attachments": [
                {"contentType": CARD, "content": hit.card, "preview": _preview(hit.title, hit.text)} for hit in hits
            ],
        }
    )


def sorry(words: str) -> InvokeResponse:
    """Answer with a line instead of a list, where we failed."""
    return _ok({"type": "message", "text": words})


def _words(parameters: Any) -> str:  # noqa: ANN401  JSON crosses here
    given = parameters if isinstance(parameters, list) else ()
    for each in given:
        if isinstance(each, dict) and each.get("name") == _PARAMETER and isinstance(each.get("value"), str):
            return str(each["value"])[:_LONGEST]
    return ""


def _preview(title: str, text: str) -> Json:
    return {
        "contentType": _THUMBNAIL,
        "content": {"title": title.translate(_PLAIN), "text": text.translate(_PLAIN)},
    }


def _ok(result: Json) -> InvokeResponse:
    body = {"composeExtension": result, "cacheInfo": {"cacheType": "no-cache"}}
    return InvokeResponse(status=200, body=body)
