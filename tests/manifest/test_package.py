"""The app package is one that Teams takes, and building it needs no network."""

import io
import json
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner

from bot.cli.manifest import command
from manifest import draw_icons
from manifest.checking import COMMANDS_AT_MOST, DESCRIPTION_AT_MOST, SCHEMA_VERSION, TITLE_AT_MOST, problems
from manifest.package import ICONS, TRIAL_ID, Particulars, build, fill, template, zipped

APP = "0f0e1d2c-3b4a-4958-8776-95a4b3c2d1e0"
SCHOOL = Particulars(app_id=APP.upper(), version="1.2.0", domains=("www.larkfield.example",), developer="Larkfield")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> NoReturn:
        pytest.fail("building the package reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest() -> dict[str, Any]:
    return fill(template(), SCHOOL)


def packed(document: object, **changed: bytes | None) -> bytes:
    """A package around a manifest; a file given as None is left out."""
    files = {"manifest.json": json.dumps(document).encode()} | {
        icon: members(build(SCHOOL).content)[icon] for icon in ICONS
    }
    files |= {name.replace("__", "."): content for name, content in changed.items() if content is not None}
    return zipped({name: files[name] for name in files if changed.get(name.replace(".", "__"), b"") is not None})


def pixels(png: bytes) -> list[tuple[int, int, int, int]]:
    """Every pixel of one of our own PNGs: no filter, one block of data."""
    side = struct.unpack(">I", png[16:20])[0]
    start = png.index(b"IDAT") + 4
    size = struct.unpack(">I", png[start - 8 : start - 4])[0]
    raw = zlib.decompress(png[start : start + size])
    rows = [raw[row * (4 * side + 1) + 1 : (row + 1) * (4 * side + 1)] for row in range(side)]
    return [(row[x], row[x + 1], row[x + 2], row[x + 3]) for row in rows for x in range(0, 4 * side, 4)]


def test_the_package_of_a_school_has_nothing_to_mend() -> None:
    built = build(SCHOOL)
    assert built.problems == ()
    assert list(members(built.content)) == ["manifest.json", "color.png", "outline.png"]


def test_a_schools_particulars_stand_in_the_manifest() -> None:
    filled = json.loads(members(build(SCHOOL).content)["manifest.json"])
    assert (filled["id"], filled["bots"][0]["botId"], filled["version"]) == (APP, APP, "1.2.0")
    assert filled["manifestVersion"] == SCHEMA_VERSION
    assert filled["developer"] == {
        "name": "Larkfield",
        "websiteUrl": "https://www.larkfield.example",
        "privacyUrl": "https://www.larkfield.example/privacy",
        "termsOfUseUrl": "https://www.larkfield.example/terms",
    }
    assert filled["validDomains"] == ["www.larkfield.example"]
    assert "${" not in json.dumps(filled)


def test_the_bot_can_be_installed_for_a_person_a_team_and_a_group_chat() -> None:
    assert set(manifest()["bots"][0]["scopes"]) == {"personal", "team", "groupChat"}
    listed = [set(each["scopes"]) for each in manifest()["bots"][0]["commandLists"]]
    assert set().union(*listed) == {"personal", "team", "groupChat"}


def test_teams_lists_what_everybody_may_type_and_has_room_for_it() -> None:
    """A command for a post alone would be a dead end in everybody else's menu: those stand on the help card."""
    (personal,) = (each for each in manifest()["bots"][0]["commandLists"] if each["scopes"] == ["personal"])
    titles = [command["title"] for command in personal["commands"]]
    assert {"help", "status", "resume", "cancel", "search", "restricted list", "report a breach"} <= set(titles)
    assert len(titles) == COMMANDS_AT_MOST
    assert {"policy findings", "preview digest", "calendar", "my cases"}.isdisjoint(titles)


def test_the_same_particulars_give_the_same_bytes() -> None:
    assert build(SCHOOL).content == build(SCHOOL).content


def test_a_quotation_mark_in_a_name_stays_inside_its_string() -> None:
    odd = Particulars(app_id=APP, version="1.0.0", developer='St "Aidan\'s" \\ ${APP_ID}')
    filled = json.loads(members(build(odd).content)["manifest.json"])
    assert filled["developer"]["name"] == 'St "Aidan\'s" \\ ${APP_ID}'


@pytest.mark.parametrize(
    ("file", "draw"), [("color.png", draw_icons.draw_colour), ("outline.png", draw_icons.draw_outline)]
)
def test_the_icons_are_those_that_the_script_draws(file: str, draw: Callable[[], bytes]) -> None:
    assert pixels(members(build(SCHOOL).content)[file]) == pixels(draw())


def test_the_outline_icon_is_white_on_nothing() -> None:
    drawn = pixels(members(build(SCHOOL).content)["outline.png"])
    assert {colour for *colour, opacity in drawn if opacity for colour in [tuple(colour)]} == {(255, 255, 255)}
    assert {0, 255} <= {opacity for *_, opacity in drawn}


def test_the_colour_icon_fills_its_square() -> None:
    assert {opacity for *_, opacity in pixels(members(build(SCHOOL).content)["color.png"])} == {255}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in manifest().items() if name != key}


