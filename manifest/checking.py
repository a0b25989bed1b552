"""What Teams would say to an app package, said before it is uploaded: a sentence for each problem, no network."""

import io
import json
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Final

Json = dict[str, Any]

SCHEMA_VERSION: Final = "1.30"  # the newest that is generally available (docs/decisions.md)
SCHEMA_FILE: Final = f"schema/MicrosoftTeams.v{SCHEMA_VERSION}.schema.json"

# Clients older than the schema cut what is longer, and show no more commands than this (platform 4).
COMMANDS_AT_MOST: Final = 10
TITLE_AT_MOST: Final = 32
DESCRIPTION_AT_MOST: Final = 128
NAME_WORDS_RESERVED: Final = frozenset({"teams", "microsoft", "chat", "help", "app", "bot"})

_SIDES: Final = {"color": 192, "outline": 32}  # pixels
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_WITH_OPACITY: Final = frozenset({4, 6})  # PNG colour types: grey or colour, each with an opacity channel


def problems(package: bytes) -> tuple[str, ...]:
    """Return a sentence for each thing that is wrong with a package; none where Teams should take it."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return ("The package is not a zip file.",)
    if "manifest.json" not in members:
        return ("The package has no manifest.json at its top; zip the files, not the folder that holds them.",)
    try:
        manifest = json.loads(members["manifest.json"])
    except ValueError as broken:
        return (f"manifest.json is not JSON: {broken}.",)
    if not isinstance(manifest, dict):
        return ("manifest.json must hold an object.",)
    wrong = tuple(_against_schema(manifest))
    if wrong:
        return wrong  # what follows trusts the shape
    return (*_names(manifest), *_commands(manifest), *_files(manifest, members))


def _against_schema(manifest: Json) -> Iterator[str]:
    """Compare with Microsoft's schema, which lies beside us and refers to nothing outside itself."""
    from jsonschema import Draft4Validator  # noqa: PLC0415  heavy, and only for those who build a package

    schema = json.loads(files("manifest").joinpath(SCHEMA_FILE).read_text("utf-8"))
    if manifest.get("manifestVersion") != SCHEMA_VERSION:
        yield f"manifest.json says manifestVersion {manifest.get('manifestVersion')!r}; write {SCHEMA_VERSION!r}."
    for error in sorted(Draft4Validator(schema).iter_errors(manifest), key=lambda found: list(map(str, found.path))):
        if list(error.path) != ["manifestVersion"]:
            where = "/".join(map(str, error.path)) or "the top"
            yield f"manifest.json, at {where}: {error.message}."


def _names(manifest: Json) -> Iterator[str]:
    short: str = manifest["name"]["short"]
    if not short.strip():
        yield "The app's short name is empty."
    reserved = NAME_WORDS_RESERVED & set(short.lower().split())
    if reserved:
        yield f"The app's short name {short!r} uses a word that Teams keeps for itself: {', '.join(sorted(reserved))}."
    if not all(part.isdigit() for part in manifest["version"].split(".")) or manifest["version"].count(".") != 2:  # noqa: PLR2004  three numbers
        yield f"The app's version {manifest['version']!r} must be three numbers, such as 1.2.0."


def _commands(manifest: Json) -> Iterator[str]:
    for listed in (each for bot in manifest.get("bots", ()) for each in bot.get("commandLists", ())):
        scopes = " and ".join(listed["scopes"])
        titles: Sequence[str] = [command["title"] for command in listed["commands"]]
        if len(titles) > COMMANDS_AT_MOST:
            yield f"There are {len(titles)} commands for {scopes}; Teams shows {COMMANDS_AT_MOST}."
        for title in sorted({title for title in titles if titles.count(title) > 1}):
            yield f"The command {title!r} is there twice for {scopes}."
        for command in listed["commands"]:
            title, description = command["title"], command.get("description", "")
            if not title.strip() or len(title) > TITLE_AT_MOST:
                yield f"The command {title!r} must have 1 to {TITLE_AT_MOST} characters, and has {len(title)}."
            if not description.strip() or len(description) > DESCRIPTION_AT_MOST:
                yield (
                    f"The description of the command {title!r} must have 1 to {DESCRIPTION_AT_MOST} characters, "
                    f"and has {len(description)}."
                )
            if command.get("type") == "prompt" and not command.get("prompt", "").strip():
                yield f"The prompt starter {title!r} says nothing when it is pressed."


def _files(manifest: Json, members: Mapping[str, bytes]) -> Iterator[str]:
    wanted = {"manifest.json"} | {manifest["icons"][kind] for kind in _SIDES}
    for name in sorted(members.keys() - wanted):
        yield f"The package holds {name}, which the manifest does not mention."
    for kind, side in _SIDES.items():
        name = manifest["icons"][kind]
        if name not in members:
            yield f"The {kind} icon {name} is not in the package."
        else:
            yield from _icon(kind, side, name, members[name])


def _icon(kind: str, side: int, name: str, content: bytes) -> Iterator[str]:
    if len(content) < 26 or not content.startswith(_PNG):  # noqa: PLR2004  the head of a PNG and its first chunk
        yield f"The {kind} icon {name} is not a PNG."
        return
    width, height, _depth, colour_type = struct.unpack(">IIBB", content[16:26])
    if (width, height) != (side, side):
        yield f"The {kind} icon {name} is {width} by {height} pixels; Teams wants {side} by {side}."
    if kind == "outline" and colour_type not in _WITH_OPACITY:
        yield f"The outline icon {name} has no transparent ground; draw it in white on nothing."
