"""Form B as it was saved, the latest version or the one that was asked for."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NothingYet, NotTheirs, Outcome, Taken
from bot.exports.case_of import CaseFile, case_of
from bot.exports.document import as_docx
from bot.exports.filled import FilledForm, Line, as_json, document
from bot.exports.who import when
from policy.breach.form_b import is_late, starred
from policy.breach.form_b_fields import ITEMS, Item, Star
from policy.forms import Answers, is_unknown, shown

UNSAVED: Final = "There is no Form B in this case yet. It comes after the decision to tell the regulator."


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write one version of Form B."""
    file = await case_of(session, asked)
    if isinstance(file, NotTheirs):
        return file
    versions = len(file.breach.form_b)
    if not versions:
        return NothingYet(UNSAVED)
    if asked.version is not None and asked.version > versions:
        return NothingYet(f"Form B of this case has {versions} {'version' if versions == 1 else 'versions'} so far.")
    form = saved_form(file, asked.version or versions)
    noted = {"version": form.version}
    if asked.form == "json":
        return Taken(as_json(form), noted)
    return Taken(as_docx(document(form, footer=file.footer, made_at=file.made_at)), noted)


def saved_form(file: CaseFile, version: int) -> FilledForm:
    """Return a version of Form B, counted from 1. Raises IndexError where there is none."""
    breach = file.breach
    saved, versions = breach.form_b[version - 1], len(breach.form_b)
    late = is_late(breach.t0, breach.ico_sent_at or file.made_at)
    must = {item.field.name for item in starred(saved.answers, late=late)}
    shown_items = [item for item in ITEMS if item.star is not Star.LATE or late or item.field.name in saved.answers]
    asked = [item for item in shown_items if item.field.is_asked(saved.answers)]
    stage = "final" if saved.final else "draft"
    signed_by = f"Version {version} saved in Teams by {file.name(saved.by)}, {when(saved.at)} ({stage})."  # FORMB-8
    return FilledForm(
        name="form-b",
        title="Form B, report to the regulator",
        case=breach.number,
        school=file.school.code,
        about=(
            ("Version", f"{version} of {versions}, {stage}"),
            ("School", file.school.name),
            ("First known", when(breach.t0)),
            ("Sent to the ICO", when(breach.ico_sent_at) or "Not yet"),
            ("Their reference", breach.ico_reference),
        ),
        lines=tuple(_line(item, saved.answers, starred=item.field.name in must) for item in asked),
        signed_by=signed_by,
        signed_at=saved.at,
        version=version,
        versions=versions,
        final=saved.final,
    )


def number_of(item: Item) -> str:
    """Return a field's number on the form: "2a"."""
    return item.field.name.partition("_")[0]


def _line(item: Item, answers: Answers, *, starred: bool) -> Line:
    field, value = item.field, answers.get(item.field.name)
    expected = value.get("expected_by") if isinstance(value, dict) and is_unknown(value) else None
    return Line(number_of(item), field.name, field.label, shown(field, value), starred, value, expected)
