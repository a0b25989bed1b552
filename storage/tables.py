"""Every table, imported once: what migrations and the schema test compare."""

from typing import Final

from sqlalchemy import MetaData

from storage.database import Base

METADATA: Final[MetaData] = Base.metadata
