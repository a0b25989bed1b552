"""A wrong or unknown setting is a sentence that names it."""

from pathlib import Path

import pytest

from bot.school_file import read_rules
from bot.settings import AppType, Settings, SettingsError, read_settings
from policy.packs import (
    Age12,
    ConsentCycle,
    EducationBasis,
    FamilyFilming,
    Pack,
    PersonalDevice,
    PublishedCopies,
    SchoolRules,
)

BOT = {"MicrosoftAppId": "app", "MicrosoftAppPassword": "hush-hush", "MicrosoftAppTenantId": "tenant"}


def test_nothing_set_is_a_sensible_start() -> None:
    settings = read_settings({})
    assert (settings.database_url, settings.port, settings.credentials) == ("sqlite+aiosqlite:///askdpo.db", 3978, None)
    assert settings.rules == SchoolRules()


def test_every_setting_is_read(tmp_path: Path) -> None:
    file = tmp_path / "school.toml"
    file.write_text('packs = ["PHOTO"]')
    settings = read_settings(
        {
            "ASKDPO_DATABASE_URL": "postgresql+asyncpg://db.example/askdpo",
            "ASKDPO_PORT": "8080",
            "ASKDPO_HOST": "10.0.0.1",
            "ASKDPO_CONFIG": str(file),
            "PATH": "not ours",
            **BOT,
        }
    )
    assert settings.database_url == "postgresql+asyncpg://db.example/askdpo"
    assert (settings.host, settings.port, settings.rules.packs) == ("10.0.0.1", 8080, frozenset({Pack.PHOTO}))
    assert settings.credentials is not None
    assert settings.credentials.app_type is AppType.SINGLE_TENANT


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"ASKDPO_PROT": "1"}, 'ASKDPO_PROT is not a setting. Did you mean "ASKDPO_PORT"?'),
        ({"ASKDPO_PORT": "http"}, "ASKDPO_PORT is 'http'. It must be a number"),
        ({"ASKDPO_PORT": "70000"}, "ASKDPO_PORT is '70000'. It must be a number"),
        ({"ASKDPO_DATABASE_URL": "mysql://x"}, "ASKDPO_DATABASE_URL must start with sqlite"),
        ({"ASKDPO_CONFIG": "/nowhere/at-all.toml"}, "ASKDPO_CONFIG is /nowhere/at-all.toml, which cannot be read"),
        ({"ASKDPO_LOG": "xml"}, "ASKDPO_LOG is 'xml'. It must be one of: json, text."),
        ({"ASKDPO_MESSAGES_PER_MINUTE": "few"}, "ASKDPO_MESSAGES_PER_MINUTE is 'few'. It must be a whole number"),
        ({"OTEL_METRICS_EXPORTER": "prometheus"}, "OTEL_METRICS_EXPORTER is prometheus. It must be otlp or none."),
        ({"MicrosoftAppId": "app"}, "MicrosoftAppTenantId and MicrosoftAppPassword must be set too"),
        (BOT | {"MicrosoftAppType": "MultiTenant"}, "It must be one of: SingleTenant, UserAssignedMSI."),
    ],
)
def test_a_wrong_variable_is_named(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        read_settings(environment)
    assert sentence in str(wrong.value)


def test_a_managed_identity_has_no_password() -> None:
    settings = read_settings(
        {"MicrosoftAppId": "app", "MicrosoftAppTenantId": "tenant", "MicrosoftAppType": "UserAssignedMSI"}
    )
    assert settings.credentials is not None
    assert settings.credentials.app_type is AppType.MANAGED_IDENTITY


def test_forms_last_where_no_policy_in_force_ends_them_with_the_year(tmp_path: Path) -> None:
    file = tmp_path / "school.toml"
    file.write_text('packs = ["ONLINE", "DP"]\nconsent.cycle = "joining_only"')
    assert read_rules(file).forms_last
    assert not SchoolRules(consent_cycle=ConsentCycle.JOINING_ONLY).forms_last


def test_every_switch_of_a_school_is_read(tmp_path: Path) -> None:
    file = tmp_path / "school.toml"
    file.write_text(
        """
        packs = ["PHOTO", "DP"]
        images.personal_device = "ht_exception"
        [consent]
        age12 = "pupil_only"
        [education]
        basis = "express"
        [events]
        family_filming = "allowed_by_policy"
        [withdrawal]
        published = "take_down"
        [list]
        stale_after_days = 14
        [answers]
        second_approval = true
        """
    )
    assert read_rules(file) == SchoolRules(
        packs=frozenset({Pack.PHOTO, Pack.DP}),
        personal_device=PersonalDevice.HT_EXCEPTION,
        age12=Age12.PUPIL_ONLY,
        education_basis=EducationBasis.EXPRESS,
        family_filming=FamilyFilming.ALLOWED_BY_POLICY,
        published_copies=PublishedCopies.TAKE_DOWN,
        list_stale_after_days=14,
        second_approval=True,
    )


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (
            'images.personal_devise = "never"',
            'images.personal_devise is not a setting. Did you mean "images.personal_device"?',
        ),
        (
            'images.personal_device = "sometimes"',
            "images.personal_device is 'sometimes'. It must be one of: never, ht_",
        ),
        ("images.personal_device = true", "images.personal_device is True. It must be one of"),
        ('packs = ["FOTO"]', "packs is ['FOTO']. It must be a list with at least one of: PHOTO, ONLINE, DP."),
        ("packs = []", "packs is []. It must be a list"),
        ("packs = [[]]", "packs is [[]]. It must be a list"),
        ("list.stale_after_days = 0", "list.stale_after_days is 0. It must be a whole number of days"),
        ("list.stale_after_days = true", "list.stale_after_days is True. It must be a whole number"),
        ("zebra = 1", "zebra is not a setting. The settings are: packs, images.personal_device"),
        ('consent.cycle = "never"', "consent.cycle is 'never'. It must be one of: joining_plus_annual, joining_only."),
        ('consent.cycle = "joining_only"', "consent.cycle is 'joining_only'. PHOTO is among the packs"),
        ("packs = ", "which is not TOML"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, toml: str, sentence: str) -> None:
    file = tmp_path / "school.toml"
    file.write_text(toml)
    with pytest.raises(SettingsError) as wrong:
        read_rules(file)
    assert sentence in str(wrong.value)
    assert str(file) in str(wrong.value)


def test_a_file_beside_the_bot_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / ".env"
    beside.write_text("ASKDPO_PORT=4000\nASKDPO_HOST=10.0.0.2\n")
    monkeypatch.setenv("ASKDPO_PORT", "5000")
    settings = read_settings(dotenv=beside)
    assert (settings.port, settings.host) == (5000, "10.0.0.2")


def test_no_secret_shows() -> None:
    settings = read_settings(BOT | {"ASKDPO_DATABASE_URL": "postgresql://bot:swordfish@db.example/askdpo"})
    assert "hush-hush" not in repr(settings)
    assert "swordfish" not in repr(settings)


def test_local_mode_listens_on_this_machine_only() -> None:
    assert Settings().bind_address(local=True) == "127.0.0.1"
    assert Settings(host="::1").bind_address(local=True) == "::1"
    with pytest.raises(SettingsError, match="but --local listens on this machine only"):
        Settings(host="10.0.0.1").bind_address(local=True)
    assert Settings(host="10.0.0.1").bind_address(local=False) == "10.0.0.1"


def test_without_credentials_and_without_local_there_is_a_sentence() -> None:
    with pytest.raises(SettingsError, match="There are no bot credentials"):
        Settings().credentials_needed()
