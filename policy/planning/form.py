"""The form of a photo event: what, when, who, the six considerations, and what happens to the pictures after."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from policy.forms import Answers, Choice, Field, Form, Kind, Page
from policy.images import Medium, Photographer, PhotoRequest, Place, Use

LESSONS: Final = "lessons"  # class work and displays; on a visit they need consent (PHOTO-8.4)
MOST_CLASSES: Final = 40  # as many as a list on a card shows well; more are typed
_YES_NO: Final = (Choice("yes", "Yes"), Choice("no", "No"))
_WEIGHED: Final = (Choice("yes", "Yes"), Choice("partly", "Partly"), Choice("no", "No, and I have thought about it"))
_USES: Final = (
    Choice(LESSONS, "Class work and displays"),
    Choice(Use.WEBSITE.value, "The school website"),
    Choice(Use.SOCIAL.value, "The school's social media"),
    Choice(Use.MEDIA.value, "The local press"),
    Choice(Use.MARKETING.value, "Brochures and printed newsletters"),
    Choice(Use.UPLOAD_INTERNAL.value, "Teams, e-mail or a class area online"),
    Choice(Use.CLASS_PHOTO_SALE.value, "Class photos for sale"),
    Choice(Use.LIVE.value, "A live stream or video call"),
)
_PHOTOGRAPHERS: Final = (
    Choice(Photographer.STAFF.value, "A colleague, with a school camera"),
    Choice(Photographer.VOLUNTEER.value, "A parent helper or governor"),
    Choice(Photographer.PROFESSIONAL.value, "A professional photographer"),
    Choice(Photographer.PRESS.value, "The press"),
)


def event_form(classes: Sequence[str], *, number: int = 0) -> Form:
    """Make the form; `classes` are the school's. `number` is the plan that is being changed."""
    listed = 0 < len(classes) <= MOST_CLASSES
    hint = "4B, 5A"
    which = (
        Field("classes", "Which classes?", Kind.SEVERAL, choices=tuple(Choice(name, name) for name in classes))
        if listed and not any("," in name for name in classes)
        else Field("classes", "Which classes? With commas between", Kind.TEXT, hint=hint, most=400)
    )
    return Form(
        "event-plan",
        f"Event plan {number}" if number else "A photo event",
        (
            Page(
                "The event",
                (
                    Field("event", "What is it called?", Kind.TEXT, clause="PHOTO-5.1", hint="Carol service", most=80),
                    Field("on", "On which day?", Kind.DATE),
                    Field(
                        "place",
                        "Where?",
                        Kind.CHOICE,
                        choices=(Choice(Place.SITE.value, "At school"), Choice(Place.VISIT.value, "On a visit")),
                    ),
                    Field("uses", "What are the pictures for?", Kind.SEVERAL, choices=_USES),
                    Field(
                        "media",
                        "Photos or video?",
                        Kind.SEVERAL,
                        choices=(Choice(Medium.STILL.value, "Photos"), Choice(Medium.VIDEO.value, "Video")),
                    ),
                ),
            ),
            Page(
                "Who takes part",
                (
                    which,
                    Field("lead", "Who leads it?", Kind.TEXT, most=80),
                    Field("photographer", "Who takes the pictures?", Kind.CHOICE, choices=_PHOTOGRAPHERS),
                    Field("family", "Would families like to film?", Kind.CHOICE, clause="PHOTO-3.1", choices=_YES_NO),
                ),
            ),
            Page(
                "Think it over",
                (
                    _weighed("instead", "Could pupils' work be shown instead of pupils?"),
                    _weighed("group", "Will it be groups rather than single pupils?"),
                    _weighed("angle", "Will angles keep pupils from being picked out?"),
                ),
            ),
            Page(
                "Think it over, once more",
                (
                    _weighed("dress", "Will everybody be dressed suitably?"),
                    _weighed("mix", "Will it show a fair mix of pupils?"),
                    _weighed("edit", "Must anything be edited out? (the head agrees first)"),
                    Field("note", "Anything to add?", Kind.LONG, required=False, most=600),
                ),
            ),
            Page(
                "Afterwards",
                (
                    Field("folder", "Dated folder, without names", Kind.TEXT, hint="2026-12 carol service 4B", most=80),
                    Field("downloader", "Who downloads and clears the camera?", Kind.TEXT, most=80),
                    Field("remove_by", "Until when are the pictures kept?", Kind.DATE, required=False),
                    Field("caption", "Caption, if any: a label, no names", Kind.TEXT, required=False, most=120),
                    Field("told", "Do families know about it?", Kind.CHOICE, choices=_YES_NO),
                ),
            ),
        ),
        send="Send plan",
    )


def _weighed(name: str, label: str) -> Field:
    return Field(name, label, Kind.CHOICE, clause="PHOTO-5.4", choices=_WEIGHED)


def day_of(answers: Answers) -> date:
    """Return the day of the event."""
    return date.fromisoformat(str(answers["on"]))


def classes_in(answers: Answers) -> tuple[str, ...]:
    """Return the classes as they were chosen or typed."""
    said = answers["classes"]
    names = said if isinstance(said, list) else str(said).replace(";", ",").split(",")
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def uses_in(answers: Answers) -> tuple[Use, ...]:
    """Return what the pictures are for."""
    said = answers["uses"]
    lessons = Use.EDU_VISIT if answers["place"] == Place.VISIT.value else Use.EDU_SITE
    return tuple(lessons if one == LESSONS else Use(one) for one in (said if isinstance(said, list) else [str(said)]))


def requests_of(answers: Answers, *, today: date) -> tuple[PhotoRequest, ...]:
    """Return one request a use and medium: each is answered by itself (PHOTO-5.5)."""
    said = answers["media"]
    return tuple(
        PhotoRequest(
            uses=frozenset({use}),
            media=frozenset({Medium(medium)}),
            on=day_of(answers),
            place=Place(str(answers["place"])),
            photographer=Photographer(str(answers["photographer"])),
            group=True,
            extras=frozenset({"event"}),
            asked_on=today,
        )
        for use in uses_in(answers)
        for medium in (said if isinstance(said, list) else [str(said)])
    )
