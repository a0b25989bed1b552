"""The app package that an administrator uploads to Teams: filled in, zipped, and checked without a network."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from manifest.checking import problems

Json = dict[str, Any]  # a manifest, at the border where JSON crosses

ICONS: Final = ("color.png", "outline.png")
TRIAL_ID: Final = "00000000-0000-0000-0000-000000000000"  # a package to look at: Teams knows no such bot
TRIAL_DOMAIN: Final = "askdpo.example"
_PLACEHOLDER: Final = re.compile(r"\$\{([A-Z_]+)\}")
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the same package, byte for byte, whenever and wherever it is built


@dataclass(frozen=True, slots=True)
class Particulars:
    """What differs from school to school. URLs are the school's own pages; the bot serves none."""

    app_id: str = TRIAL_ID  # the bot's application id in Entra, also the id of the Teams app
    version: str = "0.0.0"
    domains: tuple[str, ...] = ()  # hosts that Teams may open from the app
    developer: str = "Ask DPO"
    website: str | None = None  # None: the first domain, or one that nobody has
    privacy: str | None = None
    terms: str | None = None

    def words(self) -> dict[str, str]:
        """Return what each placeholder of the template stands for."""
        website = self.website or f"https://{self.domains[0] if self.domains else TRIAL_DOMAIN}"
        return {
            "APP_ID": self.app_id.lower(),
            "VERSION": self.version,
            "DEVELOPER": self.developer,
            "WEBSITE": website,
            "PRIVACY": self.privacy or f"{website.rstrip('/')}/privacy",
            "TERMS": self.terms or f"{website.rstrip('/')}/terms",
        }


@dataclass(frozen=True, slots=True)
class Package:
    """A finished package and what is wrong with it: nothing, or sentences."""

    content: bytes  # a zip
    problems: tuple[str, ...]


def build(particulars: Particulars) -> Package:
    """Make the package of a school and check it as Teams would."""
    members = {"manifest.json": _as_text(fill(template(), particulars))}
    members |= {icon: files("manifest").joinpath(icon).read_bytes() for icon in ICONS}
    content = zipped(members)
    return Package(content, problems(content))


def template() -> Json:
    """Return the manifest before it is filled in."""
    read: Json = json.loads(files("manifest").joinpath("manifest.json").read_text("utf-8"))
    return read


def fill(blank: Json, particulars: Particulars) -> Json:
    """Put a school's particulars into the template, value by value, so that none can break out of its string."""
    words = particulars.words()
    filled: Json = _filled(blank, words)
    return filled | {"validDomains": list(particulars.domains)}


def zipped(members: dict[str, bytes]) -> bytes:
    """Zip files, flat and in order, to the same bytes each time; stored, since compressors differ."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _LONG_AGO)
            member.create_system = 3  # the same on every machine
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return held.getvalue()


def commands(manifest: Json) -> Iterator[tuple[str, str]]:
    """Yield every command's title and what pressing it says, scope by scope."""
    for bot in manifest["bots"]:
        for listed in bot.get("commandLists", ()):
            for command in listed["commands"]:
                yield command["title"], command.get("prompt", command["title"])


def _filled(value: Any, words: dict[str, str]) -> Any:  # noqa: ANN401  JSON, whose shape the schema knows
    match value:
        case str():
            return _PLACEHOLDER.sub(lambda found: words[found[1]], value)
        case list():
            return [_filled(each, words) for each in value]
        case dict():
            return {key: _filled(each, words) for key, each in value.items()}
        case _:
            return value


def _as_text(manifest: Json) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
