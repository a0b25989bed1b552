"""Form A as the reporter signed it. Nothing that was learnt since changes a word of it (FORMB-2a)."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NothingYet, NotTheirs, Outcome, Taken
from bot.exports.case_of import CaseFile, case_of
from bot.exports.document import as_docx
from bot.exports.filled import FilledForm, Line, as_json, document, in_order
from bot.exports.who import when
from policy.breach.events import Happened
from policy.breach.form_a import FORM_A
from policy.forms import Answers, Field, is_unknown, shown

UNSIGNED: Final = "Form A of this case hasn't been sent yet. What is known so far is in the evidence export."


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write Form A of one case."""
    file = await case_of(session, asked)
    if isinstance(file, NotTheirs):
        return file
    form = signed_form(file)
    if form is None:
        return NothingYet(UNSIGNED)
    if asked.form == "json":
        return Taken(as_json(form))
    return Taken(as_docx(document(form, footer=file.footer, made_at=file.made_at)))


def signed_form(file: CaseFile) -> FilledForm | None:
    """Return Form A as it was signed; None before that."""
    breach = file.breach
    if breach.form_a is None or breach.signed_at is None:
        return None
    answers = _with_workplace(breach.form_a, file)
    reporter, email = file.name(breach.reporter), file.emails.get(breach.reporter, "")
    signed_by = f"Signed in Teams by {reporter}{f' ({email})' if email else ''}, {when(breach.signed_at)}."
    stamped = (
        Line("4", "reported", "Reported", when(breach.opened_at)),  # FORMA-4: never typed
        Line("9", "signature", "Signature", signed_by),  # FORMA-9
    )
    asked = (_line(field, answers) for field in FORM_A.asked(answers) if field.required or field.name in answers)
    return FilledForm(
        name="form-a",
        title="Form A, report of a breach",
        case=breach.number,
        school=file.school.code,
        about=(
            ("School", file.school.name),
            ("Reported", when(breach.opened_at)),
            ("Signed", when(breach.signed_at)),
            ("Kind", "Sent as a near miss" if _sent_as_near_miss(file) else "A possible breach"),
        ),
        lines=in_order((*asked, *stamped)),
        signed_by=signed_by,
        signed_at=breach.signed_at,
    )


def _line(field: Field, answers: Answers) -> Line:
    form, _, number = field.clause.partition("-")
    value = answers.get(field.name)
    expected = value.get("expected_by") if isinstance(value, dict) and is_unknown(value) else None
    own = number if form == "FORMA" else ""
    return Line(own, field.name, field.label, shown(field, value), value=value, expected_by=expected)


def _with_workplace(answers: Answers, file: CaseFile) -> Answers:
    """Name the workplace: who works at several schools chose one, which is kept by its number."""
    chosen = str(answers.get("workplace", ""))
    named = file.schools.get(int(chosen), chosen) if chosen.isdecimal() else chosen
    return {**answers, "workplace": named}


def _sent_as_near_miss(file: CaseFile) -> bool:
    signed = (event for event in file.events if event.kind is Happened.FORM_A_SIGNED)
    return any(bool(event.data.get("near_miss")) for event in signed)
