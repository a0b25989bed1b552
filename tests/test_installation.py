"""What installs the bot, looked at as far as that goes without a Docker daemon or Azure's compiler."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from bot import settings
from bot.health import healthz, readyz
from manifest.package import Particulars, build
from tests.test_papers import commands_in, unknown

ROOT: Final = Path(__file__).parents[1]
DOCKERFILE: Final = (ROOT / "Dockerfile").read_text("utf-8")
BICEP: Final = (ROOT / "infra" / "main.bicep").read_text("utf-8")
BICEPPARAM: Final = (ROOT / "infra" / "main.bicepparam").read_text("utf-8")
TOOLKIT: Final = (ROOT / "m365agents.yml").read_text("utf-8")
GUIDE: Final = (ROOT / "docs" / "install.md").read_text("utf-8")
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


# --- the image


def stages() -> list[list[tuple[str, str]]]:
    """Each stage as its instructions, continued lines joined and comments left out."""
    joined = re.sub(r"\\\n", " ", "\n".join(line for line in DOCKERFILE.splitlines() if not line.startswith("#")))
    found: list[list[tuple[str, str]]] = []
    for line in filter(str.strip, joined.splitlines()):
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            found.append([])
        found[-1].append((word, " ".join(rest.split())))
    return found


def of(word: str, stage: list[tuple[str, str]]) -> list[str]:
    return [rest for each, rest in stage if each == word]


def test_the_image_runs_as_nobody_in_particular_and_holds_no_tools_to_build_with() -> None:
    build_stage, final = stages()

    assert of("USER", final) == ["10001"], "a number: a cluster can check that it is not root"
    assert final.index(("USER", "10001")) > max(n for n, (word, _) in enumerate(final) if word in {"RUN", "COPY"})
    assert of("COPY", final) == ["--from=build /opt/askdpo /opt/askdpo"]
    assert all("apt-get" not in rest for stage in (build_stage, final) for _, rest in stage)
    assert "pip uninstall -y pip setuptools" in " ".join(of("RUN", build_stage))
    assert "pip uninstall -y pip setuptools wheel" in " ".join(of("RUN", final))


def test_the_image_is_of_the_python_that_was_tested_and_of_the_versions_that_were() -> None:
    assert {rest.split()[0] for stage in stages() for rest in of("FROM", stage)} == {"python:3.11-slim"}
    assert PROJECT["project"]["requires-python"].startswith(">=3.11,<3.12")
    assert "pip install -c constraints.txt ." in " ".join(of("RUN", stages()[0]))


def test_everything_that_is_installed_is_copied_and_let_in_and_nothing_else() -> None:
    packages = {each.removesuffix("*") for each in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
    copied = {name for rest in of("COPY", stages()[0]) for name in rest.split()[:-1]}
    lines = (ROOT / ".dockerignore").read_text("utf-8").split()

    assert copied == {*packages, "constraints.txt", "pyproject.toml", "README.md"}
    assert all((ROOT / name).exists() for name in copied)
    assert {line.removeprefix("!") for line in lines if line.startswith("!")} == copied
    assert lines[0] == "*", "whatever is not named stays outside: settings, databases, this folder's history"


def test_what_the_image_starts_is_a_command_that_gets_the_signals() -> None:
    (command,) = of("CMD", stages()[1])
    (check,) = of("HEALTHCHECK", stages()[1])
    probe = json.loads(check.partition("CMD ")[2])

    assert unknown(json.loads(command)) is None
    assert "/healthz" in probe[-1]
    compile(probe[-1], "HEALTHCHECK", "exec")
    assert "ASKDPO_PORT" in probe[-1]


# --- Azure


def without_comments(text: str) -> str:
    return re.sub(r"(?m)(^|\s)//.*$", "", text)


CODE: Final = without_comments(BICEP)


def declared(kind: str) -> dict[str, str]:
    """Names declared at the top, with the rest of their line."""
    return dict(re.findall(rf"(?m)^{kind} (\w+) ?(.*)$", CODE))


@pytest.mark.parametrize("name", [*declared("param"), *declared("var")])
def test_every_parameter_and_variable_of_the_template_is_used(name: str) -> None:
    assert len(re.findall(rf"\b{name}\b", CODE)) > 1


def test_the_parameters_that_have_no_default_are_given_and_no_others_are() -> None:
    given = set(re.findall(r"(?m)^param (\w+) =", without_comments(BICEPPARAM)))

    assert {name for name, rest in declared("param").items() if "=" not in rest} == given
    assert "using 'main.bicep'" in BICEPPARAM
    for file in re.findall(r"loadTextContent\('(.+?)'\)", BICEPPARAM):
        assert (ROOT / "infra" / file).is_file()
    for name in re.findall(r"readEnvironmentVariable\('(\w+)'\)", BICEPPARAM):
        assert re.search(rf"\b{name}=", GUIDE), f"the guide exports {name}"


@pytest.mark.parametrize("name", declared("output"))
def test_every_output_is_wanted_by_the_guide(name: str) -> None:
    assert f"`{name}`" in GUIDE


def test_every_name_that_the_template_uses_is_declared() -> None:
    declared_names = set(re.findall(r"(?m)^\s*(?:resource|param|var) (\w+)", CODE))
    used = set(re.findall(r"(?<![\w.'])(\w+)(?:\.(?:id|name|properties|listKeys)\b|::)", CODE))

    assert used - declared_names <= {"resourceGroup", "tenant"}
    assert all(name in declared_names for name in re.findall(r"dependsOn: \[(\w+)", CODE))


def test_brackets_of_the_template_close() -> None:
    open_still: list[str] = []
    for mark in re.sub(r"'(?:[^'\\\n]|\\.)*'", "''", CODE):
        if mark in "([{":
            open_still.append(mark)
        elif mark in ")]}":
            assert open_still, mark
            assert open_still.pop() + mark in {"()", "[]", "{}"}
    assert open_still == []


def environment() -> dict[str, str]:
    block = CODE.partition("var environmentVariables = [")[2].partition("\n]")[0]
    return dict(re.findall(r"\{ name: '(\w+)', (.+) \}", block))


def test_the_container_gets_settings_that_the_bot_reads_and_the_password_by_reference_only() -> None:
    assert set(environment()) <= {*settings._VARIABLES, *settings._BOT}
    assert environment()["ASKDPO_DATABASE_URL"] == "secretRef: 'database-url'"
    assert "MicrosoftAppPassword" not in environment()
    assert environment()["MicrosoftAppType"] == f"value: '{settings.AppType.MANAGED_IDENTITY}'"
    assert declared("param")["databasePassword"] == "string"
    assert re.search(r"@secure\(\)\n(?:@.*\n)*param databasePassword", CODE)
    assert not re.search(r"(?m)^output .*(?i:password|secret|key)", CODE)


def test_the_container_migrates_before_it_serves_and_is_asked_what_the_bot_answers() -> None:
    ((command,),) = [re.findall(r"command: \[(.+?)\]", CODE)]
    paths = set(re.findall(r"path: '(/\w+)', port: port", CODE))

    assert unknown(re.findall(r"'([^']+)'", command)) is None
    assert paths == {f"/{handler.__name__}" for handler in (healthz, readyz)}
    assert "endpoint: 'https://${app.properties.configuration.ingress.fqdn}/api/messages'" in CODE
    assert "mountPath: '/settings'" in CODE
    assert environment()["ASKDPO_CONFIG"] == "value: '/settings/school.toml'"


# --- the toolkit, and the guide


def steps() -> Iterator[tuple[str, dict[str, str]]]:
    for step in re.split(r"(?m)^  - uses: ", TOOLKIT)[1:]:
        name, *lines = step.splitlines()
        yield name, dict(line.strip().split(": ", 1) for line in lines if re.match(r"      \w+: ", line))


def test_the_toolkits_file_has_the_shape_that_its_version_wants() -> None:
    """By its published documentation: the actions that are used, and what each must be given."""
    needed = {
        "script": {"run"},
        "teamsApp/validateAppPackage": {"appPackagePath"},
        "teamsApp/publishAppPackage": {"appPackagePath"},
    }

    assert re.search(r"(?m)^version: v1\.\d+$", TOOLKIT)
    assert set(re.findall(r"(?m)^(\w+):$", TOOLKIT)) <= {"provision", "deploy", "publish"}
    assert len(list(steps())) > 3
    for name, given in steps():
        assert needed[name] <= set(given), name


def test_the_toolkits_file_runs_what_there_is_and_takes_the_package_that_it_makes() -> None:
    runs = [given["run"] for name, given in steps() if name == "script"]
    packages = {given["appPackagePath"] for name, given in steps() if "appPackagePath" in given}

    assert [unknown(command) for command in commands_in("\n".join(runs))] == [None]
    assert {Path(path).name for path in packages} == {"askdpo-teams.zip"}
    assert build(Particulars(version="0.1.0")).problems == ()
    assert all((ROOT / path).is_file() for run in runs for path in re.findall(r"infra/\S+", run))


def test_the_guide_says_what_every_line_of_the_doctor_means() -> None:
    source = (ROOT / "bot" / "doctor.py").read_text("utf-8") + (ROOT / "bot" / "looked_after.py").read_text("utf-8")
    subjects = set(re.findall(r'Finding\(\s*"([\w ]+)"', source))
    told = {each.strip() for line in re.findall(r"(?m)^\| ([\w ,]+) \| .+ \|$", GUIDE) for each in line.split(",")}

    assert len(subjects) > 8
    assert subjects - told == set()


def test_the_guide_says_what_is_lost_with_sqlite_only() -> None:
    told = GUIDE.partition("**What you lose with SQLite only**")[2].partition("## Settings")[0]

    for lost in ("one process", "upgrade", "network share", "import", "encryption", "backup"):
        assert lost in told
