"""From a reply to what Teams expects: a message, or the body of an invoke's answer."""

from typing import Final

from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes

from bot.wire import CARD, attachment
from dialogs.conversation import Json, Reply

_MESSAGE: Final = "application/vnd.microsoft.activity.message"
_ERROR: Final = "application/vnd.microsoft.error"
_NOT_YET: Final = "Not here yet. Please write to Ask DPO in its chat instead."
STRANGER: Final = Reply(  # no turn of theirs is kept, so that it may always have been said before
    text="Sorry, I can only talk with staff who are on the school's list.", again=True
)


def message_of(incoming: Activity, reply: Reply) -> Activity:
    """Address a reply to where the question came from. A card speaks for itself; its preview line is neutral."""
    return Activity(
        type=ActivityTypes.message,
        conversation=incoming.conversation,
        from_property=incoming.recipient,
        recipient=incoming.from_property,
        reply_to_id=incoming.id,
        summary=reply.summary,
        channel_data={"feedbackLoop": {"type": "default"}} if reply.asks_feedback else None,
        text="" if reply.card else reply.text,
        text_format="" if reply.card else "plain",  # names are not markdown
        attachments=[attachment(reply.card)] if reply.card else None,
    )


def typing_of(incoming: Activity) -> Activity:
    """Show that an answer is on its way."""
    return Activity(
        type=ActivityTypes.typing,
        conversation=incoming.conversation,
        from_property=incoming.recipient,
        recipient=incoming.from_property,
        reply_to_id=incoming.id,
    )


def answer_of(shown: Reply | None, *, said: bool) -> InvokeResponse:
    """Answer a pressed button: the card that takes its place, or a line where the answer was said below."""
    if shown is not None and shown.card is not None:
        return _ok({"statusCode": 200, "type": CARD, "value": shown.card})
    line = shown.text if shown is not None else "The answer is below." if said else "Done."
    return _ok({"statusCode": 200, "type": _MESSAGE, "value": line})


def task_of(shown: Reply | None) -> InvokeResponse:
    """Answer an action on a message: a dialog with a card, or a line that closes it."""
    if shown is not None and shown.card is not None:
        card = {"contentType": CARD, "content": shown.card}
        value = {"title": "Ask DPO", "height": "medium", "width": "medium", "card": card}
        return _ok({"task": {"type": "continue", "value": value}})
    return _ok({"task": {"type": "message", "value": shown.text if shown is not None else _NOT_YET}})


def malformed() -> InvokeResponse:
    """Answer a button that did not say what it is."""
    problem = {"code": "BadRequest", "message": "This button did not come through. Please type your question."}
    return _ok({"statusCode": 400, "type": _ERROR, "value": problem})


def other_invoke(name: str | None) -> InvokeResponse:
    """Answer what is not a button of a card: politely where people would see it, 501 where only code would."""
    match name:
        case "message/submitAction":  # a thumb up or down
            return _ok({})
        case "task/fetch" | "task/submit" | "composeExtension/fetchTask" | "composeExtension/submitAction":
            return _ok({"task": {"type": "message", "value": _NOT_YET}})
        case "composeExtension/queryLink" | "composeExtension/selectItem":
            return _ok({"composeExtension": {"type": "message", "text": _NOT_YET}})
        case _:
            return InvokeResponse(status=501)


def _ok(body: Json) -> InvokeResponse:
    return InvokeResponse(status=200, body=body)
