"""What of Graph is on is said in the settings; a wrong one is a sentence that names it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.graph.wanted import Directory, GraphWanted
from bot.settings import SettingsError, read_settings
from policy.directory import GroupRule
from policy.roles import Role

GROUP = "0f0e1d2c-3b4a-4958-8776-95a4b3c2d1e0"
BOT = {"MicrosoftAppId": "app", "MicrosoftAppTenantId": "tenant"}
ONE_GROUP = f'[[group]]\nid = "{GROUP.upper()}"\nschool = "LRK"\nroles = ["dpo", "staff"]\n'


def directory(tmp_path: Path, words: str) -> dict[str, str]:
    file = tmp_path / "groups.toml"
    file.write_text(words)
    return {"ASKDPO_DIRECTORY": str(file)}


def test_nothing_of_graph_is_on_unless_it_is_set() -> None:
    assert read_settings(BOT | {"MicrosoftAppPassword": "x"}).graph == GraphWanted()
    assert not GraphWanted().anything


def test_groups_their_roles_and_the_schedule_are_read(tmp_path: Path) -> None:
    words = f"[sync]\nevery_hours = 0.5\nmost_leavers_percent = 5\n{ONE_GROUP}"
    assert read_settings(directory(tmp_path, words)).graph.directory == Directory(
        rules=(GroupRule(GROUP, "LRK", frozenset({Role.DPO, Role.STAFF})),),
        every=timedelta(minutes=30),
        most_leavers_percent=5,
    )


def test_without_a_schedule_it_is_by_hand(tmp_path: Path) -> None:
    wanted = read_settings(directory(tmp_path, ONE_GROUP)).graph.directory
    assert wanted is not None
    assert (wanted.every, wanted.most_leavers_percent, wanted.schools) == (None, 20, {"LRK"})


def test_other_rules_have_another_fingerprint(tmp_path: Path) -> None:
    one = read_settings(directory(tmp_path, ONE_GROUP)).graph.directory
    other = read_settings(directory(tmp_path, ONE_GROUP.replace("dpo", "dsl"))).graph.directory
    assert one is not None
    assert other is not None
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "there is no [[group]]"),
        ("nonsense", "which is not TOML"),
        ("[groups]\n", "groups is not a setting"),
        (ONE_GROUP.replace("roles", "role"), "[[group]] number 1 must have id, school and roles, and nothing else"),
        (ONE_GROUP + ONE_GROUP.replace(GROUP.upper(), "Teachers"), "[[group]] number 2: id must be the group's"),
        (ONE_GROUP.replace('"dpo"', '"boss"'), "'boss' is not a role. The roles are: staff"),
        (ONE_GROUP.replace('["dpo", "staff"]', "[]"), "at least one role"),
        (ONE_GROUP.replace('"LRK"', '""'), "school must be the code of a school"),
        (ONE_GROUP + ONE_GROUP.replace("LRK", "lrk"), "the school LRK is also written lrk"),
        ("[sync]\nevery = 1\n" + ONE_GROUP, "[sync] may have every_hours and most_leavers_percent"),
        ("[sync]\nevery_hours = 0\n" + ONE_GROUP, "every_hours must be a number from 0.25 to 168"),
        ("[sync]\nmost_leavers_percent = 120\n" + ONE_GROUP, "most_leavers_percent must be a whole number"),
    ],
)
def test_a_wrong_file_of_groups_is_a_sentence(tmp_path: Path, words: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        read_settings(directory(tmp_path, words))
    assert sentence in str(wrong.value)
    assert "groups.toml" in str(wrong.value)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"ASKDPO_DIRECTORY": "/nowhere/groups.toml"},
            "ASKDPO_DIRECTORY is /nowhere/groups.toml, which cannot be read",
        ),
        ({"ASKDPO_TEAMS_APP_ID": "askdpo"}, "ASKDPO_TEAMS_APP_ID is no GUID"),
        ({"ASKDPO_MAILBOX": "dpo"}, "ASKDPO_MAILBOX is not an e-mail address"),
        ({"ASKDPO_MAILBOX": "a@b@green.example"}, "ASKDPO_MAILBOX is not an e-mail address"),
        (BOT | {"ASKDPO_CERTIFICATE": "/nowhere.pem"}, "ASKDPO_CERTIFICATE is /nowhere.pem, which cannot be read"),
        (BOT | {"ASKDPO_FEDERATED_IDENTITY": "me"}, "ASKDPO_FEDERATED_IDENTITY is no GUID"),
        (
            BOT | {"ASKDPO_FEDERATED_IDENTITY": GROUP, "MicrosoftAppPassword": "hush"},
            "MicrosoftAppPassword and ASKDPO_FEDERATED_IDENTITY are set, and one of them is enough",
        ),
        (
            BOT | {"ASKDPO_FEDERATED_IDENTITY": GROUP, "MicrosoftAppType": "UserAssignedMSI"},
            "needs no other proof",
        ),
        (BOT, "MicrosoftAppPassword must be set too"),
    ],
)
def test_a_wrong_variable_is_named(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        read_settings(environment)
    assert sentence in str(wrong.value)


def test_a_certificate_must_come_with_its_key(tmp_path: Path) -> None:
    file = tmp_path / "bot.pem"
    file.write_text("-----BEGIN CERTIFICATE-----\n")
    with pytest.raises(SettingsError, match="a private key and its certificate"):
        read_settings(BOT | {"ASKDPO_CERTIFICATE": str(file)})


def test_one_proof_instead_of_a_password_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "bot.pem"
    file.write_text("-----BEGIN PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n")
    by_file = read_settings(BOT | {"ASKDPO_CERTIFICATE": str(file)}).credentials
    by_machine = read_settings(BOT | {"ASKDPO_FEDERATED_IDENTITY": GROUP}).credentials
    assert by_file is not None
    assert by_machine is not None
    assert (by_file.certificate, by_file.vouched_by) == (file, "")
    assert (by_machine.certificate, by_machine.vouched_by) == (None, GROUP)
