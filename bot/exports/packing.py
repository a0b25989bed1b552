"""Zip files whose bytes depend on nothing but what is in them: no clock, no file system."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say
_FOR_ITS_OWNER: Final = 0o600 << 16


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file of these members, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _NO_TIME)
            member.external_attr, member.compress_type = _FOR_ITS_OWNER, zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return out.getvalue()


def repacked(archive: bytes) -> bytes:
    """Return the same zip file without the moments at which its members were written."""
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        return packed({member.filename: read.read(member) for member in read.infolist()})
