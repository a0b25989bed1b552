"""The Bot Framework's adapter with its own door and its own road out.

Stock 4.17 answers 500 to an invoke with a body, builds clients and asks for a token in every turn, and never tries a
send again (platform 0 to 2, performance 1). Here a request is read once, guarded, answered; sends share one client.
"""

import asyncio
from typing import Any, Final

from aiohttp import web
from botbuilder.core import Bot, TurnContext
from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse
from botframework.connector.auth import BotFrameworkAuthentication

from bot.connector import Connector, patiently
from bot.wire import NotAnActivityError, read_activity, write_activity, write_json

MOST_BYTES: Final = 256 * 1024  # Teams sends no more than 100 KB (platform 4)
READ_WITHIN: Final = 10.0  # seconds for a whole body: Teams gives up on the answer after 15
_PLAIN: Final = "identity"


class HostAdapter(CloudAdapter):
    """One for the process: it holds no turn's state."""

    def __init__(self, guard: BotFrameworkAuthentication, connector: Connector) -> None:
        super().__init__(guard)
        self.connector = connector

    async def process(self, request: web.Request, bot: Bot, ws_response: object = None) -> web.Response:  # noqa: ARG002  the SDK's signature
        """Read one activity, let the guard judge it, let the bot answer it."""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        if request.headers.get("Content-Encoding", _PLAIN).strip().lower() != _PLAIN:
            raise web.HTTPUnsupportedMediaType(text="Send it uncompressed.")
        try:
            async with asyncio.timeout(READ_WITHIN):
                body = await request.read()
        except TimeoutError as slow:
            raise web.HTTPRequestTimeout from slow
        try:
            activity = read_activity(body)
        except NotAnActivityError as broken:
            raise web.HTTPBadRequest(text="That is not an activity.") from broken
        try:
            await self.bot_framework_authentication.authenticate_request(
                activity, request.headers.get("Authorization", "")
            )
        except PermissionError as refused:
            raise web.HTTPUnauthorized from refused
        context = TurnContext(self, activity)
        await self.run_pipeline(context, bot.on_turn)
        return _response(self._process_turn_results(context) if activity.type == ActivityTypes.invoke else None)

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        """Send each in order, patiently; an invoke's answer is kept for the response to the request."""
        answers = []
        for activity in activities:
            if activity.type == ActivityTypes.invoke_response:
                context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
                answers.append(ResourceResponse(id=""))
            else:
                answers.append(ResourceResponse(id=await self._send(context.activity, activity)))
        return answers

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Put a message in the place of one sent before; one try, since the next answer brings the truth anyway."""
        there = context.activity
        message = await self.connector.update(
            there.service_url, there.conversation.id, activity.id, write_activity(activity)
        )
        return ResourceResponse(id=message or activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Refuse: what was said stays said, cards are updated."""
        raise NotImplementedError("Ask DPO never deletes a message.")

    async def _send(self, there: Activity, activity: Activity) -> str:
        body, reply_to = write_activity(activity), activity.reply_to_id or None

        async def once() -> str:
            return await self.connector.send(there.service_url, there.conversation.id, body, reply_to=reply_to)

        if activity.type == ActivityTypes.typing:  # late dots are worse than none
            return await once()
        return await patiently(once)


def _response(answer: InvokeResponse | None) -> web.Response:
    if answer is None:
        return web.Response(status=200)
    body: Any = answer.body
    status = int(answer.status)
    return (
        web.Response(status=status)
        if body is None
        else web.Response(status=status, body=write_json(body), content_type="application/json")
    )
