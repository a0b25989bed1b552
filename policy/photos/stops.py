"""Stage B: what stops one pupil, row by row in the order of the table, and what a pupil who is not stopped gets.

One small function a row, each with its clause. Whatever stops a pupil, the asker reads the same words (domain 1.6).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from policy.images import NameWanted, Use
from policy.packs import EducationBasis
from policy.photos import consent, uses
from policy.photos.asked import Asked
from policy.photos.consent import permits
from policy.photos.listed import organisation_key
from policy.photos.naming import agreed_name
from policy.photos.standing import Standing, standing
from policy.photos.verdicts import Cause, Decision, PupilVerdict
from policy.records import Consent, Limit, Pupil, PupilRecord, RestrictionState

_PENDING_OR_NOTHING: Final = 3  # a saved restriction without a level is undecided, which acts as level 3 (PHOTO-6.3)


@dataclass(frozen=True, slots=True)
class Case:
    """One pupil before one request."""

    asked: Asked
    record: PupilRecord
    given: Standing

    @property
    def pupil(self) -> Pupil:
        """Whom it is about."""
        return self.record.pupil

    @property
    def left(self) -> bool:
        """Whether the pupil has left by the day."""
        return self.pupil.left_on is not None and self.pupil.left_on <= self.asked.request.on

    @property
    def level(self) -> int:
        """The level that the safeguarding lead set; 0 where there is none."""
        restriction = self.record.restriction
        if restriction is None or restriction.state is RestrictionState.PENDING:
            return 0
        return _PENDING_OR_NOTHING if restriction.level is None else restriction.level


@dataclass(frozen=True, slots=True)
class Stop:
    """One row of stage B."""

    row: str
    cause: Cause
    holds: Callable[[Case], bool]


def verdict(asked: Asked, record: PupilRecord) -> PupilVerdict:
    """Decide for one pupil: the first row that holds, or yes."""
    given = standing(record, asked.request.on, asked_on=asked.request.asked_on, forms_last=asked.rules.forms_last)
    case = Case(asked, record, given)
    for stop in _HOLDS if asked.request.alters else STOPS + (_HOLDS if asked.request.edits else ()):
        if stop.holds(case):
            return PupilVerdict(record.pupil, Decision.NO, stop.row, stop.cause)
    name = agreed_name(asked, given)
    return PupilVerdict(record.pupil, Decision.YES, _granted(asked, name), None, name)


def _not_yet_joined(case: Case) -> bool:
    return case.asked.request.on < case.pupil.joined_on  # nobody of ours yet: our setting


def _left_identity(case: Case) -> bool:
    return case.left and Use.IDENTITY in case.asked.uses  # PHOTO-10.4


def _left(case: Case) -> bool:
    if not case.left:
        return False
    on_display = case.asked.uses == {Use.DISPLAY_AFTER} and permits(case.given, uses.DISPLAY_AFTER)  # PHOTO-10.6
    return not (on_display or permits(case.given, uses.AFTER_LEAVING))  # PHOTO-5.11, ONLINE-4.3-b1


def _court_order(case: Case) -> bool:
    return case.record.restriction is not None and case.record.restriction.court_order  # PHOTO-5.10


def _pending(case: Case) -> bool:
    restriction = case.record.restriction
    return (
        restriction is not None and restriction.state is RestrictionState.PENDING
    )  # PHOTO-4.12, PHOTO-4.13, PHOTO-5.6


def _nothing_at_all(case: Case) -> bool:
    return case.level >= 3  # noqa: PLR2004  the levels are the policy's own numbers: PHOTO-6.3


def _internal_only(case: Case) -> bool:
    if case.level != 2:  # noqa: PLR2004  the levels are the policy's own numbers: PHOTO-6.3
        return False
    asked = case.asked
    return asked.publishes or Use.EDU_VISIT in asked.uses or asked.request.keeps_copies  # PHOTO-6.3


def _objection(case: Case) -> bool:
    return case.record.objection  # DP-12.3, DP-12.5, DP-12.12.2


def _no_form(case: Case) -> bool:
    asked = case.asked
    match asked.rules.education_basis:
        case EducationBasis.FORM_ON_FILE:
            needs_form = not asked.uses.isdisjoint({Use.EDU_SITE, Use.EMAIL_PARENT})
        case EducationBasis.EXPRESS:
            needs_form = Use.EMAIL_PARENT in asked.uses  # the stricter setting asks no less of it
        case EducationBasis.PUBLIC_TASK:
            needs_form = False
    return needs_form and not consent.answered(case.given, asked.rules)  # PHOTO-4.10


def _no_express_capture(case: Case) -> bool:
    asked = case.asked
    express = Use.EDU_SITE in asked.uses and asked.rules.education_basis is EducationBasis.EXPRESS
    return express and not permits(case.given, uses.CAPTURE)  # DP-17.5, ONLINE-OTH-c


def _visit_without_consent(case: Case) -> bool:
    if Use.EDU_VISIT not in case.asked.uses:
        return False
    return not (permits(case.given, uses.CAPTURE) or consent.any_yes(case.given, case.asked.rules))  # PHOTO-8.4


def _no_permission(case: Case) -> bool:
    ordinary = [kind for kind in case.asked.permissions if not kind.startswith(uses.ORGANISATION)]
    return any(not permits(case.given, kind) for kind in ordinary)  # PHOTO-12.3, PHOTO-10.6


def _consenter_missing(case: Case) -> bool:
    rules = case.asked.rules
    return any(
        consent.consenter_missing(case.given, item, rules) for group in case.asked.items for item in group
    )  # PHOTO-4.12, DP-6.13


def _no_yes(case: Case) -> bool:
    return not all(any(_item_stands(case, item) for item in group) for group in case.asked.items)


def _item_stands(case: Case, item: str) -> bool:
    if not consent.effective(case.given, item, case.asked.rules):
        return False  # PHOTO-4.1, PHOTO-4.4, PHOTO-4.10
    rows = case.given.yes_rows(item)
    request = case.asked.request
    alone = request.sole_subject or not request.group
    if alone and any(Limit.GROUP_ONLY in row.limits for row in rows):
        return False  # PHOTO-5.4
    if item.startswith("media") and not _on_their_form(asked=case.asked, rows=rows):
        return False  # PHOTO-B-orgs
    if not item.startswith("social"):
        return True
    listed = max((account.listed_from for account in case.asked.accounts), default=None)
    return listed is None or all(
        row.signed_on is not None and listed <= row.signed_on for row in rows
    )  # PHOTO-B-refresh-1


def _on_their_form(*, asked: Asked, rows: Sequence[Consent]) -> bool:
    """Whether every organisation meant was listed in the year of the form, which may be an earlier one (C7)."""
    listed = {(each.academic_year, organisation_key(each.name)) for each in asked.school.organisations}
    return all((row.academic_year, organisation_key(name)) in listed for name in asked.on_form for row in rows)


def _kept_outside(case: Case) -> bool:
    """Whether it leaves the school: sold, or kept by an outside photographer (PHOTO-12.2)."""
    asked = case.asked
    if Use.CLASS_PHOTO_SALE not in asked.uses and not asked.request.keeps_copies:
        return False
    return not (consent.any_yes(case.given, asked.rules) or _permits_organisation(case, asked.request.organisation))


def _organisation_not_permitted(case: Case) -> bool:
    named = [kind for kind in case.asked.permissions if kind.startswith(uses.ORGANISATION)]
    return any(not _permits_organisation(case, kind.removeprefix(uses.ORGANISATION)) for kind in named)  # PHOTO-B-orgs


def _permits_organisation(case: Case, name: str | None) -> bool:
    if not name:
        return False
    wanted = organisation_key(name)
    kinds = {kind for signer in case.given.adults for kind in signer.rows if kind.startswith(uses.ORGANISATION)}
    spelt = [kind for kind in kinds if organisation_key(kind.removeprefix(uses.ORGANISATION)) == wanted]
    return bool(spelt) and all(permits(case.given, kind) for kind in spelt)


def _on_hold(case: Case) -> bool:
    return case.record.hold  # SAR-8.1.3


# The order is the table's; the numbers that are missing there (B9, B12, B18 to B20, B22) are ways to a yes.
STOPS: Final = (
    Stop("B1", Cause.ENROLMENT, _not_yet_joined),
    Stop("B2", Cause.ENROLMENT, _left_identity),
    Stop("B3", Cause.ENROLMENT, _left),
    Stop("B4", Cause.RESTRICTION, _court_order),
    Stop("B5", Cause.RESTRICTION, _pending),
    Stop("B6", Cause.RESTRICTION, _nothing_at_all),
    Stop("B7", Cause.RESTRICTION, _internal_only),
    Stop("B8", Cause.OBJECTION, _objection),
    Stop("B10", Cause.CONSENT, _no_form),
    Stop("B11", Cause.CONSENT, _no_express_capture),
    Stop("B13", Cause.CONSENT, _visit_without_consent),
    Stop("B14", Cause.CONSENT, _no_permission),
    Stop("B14a", Cause.CONSENT, _consenter_missing),
    Stop("B15", Cause.CONSENT, _no_yes),
    Stop("B15a", Cause.CONSENT, _kept_outside),
    Stop("B17", Cause.CONSENT, _organisation_not_permitted),
)
# To delete what is stored is no use of a picture: the only thing that stands against it is a hold (C17), which
# stands against a change of it too.
_HOLDS: Final = (Stop("B21", Cause.HOLD, _on_hold),)


def _granted(asked: Asked, name: NameWanted) -> str:
    """Which row the yes came by."""
    wanted = asked.request.name
    if asked.uses == {Use.IDENTITY}:
        return "B9"
    if wanted is not NameWanted.NONE:
        return _named(wanted, name, printed=not asked.digital)
    if Use.EMAIL_PARENT in asked.uses:
        return "B20"
    return "B12" if Use.EDU_SITE in asked.uses else "B22"


def _named(wanted: NameWanted, name: NameWanted, *, printed: bool) -> str:
    if wanted is NameWanted.FULL and printed:
        return "B19a" if name is NameWanted.FULL else "B19b"  # PHOTO-B-names, PHOTO-5.9
    return "B18" if name is NameWanted.NONE else "B19"  # PHOTO-B-names, PHOTO-5.9
