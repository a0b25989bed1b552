"""Every table, imported once: what the migrations and the test of them compare."""

from importlib import import_module
from typing import Final

from sqlalchemy import MetaData

from storage.database import Base

MODULES: Final = (
    "schools",
    "people",
    "pupils",
    "consents",
    "restrictions",
    "objections",
    "suspensions",
    "withdrawals",
    "imports",
    "turns",
    "questions",
    "pending",
    "reviews",
    "audit",
    "letter_rows",
    "chats",
    "deliveries",
    "cases",
    "published",
    "proposals",
    "feedback",
    "drafts",
    "holds",
    "policies",
    "policy_flags",
    "findings",
    "digests",
    "week",
    "retaining",
    "handovers",
    "directory",
    "mailed",
    "refreshes",
)
for _name in MODULES:
    import_module(f"storage.{_name}")

METADATA: Final[MetaData] = Base.metadata
