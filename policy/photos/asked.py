"""A request read against the school's own lists and rules: worked out once, before any pupil is looked at."""

from dataclasses import dataclass
from typing import Final

from policy.calendar import academic_year
from policy.images import Device, Medium, Photographer, PhotoRequest, Place, Use
from policy.packs import Pack, PersonalDevice, SchoolRules
from policy.photos import uses
from policy.photos.listed import SEVERAL, accounts_meant, organisation_key, organisation_meant
from policy.records import Account, SchoolRecords
from policy.roles import May, Role, may

_LIVE_EITHER: Final = ("website_video", "social_video")  # item 2 or 4 (ONLINE-VC-b)
_NO_MEDIUM_SAID: Final = frozenset(Medium)


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything the rows of the table read, the pupils apart."""

    request: PhotoRequest
    school: SchoolRecords
    rules: SchoolRules
    uses: frozenset[Use]  # after the school's lists and the place had their say
    year: str
    items: tuple[tuple[str, ...], ...]  # of each group one Yes is needed
    accounts: tuple[Account, ...]  # that must be on the family's form
    permissions: tuple[str, ...]  # extra permissions that are needed, every one
    unlisted: str  # what a named channel fails on: "account", "organisation", or nothing
    only_on: tuple[str, ...]
    on_form: tuple[str, ...]  # organisations that the press items cover, which must be on the family's form
    publishes: bool
    digital: bool
    office: bool  # the asker may ask about identity pictures

    def allowed(self, what: str) -> bool:
        """Whether the head has recorded a permission for the day."""
        return (what, self.request.on) in self.school.permissions

    def has(self, pack: Pack) -> bool:
        """Whether the school has adopted a policy: its clauses count only then."""
        return pack in self.rules.packs

    @property
    def own_device(self) -> bool:
        """Whether a device of staff's own is meant; filming families and outside photographers have other rules."""
        match self.request.device:
            case Device.PERSONAL_PHONE:
                return not self._family_only
            case Device.PERSONAL_CAMERA:
                outside = self.request.photographer in {Photographer.PRESS, Photographer.PROFESSIONAL}
                return not (self._family_only or outside)
            case Device.UNSAID | Device.SCHOOL_CAMERA | Device.SCHOOL_OTHER:
                return False

    @property
    def own_device_rule(self) -> PersonalDevice:
        """The setting as far as the school's policies carry it (C1): each softer value needs its own policy."""
        match self.rules.personal_device:
            case PersonalDevice.HT_EXCEPTION if self.has(Pack.PHOTO):  # PHOTO-7.6
                return PersonalDevice.HT_EXCEPTION
            case PersonalDevice.DOWNLOAD_THEN_DELETE if self.rules.packs == {Pack.ONLINE}:  # ONLINE-4.3-g
                return PersonalDevice.DOWNLOAD_THEN_DELETE
            case _:
                return PersonalDevice.NEVER

    @property
    def _family_only(self) -> bool:
        return self.uses == {Use.FAMILY_EVENT}  # whose phones else: PHOTO-2.1-b


def read(request: PhotoRequest, *, school: SchoolRecords, rules: SchoolRules, roles: frozenset[Role]) -> Asked:
    """Read a request against what the school has listed, chosen and permitted; its use may still be unsaid."""
    year = academic_year(request.on)
    wanted, organisations, permissions, unlisted = _channels(request, school, year)
    wanted = _as_they_count(wanted, request, school, rules)
    accounts = _accounts(wanted, request, school)
    if accounts is None:
        unlisted, accounts = "account", ()
    if not wanted.isdisjoint({Use.UPLOAD_INTERNAL, Use.DOJO_PRIVATE}):
        permissions = (uses.UPLOAD, *permissions)  # PHOTO-12.3
    if Use.DISPLAY_AFTER in wanted:
        permissions = (uses.DISPLAY_AFTER, *permissions)  # PHOTO-10.6
    return Asked(
        request=request,
        school=school,
        rules=rules,
        uses=wanted,
        year=year,
        items=_items(wanted, request, social_live=bool(accounts) and Use.SOCIAL not in wanted),
        accounts=accounts,
        permissions=permissions,
        unlisted=unlisted,
        only_on=_only_on(wanted, accounts, organisations),
        on_form=tuple(name for name in organisations if uses.ORGANISATION + name not in permissions),
        publishes=not wanted.isdisjoint(uses.PUBLICATION),
        digital=request.digital or not wanted.isdisjoint(uses.DIGITAL),
        office=may(roles, May.ASK_IDENTITY),
    )