def with_bot(**changed: object) -> dict[str, Any]:
    return manifest() | {"bots": [manifest()["bots"][0] | changed]}


def with_commands(*commands: dict[str, str]) -> dict[str, Any]:
    return with_bot(commandLists=[{"scopes": ["personal"], "commands": list(commands)}])


SMALL = draw_icons.draw_outline()
SPOILED = [
    (b"no zip at all", "not a zip file"),
    (zipped({"folder/manifest.json": b"{}"}), "no manifest.json at its top"),
    (zipped({"manifest.json": b"{"}), "manifest.json is not JSON"),
    (zipped({"manifest.json": b"[]"}), "must hold an object"),
    (packed(without("icons")), "'icons' is a required property"),
    (packed(without("manifestVersion")), "manifestVersion None"),
    (packed(manifest() | {"manifestVersion": "1.22"}), "manifestVersion '1.22'; write '1.30'"),
    (packed(manifest() | {"id": "our bot"}), "at id: 'our bot' does not match"),
    (packed(manifest() | {"naem": 1}), "'naem' was unexpected"),
    (packed(manifest() | {"name": {"short": "A" * 31}}), "at name/short"),
    (packed(manifest() | {"name": {"short": " "}}), "short name is empty"),
    (packed(manifest() | {"name": {"short": "DPO for Teams"}}), "keeps for itself: teams"),
    (packed(manifest() | {"version": "1.0"}), "must be three numbers"),
    (packed(manifest() | {"version": "1.0.0-rc1"}), "must be three numbers"),
    (packed(with_bot(scopes=["classroom"])), "at bots/0/scopes/0"),
    (packed(with_commands(*({"title": f"do {n}", "description": "It"} for n in range(11)))), "There are 11 commands"),
    (packed(with_commands(*[{"title": "help", "description": "It"}] * 2)), "'help' is there twice for personal"),
    (packed(with_commands({"title": "x" * (TITLE_AT_MOST + 1), "description": "It"})), "and has 33"),
    (packed(with_commands({"title": "help"})), "The description of the command 'help'"),
    (packed(with_commands({"title": "help", "description": "x" * (DESCRIPTION_AT_MOST + 1)})), "and has 129"),
    (packed(with_commands({"title": "a", "description": "b", "type": "prompt"})), "says nothing when it is pressed"),
    (packed(manifest(), color__png=None), "color icon color.png is not in the package"),
    (packed(manifest(), color__png=b"GIF89a"), "color icon color.png is not a PNG"),
    (packed(manifest(), color__png=SMALL), "32 by 32 pixels; Teams wants 192 by 192"),
    (packed(manifest(), outline__png=SMALL[:25] + b"\2" + SMALL[26:]), "no transparent ground"),
    (packed(manifest(), notes__txt=b"x"), "holds notes.txt, which the manifest does not mention"),
]


@pytest.mark.parametrize(("package", "sentence"), SPOILED, ids=[sentence for _, sentence in SPOILED])
def test_a_spoiled_package_is_reported_in_a_sentence(package: bytes, sentence: str) -> None:
    found = problems(package)
    assert any(sentence in each for each in found), found
    assert all(each.endswith(".") for each in found)


def test_every_problem_is_told_at_once() -> None:
    assert len(problems(packed(manifest() | {"id": "x", "accentColor": "teal"}))) == 2


def test_the_command_writes_a_package_and_says_what_is_still_to_be_given(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        command, ["build", "--out", str(tmp_path / "new")], env=dict.fromkeys(("MicrosoftAppId",))
    )
    assert done.exit_code == 0, done.output
    package = (tmp_path / "new" / "askdpo-teams.zip").read_bytes()
    assert json.loads(members(package)["manifest.json"])["id"] == TRIAL_ID
    assert "MicrosoftAppId" in done.stderr


def test_the_command_takes_the_bots_id_from_the_settings(tmp_path: Path) -> None:
    environment = {"MicrosoftAppId": APP, "MicrosoftAppPassword": "hush", "MicrosoftAppTenantId": "tenant"}
    done = CliRunner().invoke(command, ["build", "--out", str(tmp_path), "--domain", "a.example"], env=environment)
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(members((tmp_path / "askdpo-teams.zip").read_bytes())["manifest.json"])["id"] == APP


def test_the_command_refuses_what_teams_would_refuse(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["build", "--out", str(tmp_path), "--app-id", APP, "--website", "ftp://x"])
    assert done.exit_code == 1
    assert "websiteUrl" in done.stderr
    assert not list(tmp_path.iterdir())
