"""A Microsoft of our own: Entra and Graph on one local address over TLS, speaking the real wire format."""

import asyncio
import ipaddress
import ssl
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

APP = "11111111-2222-4333-8444-555555555555"
TENANT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
CATALOGUE = "99999999-2222-4333-8444-555555555555"
EVERYTHING = frozenset({"GroupMember.Read.All", "User.Read.All", "TeamsAppInstallation.ReadWriteSelfForUser.All"})
SECRET = "a-secret-for-tests-only"

Fault = Callable[[web.Request], Awaitable[web.StreamResponse | None]]  # None: answer as usual


@dataclass
class Entra:
    """Who there is, what the bot may do, and what was asked of us. `faults` meet the next requests to Graph."""

    url: str = ""
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)  # object ids of users and of other groups
    granted: frozenset[str] = EVERYTHING
    mailboxes: frozenset[str] = frozenset()  # from which the bot may send
    page: int = 3
    faults: list[Fault] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # to Graph: method and path with query
    tokens: list[dict[str, str]] = field(default_factory=list)  # forms posted to the token endpoint
    good: set[str] = field(default_factory=set)
    installed: set[str] = field(default_factory=set)
    mails: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    changed: list[tuple[str, str]] = field(default_factory=list)  # the log behind delta: "groups" or "users", and an id
    offers_delta: bool = True
    certificate: x509.Certificate | None = None
    lasts: int = 3600

    @property
    def graph(self) -> str:
        return f"{self.url}/v1.0"

    def user(self, number: int | str, **over: object) -> str:
        object_id = f"00000000-0000-4000-8000-{number:0>12}"
        usual = {
            "id": object_id,
            "displayName": f"Person {number}",
            "mail": f"p{number}@lark.example",
            "userPrincipalName": f"p{number}@lark.example",
            "accountEnabled": True,
            "userType": "Member",
        }
        self.users[object_id] = {**usual, **over}
        self.changed.append(("users", object_id))
        return object_id

    def group(self, number: int | str, *members: str) -> str:
        object_id = f"00000000-0000-4000-9000-{number:0>12}"
        self.groups[object_id] = set(members)
        self.changed.append(("groups", object_id))
        return object_id

    def change(self, user: str, **over: object) -> None:
        self.users[user] |= over
        self.changed.append(("users", user))

    def within(self, group: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        for one in sorted(self.groups[group]):
            if one in seen:
                continue
            yield one
            if one in self.groups:
                yield from self.within(one, seen | {group, one})

    # --- the wire

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._discovery)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_get("/common/discovery/instance", self._instance)
        app.router.add_get("/v1.0/groups/delta", self._delta)
        app.router.add_get("/v1.0/users/delta", self._delta)
        app.router.add_get("/v1.0/groups/{id}/transitiveMembers/{cast}", self._members)
        app.router.add_get("/v1.0/users/{id}/teamwork/installedApps", self._apps)
        app.router.add_post("/v1.0/users/{id}/teamwork/installedApps", self._install)
        app.router.add_post("/v1.0/users/{id}/sendMail", self._mail)
        return app

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not request.path.startswith("/v1.0/"):
            return await handler(request)
        self.asked.append((request.method, str(request.rel_url)))
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.good:
            return _error(401, "InvalidAuthenticationToken")
        if self.faults and (ill := await self.faults.pop(0)(request)) is not None:
            return ill
        return await handler(request)

    async def _discovery(self, request: web.Request) -> web.Response:
        here = f"{self.url}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "token_endpoint": f"{here}/oauth2/v2.0/token",
                "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
                "issuer": f"{here}/v2.0",
            }
        )

    async def _instance(self, request: web.Request) -> web.Response:
        """Answer what msal asks after a refusal."""
        host = "login.microsoftonline.com"
        known = [{"preferred_network": host, "preferred_cache": "login.windows.net", "aliases": [host]}]
        return web.json_response({"tenant_discovery_endpoint": f"https://{host}/x", "metadata": known})

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.tokens.append(form)
        if form.get("client_secret") != SECRET and not self._vouched(form, str(request.url)):
            told = {"error": "invalid_client", "error_description": f"AADSTS7000215: {SECRET} is not right."}
            return web.json_response(told, status=401)
        token = jwt.encode({"roles": sorted(self.granted), "n": len(self.tokens)}, "x" * 32, algorithm="HS256")
        self.good.add(token)
        return web.json_response({"token_type": "Bearer", "expires_in": self.lasts, "access_token": token})

    def _vouched(self, form: dict[str, str], audience: str) -> bool:
        assertion = form.get("client_assertion", "")
        if assertion == "the machine vouches":
            return True
        if not assertion or self.certificate is None:
            return False
        key: Any = self.certificate.public_key()
        claims = jwt.decode(assertion, key, algorithms=["PS256", "RS256"], audience=audience)
        return bool(claims["iss"] == form["client_id"] == APP)

    async def _members(self, request: web.Request) -> web.Response:
        if "GroupMember.Read.All" not in self.granted:
            return _error(403, "Authorization_RequestDenied")
        if request.headers.get("ConsistencyLevel") != "eventual" or request.query.get("$count") != "true":
            return _error(400, "Request_UnsupportedQuery")
        group, kind = request.match_info["id"], request.match_info["cast"]
        if group not in self.groups:
            return _error(404, "Request_ResourceNotFound")
        rows = [
            one
            for one in dict.fromkeys(self.within(group))
            if (one in self.groups) == (kind == "microsoft.graph.group")
        ]
        start, size = int(request.query.get("$skiptoken", "0")), min(self.page, int(request.query.get("$top", "100")))
        wanted = request.query["$select"].split(",")
        values = [{name: self._told(one, name) for name in wanted} for one in rows[start : start + size]]
        body: dict[str, Any] = {"@odata.context": f"{self.graph}/$metadata#users", "@odata.count": len(rows)}
        body["value"] = values
        if start + size < len(rows):
            body["@odata.nextLink"] = str(
                request.url.with_scheme("https").update_query({"$skiptoken": str(start + size)})
            )
        return web.json_response(body)

    def _told(self, one: str, name: str) -> object:
        if one in self.groups:
            return one if name == "id" else None
        may = name == "id" or "User.Read.All" in self.granted
        basic = name in {"displayName", "mail", "userPrincipalName"} and "User.ReadBasic.All" in self.granted
        return self.users[one][name] if may or basic else None

    async def _delta(self, request: web.Request) -> web.Response:
        if not self.offers_delta:
            return _error(400, "Request_UnsupportedQuery")
        kind = request.path.rsplit("/", 2)[1]
        query = parse_qs(request.query_string)
        token = query["$deltatoken"][0]
        if token == "latest":
            ids = [each for each in query.get("$filter", [""])[0].split("'") if "-" in each]
            onward = f"{self.graph}/{kind}/delta?$deltatoken={len(self.changed)}_{'_'.join(ids)}"
            return web.json_response({"@odata.deltaLink": onward, "value": []})
        since, *only = token.split("_")
        if int(since) > len(self.changed):
            return _error(410, "syncStateNotFound")
        news = [one for what, one in self.changed[int(since) :] if what == kind and (not any(only) or one in only)]
        values = [{"id": one, "members@delta": [{"@odata.type": "#microsoft.graph.user"}]} for one in news]
        onward = f"{self.graph}/{kind}/delta?$deltatoken={'_'.join([str(len(self.changed)), *only])}"
        return web.json_response({"@odata.deltaLink": onward, "value": values})

    async def _apps(self, request: web.Request) -> web.Response:
        if "TeamsAppInstallation.ReadWriteSelfForUser.All" not in self.granted:
            return _error(403, "Forbidden")
        return web.json_response({"value": []})

    async def _install(self, request: web.Request) -> web.Response:
        user, body = request.match_info["id"], await request.json()
        if "TeamsAppInstallation.ReadWriteSelfForUser.All" not in self.granted:
            return _error(403, "Forbidden")
        if user not in self.users or not body["teamsApp@odata.bind"].endswith(f"/appCatalogs/teamsApps/{CATALOGUE}"):
            return _error(404, "NotFound")
        if user in self.installed:
            return _error(409, "Conflict")
        self.installed.add(user)
        return web.Response(status=201)

    async def _mail(self, request: web.Request) -> web.Response:
        mailbox, body = request.match_info["id"], await request.json()
        if mailbox not in self.mailboxes and "Mail.Send" not in self.granted:
            return _error(403, "ErrorAccessDenied")
        if not body["message"]["toRecipients"]:
            return _error(400, "ErrorInvalidRecipients")
        self.mails.append((mailbox, body))
        return web.Response(status=202)


