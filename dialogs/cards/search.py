"""What a search found: up to five at a time, each with the way to it where there is more to see than its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dialogs.cards.elements import bold, bullets, card, execute, heading, run, said, text
from dialogs.cards.inert import NAME, PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_HAPPENED: Final = (
    "Has this just happened? Then please tell me once more, without the word search. "
    "So far I have only looked for these words."
)
PAGE = 5  # with the button for more, as many buttons as a card holds


@dataclass(frozen=True, slots=True)
class Result:
    """One thing found. `what` are words of ours, `words` anybody's."""

    what: str  # "Case 12, a suspected breach"
    words: str = ""
    opens: Verb | None = None  # None: the line is all that there is to see
    data: Mapping[str, str | int] = field(default_factory=dict)


def search_card(sought: str, found: Sequence[Result], *, page: int = 0, more: int = 0, happened: bool = False) -> Json:
    """Show one page; `more` are left after it. `happened`: the words may have been meant as a report."""
    first = page * PAGE + 1
    opened = [(place, one) for place, one in enumerate(found, first) if one.opens is not None]
    return card(
        heading("Found"),
        said(run("You searched for:"), run(sought, limit=NAME), spacing="Small"),
        *([text(_HAPPENED)] if happened else []),
        *(
            said(
                bold(f"{place}. {one.what}"),
                *([run(one.words, limit=PASSAGE // PAGE)] if one.words else []),
            )
            for place, one in enumerate(found, first)
        ),
        *([text("There is 1 more." if more == 1 else f"There are {more} more.")] if more else []),
        actions=(
            *(execute(f"Open {place}", one.opens, **one.data) for place, one in opened if one.opens is not None),
            *((execute("Show more", Verb.SEARCH_MORE, words=sought[:PASSAGE], page=page + 1),) if more else ()),
        ),
    )


def nothing_found_card(sought: str, *, happened: bool = False) -> Json:
    """Say that nothing was found, and how to ask; `happened` as on the card for what was."""
    return card(
        heading("Nothing found"),
        said(run("You searched for:"), run(sought, limit=NAME), spacing="Small"),
        *([text(_HAPPENED)] if happened else []),
        text("I look through what you may see: by number, or by words that are in it. Fewer words find more."),
    )


def search_help_card() -> Json:
    """Say what can be searched for."""
    return card(
        heading("What shall I look for?"),
        text("Type search and a number or a few words:", spacing="Small"),
        *bullets(("search 12", "search stolen laptop", "search own phone")),
        text("I look through the cases and questions that you may see, and the school's rules and answers."),
    )
