"""Everything that can be exported: one line an export, whose own file is loaded only when it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_REGISTER: Final = ("csv", "xlsx")
STAFF_ONLY: Final = "For staff only: please do not pass it on."
AS_SAFE: Final = "It names people: please keep it as safe as the case itself."


@dataclass(frozen=True, slots=True)
class Export:
    """One export. `module` has `async def taken(session, asked)`, which returns one of `bot.exports.asked.Outcome`."""

    module: str
    about: str  # for the command's help
    formats: tuple[str, ...] = _REGISTER  # the first is the one without --format
    of_case: bool = False  # whether it is asked for with a case's number
    has_versions: bool = False  # whether --version may choose one
    of_somebody: bool = False  # whether it is asked for with --person or --pupil
    of_week: bool = False  # whether --week may choose one
    afterwards: str = STAFF_ONLY  # said once it was written to a file


EXPORTS: Final[Mapping[str, Export]] = {
    "restricted-list": Export(
        "restricted_list", "who to leave out of which pictures today, by class. Names and uses only, never a reason"
    ),
    "breaches": Export("breaches", "the register of every breach and near miss, reported to the ICO or not"),
    "sars": Export("sars", "the register of access requests with their dates; for the head without content"),
    "rights": Export("rights", "the register of every other right, opt-outs and complaints"),
    "incidents": Export("incidents", "the register of online-safety incidents, as far as your role may see them"),
    "calendar": Export(
        "agenda",
        "the days to keep of the next month, for a calendar; days and hours alone, for the DPO and the head",
        formats=("ics",),
        afterwards="Import it again later: what has moved is put right. What is done stays until you delete it.",
    ),
    "questions": Export("questions", "what was asked and answered, without reasons; pupils under numbers"),
    "policies": Export(
        "policies",
        "the school's own policies, version by version, with what each import found odd; for the DPO and the head",
        afterwards="It quotes the school's policies: please keep it as you keep those.",
    ),
    "audit": Export("audit", "who did what, and when"),
    "digest": Export(
        "digest",
        "a week and its term as a paper for governors: counts only, nobody named",
        formats=("docx", "pdf", "json"),
        of_week=True,
        afterwards="Please read it over before you pass it on.",
    ),
    "form-a": Export(
        "form_a",
        "what the reporter of case NUMBER signed, as it was signed",
        formats=("docx", "json"),
        of_case=True,
        afterwards=AS_SAFE,
    ),
    "form-b": Export(
        "form_b",
        "the report of case NUMBER to the ICO, the latest version or --version",
        formats=("docx", "json"),
        of_case=True,
        has_versions=True,
        afterwards=AS_SAFE,
    ),
    "ico-pack": Export(
        "ico_pack",
        "the same report as text to copy into the ICO's online form, with names left out",
        formats=("txt", "docx"),
        of_case=True,
        afterwards="Please read it over before you send any of it.",
    ),
    "evidence": Export(
        "evidence",
        "everything about case NUMBER in one file: timeline, forms, decisions, letters",
        formats=("zip",),
        of_case=True,
        afterwards=AS_SAFE,
    ),
    "letters": Export(
        "letters",
        "the letters that fit request NUMBER now, drafted to be read, changed and sent",
        formats=("zip",),
        of_case=True,
        afterwards="Please read each before you send it, and fill in what stands in square brackets.",
    ),
    "held-about": Export(
        "held_about",
        "what the bot itself holds about one member of staff or one pupil, without other people's names",
        formats=("docx", "json"),
        of_somebody=True,
        afterwards="Please read it over before you hand it out.",
    ),
}
BINARY: Final = frozenset({"xlsx", "docx", "pdf", "zip"})  # nothing for a screen
