"""What is the picture for? The commonest uses as buttons; anything else is typed."""

from typing import Final

from dialogs.cards.elements import card, execute, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.images import Use

SOMETHING_ELSE: Final = "something_else"
_COMMONEST: Final = (
    ("Website", Use.WEBSITE.value),
    ("Social media", Use.SOCIAL.value),
    ("Classroom display", Use.EDU_SITE.value),
    ("Newsletter or brochure", Use.MARKETING.value),
    ("Local press", Use.MEDIA.value),
    ("Something else", SOMETHING_ELSE),
)


def which_use_card(*, about: str, pending: str, revision: int) -> Json:
    """`about` says what was understood so far: "A photo of Amelia Hart (4B), Mon 23 Nov 2026"; it may be empty."""
    return card(
        heading("What is it for?"),
        *([said(about)] if about else []),
        actions=[execute(title, Verb.USE_CHOOSE, pending=pending, rev=revision, use=use) for title, use in _COMMONEST],
    )


def what_else_card() -> Json:
    """After "Something else": the words are theirs."""
    return card(
        heading("What is it for?"),
        text("Please type where the picture will be seen, for instance: for the class assembly slides."),
    )
