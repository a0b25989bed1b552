"""Text to copy into the regulator's form: Form B's fields and counts, and nobody's name but the DPO's (facts B-R6).

The bot prepares; a person reads it over and sends it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NothingYet, NotTheirs, Outcome, Taken
from bot.exports.case_of import CaseFile, case_of
from bot.exports.document import Block, Document, Heading, Points, Words, as_docx, as_text
from bot.exports.form_b import UNSAVED, number_of
from bot.exports.unnamed import Named
from bot.exports.who import when
from policy.breach.events import Matter
from policy.breach.form_a import FORM_A
from policy.breach.form_b import NOTIFY_WITHIN, is_late, starred_missing
from policy.breach.form_b_fields import ITEMS, Item
from policy.forms import Answers, shown
from policy.names import Roll
from storage import pupils

HELPLINE: Final = "0303 123 1113"
_ALWAYS: Final = (  # facts B-R6
    "The ICO's online form takes about half an hour and cannot be kept half filled in. More can follow by e-mail.",
    f"Rather talk to somebody? The ICO's helpline is {HELPLINE}. Please check that it, and the form, are still right.",
    "It may ask how many records it is about: the case counts people only.",
)
_TICKED: Final = frozenset({"kinds", "people"})  # fixed choices of Form A
_WHOLE_ONLY: Final = frozenset({"1_organisation", "1_controller", "1_contact", "8_title"})  # a pupil may share a name
_AS_THEY_ARE: Final = frozenset({"1_dpo", "8_name"})  # who reports is named, and must be
_SECTIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("About us", ("1_organisation", "1_controller", "1_dpo", "1_contact")),
    ("What happened", ("2a", "2b", "2c")),
    ("When we knew, and when we report", ("2d",)),
    ("The information and the people", ("3a", "3b", "3c")),
    ("Likely consequences", ("3d", "3e")),
    ("What was done and what will be", ("4a", "4b", "4c")),
    ("What was in place before", ("2e", "2f", "5a", "5b", "5c")),
    ("Earlier reports", ("6a", "6b")),
    ("Who else knows", ("7a", "7b", "7c", "7d")),
    ("Who reports", ("8_name", "8_title")),
)
_ITEM: Final = {item.field.name: item for item in ITEMS}
_TOLD: Final = {"yes": "Yes", "no": "No", "public_notice": "By a public notice"}


@dataclass(frozen=True, slots=True)
class Pack:
    """The parts to copy, each a heading with labelled answers, and what somebody must look at before."""

    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    look_at: tuple[str, ...]
    case: int


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write the pack of one case."""
    file = await case_of(session, asked)
    if isinstance(file, NotTheirs):
        return file
    if not file.breach.form_b:
        return NothingYet(UNSAVED)
    roll = Roll.of(await pupils.roll(session, asked.school.id))
    made = pack(file, roll)
    written = document(made, file)
    content = as_docx(written) if asked.form == "docx" else as_text(written).encode("utf-8", "replace")
    return Taken(content, {"to_look_at": len(made.look_at)}, made.look_at)


def pack(file: CaseFile, roll: Roll) -> Pack:
    """Make the pack of the latest Form B. Names of the school's pupils, the reporter and those involved are left out.

    Raises IndexError where no Form B was saved.
    """
    breach = file.breach
    answers = breach.form_b[-1].answers
    named = Named(roll, [file.name(one) for one in (breach.reporter, *breach.involved)])
    look_at: list[str] = []
    parts: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    for title, names in _SECTIONS:
        told = [_told(name, answers, named, look_at) for name in names]
        parts.append((title, tuple(one for one in (*told, *_besides(title, file)) if one[1])))
    late = is_late(breach.t0, breach.ico_sent_at or file.made_at)
    look_at += [f"{field.label}: still to be filled in on Form B." for field in starred_missing(answers, late=late)]
    return Pack(tuple(part for part in parts if part[1]), tuple(look_at), breach.number)


def document(made: Pack, file: CaseFile) -> Document:
    """Lay the pack out: what to look at first, then the parts to copy. Nobody's name is in its footer."""
    blocks: list[Block] = [
        Heading("Before you send it: this part is for you"),
        Points((*made.look_at, *_ALWAYS)),
    ]
    for title, told in made.parts:
        blocks.append(Heading(title))
        blocks += [Words(f"{label}: {answer}") for label, answer in told]
    footer = f"Case {made.case}. Prepared by Ask DPO, {when(file.made_at)}."
    return Document(f"Report to the ICO: case {made.case}", tuple(blocks), footer, file.made_at)


def _told(name: str, answers: Answers, named: Named, look_at: list[str]) -> tuple[str, str]:
    """Return a field without names, and note what somebody must look at."""
    item = _ITEM[name]
    label, said = _label(item), shown(item.field, answers.get(name))
    if name in _AS_THEY_ARE:
        return label, said
    clean = named.without(said, whole_only=name in _WHOLE_ONLY)
    if clean.left_out:
        look_at.append(f"{label}: a name was left out. Please see that it still reads well.")
    if clean.doubtful and name not in _WHOLE_ONLY:
        look_at.append(f"{label}: something in it may be the name of a pupil. Please check.")
    return label, clean.text


def _besides(title: str, file: CaseFile) -> Iterable[tuple[str, str]]:
    """Return what the case itself adds to a part: times, counts and fixed words, never anybody's text."""
    breach = file.breach
    match title:
        case "When we knew, and when we report":
            yield "We became aware", when(breach.t0)
            yield "72 hours ended" if file.made_at > _ends(file) else "72 hours end", when(_ends(file))
            yield "Reported", when(breach.ico_sent_at)
        case "The information and the people":
            for field in FORM_A.fields:
                if field.name in _TICKED and breach.form_a is not None:
                    yield field.label, shown(field, breach.form_a.get(field.name))
        case "What was done and what will be":
            decision = breach.decisions.get(Matter.SUBJECTS)
            yield "Are the people affected told?", "" if decision is None else _TOLD.get(decision.outcome, "")
            yield "They were told", when(breach.subjects_told_at)
        case _:
            pass


def _ends(file: CaseFile) -> datetime:
    return file.breach.t0 + NOTIFY_WITHIN


def _label(item: Item) -> str:
    return f"{item.field.label} ({number_of(item)})"