def _error(status: int, code: str, **headers: str) -> web.Response:
    body = {"error": {"code": code, "message": "Amelia Hart is in this message, and must not be in a log."}}
    return web.json_response(body, status=status, headers=headers)


# --- what may go wrong


def answers(status: int, code: str = "Planned", **headers: str) -> Fault:
    async def fault(_: web.Request) -> web.StreamResponse:
        return _error(status, code, **{name.replace("_", "-"): value for name, value in headers.items()})

    return fault


def says(body: bytes) -> Fault:
    async def fault(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type="application/json")

    return fault


def takes(seconds: float, *, after: bytes = b"") -> Fault:
    """Answers slowly: the head and a bit of the body at once, the rest never in time."""

    async def fault(request: web.Request) -> web.StreamResponse:
        slow = web.StreamResponse(headers={"Content-Type": "application/json"})
        await slow.prepare(request)
        await slow.write(after or b'{"value": [')
        await asyncio.sleep(seconds)
        return slow

    return fault


def hangs_up() -> Fault:
    async def fault(request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        await asyncio.sleep(0)
        return web.Response()

    return fault


async def well(_: web.Request) -> None:
    """Let one request pass."""


# --- a throwaway CA


@dataclass(frozen=True)
class Pair:
    """A key and its own certificate, as files and as values."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    pem: Path  # both

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem)
        return context

    def client(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.pem))


def make_pair(folder: Path, name: str) -> Pair:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        crl_sign=True,
        content_commitment=False,
        key_encipherment=True,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return Pair(key, certificate, path)
