"""What is recorded behind a no, in a sentence or two: for the reviewer alone, and only as far as their role goes.

The data lead reads what families answered, and of a restriction only that the school set one. State and level are for
the safeguarding lead and the head (domain 8). Every caller keeps an audit line of who read what.
"""

from typing import Final

from policy.calendar import long_date
from policy.images import PhotoRequest
from policy.labels import joined
from policy.packs import SchoolRules
from policy.photos import consent, uses
from policy.photos.asked import Asked, read
from policy.photos.standing import FormState, Standing, standing
from policy.photos.stops import verdict
from policy.photos.verdicts import Cause
from policy.records import Consent, PupilRecord, Restriction, RestrictionState, SchoolRecords
from policy.roles import May, Role, may

_ITEMS: Final = {
    "website_image": "website photos",
    "website_video": "website video",
    "social_image": "social media photos",
    "social_video": "social media video",
    "media_image": "press photos",
    "media_video": "press video",
    "marketing_image": "marketing photos",
    "marketing_video": "marketing video",
}
_PLAIN: Final = {
    None: "Nothing on record stops this today.",
    Cause.OBJECTION: "The family or the pupil objects to all pictures. The DPO decides about it.",  # DP-12.5
    Cause.HOLD: "Stored pictures of this pupil are on hold. Only the DPO lifts that.",  # SAR-8.1.3
}
_NO_LEVEL: Final = "A restriction without a level, which counts as level 3"  # PHOTO-6.3
_STATES: Final = {
    FormState.NONE: "No form is on file{for_year}.",  # PHOTO-4.10
    FormState.EXPIRED: "The last form is from an earlier year, none is on file{for_year}.",  # PHOTO-4.9
    FormState.INCOMPLETE: "The form{for_year} came back unsigned.",  # PHOTO-B-declaration
    FormState.DISPUTED: "Two people who may answer gave different answers{for_year}.",  # PHOTO-4.10
    FormState.SUSPENDED: "Circumstances changed; a new form has not come back.",  # PHOTO-4.9
    FormState.WITHDRAWN: "Every answer{for_year} was withdrawn.",
    FormState.VALID: "",
}
_LEVELS: Final = {
    1: "Level 1, as any pupil",
    2: "Level 2, inside school only",
    3: "Level 3, no pictures at all",
}


def recorded(
    request: PhotoRequest, record: PupilRecord, *, school: SchoolRecords, rules: SchoolRules, roles: frozenset[Role]
) -> tuple[str, ...]:
    """Say what stands behind the answer for one pupil; nothing where the reader's roles may not know."""
    asked = read(request, school=school, rules=rules, roles=roles)
    cause = verdict(asked, record).cause
    if cause is Cause.RESTRICTION:
        return _restriction(record.restriction, roles)
    if not may(roles, May.SEE_CONSENT_CAUSE):
        return ()
    match cause:
        case Cause.ENROLMENT:
            return _enrolment(asked, record)
        case Cause.CONSENT:
            given = standing(record, request.on, asked_on=request.asked_on, forms_last=rules.forms_last)
            return _consent(asked, given, record)
        case _:
            return (_PLAIN[cause],)


def _restriction(restriction: Restriction | None, roles: frozenset[Role]) -> tuple[str, ...]:
    if not may(roles, May.SEE_RESTRICTION):
        return ("Restricted by the school.",) if may(roles, May.SEE_RESTRICTION_EXISTS) else ()
    if restriction is None:
        return ()
    if restriction.court_order:
        said = "A court order is recorded"  # PHOTO-5.10
    elif restriction.state is RestrictionState.PENDING:
        said = "The safeguarding check is pending, no level is saved yet"  # PHOTO-4.12
    else:
        said = _LEVELS.get(restriction.level or 0, _NO_LEVEL)
    review = f", for review on {long_date(restriction.review_on)}" if restriction.review_on else ""
    return (f"{said}{review}.",)


def _enrolment(asked: Asked, record: PupilRecord) -> tuple[str, ...]:
    pupil = record.pupil
    if asked.request.on < pupil.joined_on:
        return (f"Starts on {long_date(pupil.joined_on)}.",)
    left = f"Left on {long_date(pupil.left_on)}." if pupil.left_on else "Has left."
    return (left, "No consent for the time after leaving is on file.")  # PHOTO-5.11


def _consent(asked: Asked, given: Standing, record: PupilRecord) -> tuple[str, ...]:
    state = _state(asked, given, record)
    if state:
        return (state,)
    found = (_pupil_missing(asked, given), _items(asked, given), _permissions(asked, given))
    return tuple(said for said in found if said)[:2] or ("Nobody has said yes to anything on the form.",)


def _state(asked: Asked, given: Standing, record: PupilRecord) -> str:
    if given.state is FormState.INCOMPLETE and given.determined:
        return "The form is not from the person the safeguarding lead found entitled to answer."  # PHOTO-4.12
    if given.state is FormState.SUSPENDED and record.suspended_from:
        return (
            f"Circumstances changed on {long_date(record.suspended_from)}; a new form has not come back."  # PHOTO-4.9
        )
    if given.state is FormState.WITHDRAWN and not asked.items:
        return ""  # a withdrawn form is an answer, so something else is missing
    return _STATES[given.state].format(for_year="" if asked.rules.forms_last else f" for {asked.year}")


def _pupil_missing(asked: Asked, given: Standing) -> str:
    missing = any(consent.consenter_missing(given, item, asked.rules) for group in asked.items for item in group)
    return f"The pupil is {given.age}, and their own answer is not on file." if missing else ""  # DP-6.13


def _items(asked: Asked, given: Standing) -> str:
    refused = [
        item for group in asked.items for item in group if not consent.effective(given, item, asked.rules)
    ]  # PHOTO-4.1
    if not refused:
        return "The yes is limited, or older than the account." if asked.items and asked.accounts else ""
    return "; ".join(f"{_ITEMS[item]}: {_said(given, item)}" for item in refused) + "."


def _said(given: Standing, item: str) -> str:
    if item in given.taken_back:
        return "taken back by the family"  # PHOTO-4.10
    if item in given.refused:
        return "refused before circumstances changed, and not given since"  # PHOTO-4.10
    everybody = (*given.adults, *((given.pupil,) if given.pupil else ()))
    words = [
        _words(signer.rows[item], yes=item in signer.yes, gone=item in signer.withdrawn)
        for signer in everybody
        if item in signer.rows
    ]
    return joined(words) or "left blank"


def _words(row: Consent, *, yes: bool, gone: bool) -> str:
    if gone and row.withdrawn_on is not None:
        return f"withdrawn by {row.given_by} on {long_date(row.withdrawn_on)}"
    signed = f" on {long_date(row.signed_on)}" if row.signed_on else ""
    return f"{'yes' if yes else 'no'} from {row.given_by}{signed}"


def _permissions(asked: Asked, given: Standing) -> str:
    missing = [kind for kind in asked.permissions if not consent.permits(given, kind)]
    return f"No permission on file for: {joined([_plain(kind) for kind in missing])}." if missing else ""  # PHOTO-12.3


def _plain(kind: str) -> str:
    if kind.startswith(uses.ORGANISATION):
        return kind.removeprefix(uses.ORGANISATION)
    return {uses.UPLOAD: "uploads", uses.DISPLAY_AFTER: "a display after leaving"}.get(kind, kind)