def _channels(
    request: PhotoRequest, school: SchoolRecords, year: str
) -> tuple[frozenset[Use], tuple[str, ...], tuple[str, ...], str]:
    """Sort out the press and other organisations: uses, names, permissions needed, and what is not listed.

    On the year's form: the press items. Not on it, but a round of additional consent is open: that organisation's own
    permission. Neither: not listed (PHOTO-B-orgs).
    """
    if request.uses.isdisjoint({Use.MEDIA, Use.ORG_OTHER}):
        return request.uses, (), (), ""
    on_form = [organisation.name for organisation in school.organisations if organisation.academic_year == year]
    if not (request.organisation or "").strip():
        # Nobody was named: all that the form names. "Another organisation" without a name is never one of those.
        generic = on_form and Use.ORG_OTHER not in request.uses
        return request.uses, tuple(on_form), (), "" if generic else "organisation"
    rounds = [name for of_year, name in school.rounds_open if of_year == year]
    listed_keys = {organisation_key(name) for name in on_form}
    names: dict[str, None] = {}
    permissions: dict[str, None] = {}
    counts_as: set[Use] = set()
    for said in (request.organisation or "").split(SEVERAL):
        name = organisation_meant(said, (*rounds, *on_form))
        if name is None:
            return request.uses, (), (), "organisation"
        names[name] = None
        if organisation_key(name) in listed_keys:
            counts_as.add(Use.MEDIA)
        else:
            counts_as.add(Use.ORG_OTHER)
            permissions[uses.ORGANISATION + name] = None
    rest = request.uses - {Use.MEDIA, Use.ORG_OTHER}
    return rest | counts_as, tuple(names), tuple(permissions), ""


def _as_they_count(
    wanted: frozenset[Use], request: PhotoRequest, school: SchoolRecords, rules: SchoolRules
) -> frozenset[Use]:
    if Use.EDU_SITE in wanted and request.place is Place.VISIT:
        wanted = wanted - {Use.EDU_SITE} | {Use.EDU_VISIT}  # PHOTO-8.4
    if Use.DOJO_STORY in wanted and Pack.ONLINE not in rules.packs:
        wanted = wanted - {Use.DOJO_STORY} | {Use.UPLOAD_INTERNAL}  # an upload like any other: PHOTO-12.3
    if Use.REUSE_PRINT in wanted and len(wanted) > 1 and ("reuse_print", request.on) in school.permissions:
        wanted = wanted - {Use.REUSE_PRINT}  # agreed by the head with the DPO: now it is the new use (PHOTO-9.2)
    return wanted


def _accounts(wanted: frozenset[Use], request: PhotoRequest, school: SchoolRecords) -> tuple[Account, ...] | None:
    """Find the accounts that the family's form must name; None where one that was named is not the school's."""
    named = Use.LIVE in wanted and request.account is not None
    if Use.SOCIAL not in wanted and not named:
        return ()
    return accounts_meant(request.account, school.accounts, request.on) or None


def _items(wanted: frozenset[Use], request: PhotoRequest, *, social_live: bool) -> tuple[tuple[str, ...], ...]:
    media = request.media or _NO_MEDIUM_SAID
    needed: list[tuple[str, ...]] = [
        (item,) for (use, medium), item in uses.ITEMS.items() if use in wanted and medium in media
    ]
    if Use.LIVE in wanted:
        needed.append(_LIVE_EITHER[1:] if social_live else _LIVE_EITHER)  # live is film, whatever was said
    return tuple(needed)


def _only_on(wanted: frozenset[Use], accounts: tuple[Account, ...], organisations: tuple[str, ...]) -> tuple[str, ...]:
    site = ("the school and trust websites",) if Use.WEBSITE in wanted else ()
    social = tuple(f"{account.platform} ({account.handle})" for account in accounts)
    return (*site, *social, *organisations)
