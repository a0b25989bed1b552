"""The bot's registration in Entra, and how it proves that it is that: from the settings, complete or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from bot.graph.wanted import is_guid

USUAL: Final = ("MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppType", "MicrosoftAppTenantId")
PROOFS: Final = ("ASKDPO_CERTIFICATE", "ASKDPO_FEDERATED_IDENTITY")  # either instead of the password


class AppType(StrEnum):
    """`MicrosoftAppType`: how the bot proves who it is. Multi-tenant bots are not offered (platform 2.3)."""

    SINGLE_TENANT = "SingleTenant"
    MANAGED_IDENTITY = "UserAssignedMSI"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The bot's registration. The password never shows in a repr, so never in a log."""

    app_id: str
    tenant: str
    app_type: AppType
    password: str = field(default="", repr=False)
    certificate: Path | None = None  # PEM: private key and certificate, instead of a password
    vouched_by: str = ""  # client id of the managed identity that vouches for the registration, instead of either


def read_credentials(values: Mapping[str, str]) -> Credentials | None:
    """Read the registration; None where there is none. Raises ValueError with a sentence."""
    given = {name: values[name] for name in USUAL if name in values}
    if not given.keys() - {"MicrosoftAppType"}:
        return None
    try:
        app_type = AppType(given.get("MicrosoftAppType", AppType.SINGLE_TENANT))
    except ValueError as wrong:
        raise ValueError(
            f"MicrosoftAppType is {given['MicrosoftAppType']!r}. It must be one of: {', '.join(AppType)}."
        ) from wrong
    proofs = [name for name in ("MicrosoftAppPassword", *PROOFS) if name in values]
    needed = [name for name in USUAL if name not in {"MicrosoftAppType", "MicrosoftAppPassword"}]
    if app_type is AppType.SINGLE_TENANT and not proofs:
        needed.append("MicrosoftAppPassword")
    missing = [name for name in needed if name not in given]
    if missing:
        raise ValueError(f"{' and '.join(missing)} must be set too: the bot's credentials are incomplete.")
    _one_proof(app_type, proofs)
    return Credentials(
        app_id=given["MicrosoftAppId"],
        tenant=given["MicrosoftAppTenantId"],
        app_type=app_type,
        password=given.get("MicrosoftAppPassword", ""),
        certificate=_certificate(values.get("ASKDPO_CERTIFICATE")),
        vouched_by=_identity(values.get("ASKDPO_FEDERATED_IDENTITY", "")),
    )


def _one_proof(app_type: AppType, proofs: list[str]) -> None:
    """Refuse two: nobody could say which of them is in force."""
    if len(proofs) > 1:
        raise ValueError(f"{' and '.join(proofs)} are set, and one of them is enough. Take the others away.")
    if app_type is AppType.MANAGED_IDENTITY and proofs and proofs[0] in PROOFS:
        raise ValueError(f"{proofs[0]} is set, but MicrosoftAppType says {app_type}, which needs no other proof.")


def _certificate(path: str | None) -> Path | None:
    if path is None:
        return None
    try:
        pem = Path(path).read_text("ascii")
    except (OSError, UnicodeDecodeError) as broken:
        raise ValueError(f"ASKDPO_CERTIFICATE is {path}, which cannot be read: {type(broken).__name__}.") from broken
    if "PRIVATE KEY-----" not in pem or "BEGIN CERTIFICATE-----" not in pem:
        raise ValueError(f"ASKDPO_CERTIFICATE is {path}, which must hold a private key and its certificate, as PEM.")
    return Path(path)


def _identity(client_id: str) -> str:
    if client_id and not is_guid(client_id):
        raise ValueError("ASKDPO_FEDERATED_IDENTITY is no GUID. Give the client id of the managed identity.")
    return client_id
