"""Messages that tell of something that went wrong: they come before any question about pictures."""

from typing import Final

from policy.understanding.signs import Signs
from policy.understanding.words import word_set

_INDECENT: Final = word_set(
    """
    nude nudes explicit indecent porn pornographic csam sexting upskirting upskirt sexual sexualised sexualized
    sextortion obscene
    """
)
_ABUSE: Final = word_set("abuse abusive illegal")
_ONLINE_HARM: Final = word_set(
    """
    cyberbullying cyberbully cyberbullied grooming groomed groomer catfish catfished catfishing trolling trolled
    radicalised extremist doxxed sextorted
    """
)
_HARM: Final = word_set(
    """
    cruel nasty hostile threatening threats threat bullying bullied mean hateful abusive abuse racist offensive
    harassing harassed harassment horrible vile intimidating blackmail blackmailed stranger pop popup popped
    unpleasant inappropriate adult unsuitable disturbing gambling violent
    """
)
_ONLINE: Final = word_set(
    """
    online post posts message messages mail mails email emails comment comments chat texts text website site web
    internet screen tablet ipad laptop game app snapchat tiktok instagram whatsapp youtube search material
    content dm dms up group classmates inbox browser computer chromebook device
    """
)
_LOST: Final = word_set(
    """
    lost stolen missing vanished theft stole mislaid misplaced disappeared nicked snatched burgled gone taken
    robbed burglary unaccounted
    """
)
_LEFT: Final = word_set("train bus taxi cafe pub car station tube home")
_THINGS: Final = word_set(
    """
    laptop tablet ipad usb stick drive bag paperwork folder file files register reports report camera phone
    device documents notebook memory data records rucksack briefcase diary planner printout list papers card sd
    card chromebook markbook lanyard forms
    """
)
_SENT: Final = word_set(
    """
    sent send missent emailed mailed posted shared forwarded went gave handed copied cc bcc attached disclosed
    mis uploaded texted published addressed delivered
    """
)
_WRONG: Final = word_set(
    """
    wrong another incorrect mistake accident accidentally mistakenly outside unintended error different everyone
    other
    """
)
_BREACH: Final = word_set("phished phishing hacked hack breached ransomware malware compromised leaked leak virus")


def illegal(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  one signature for all recognisers
    """Whether it tells of illegal pictures."""
    if told & _INDECENT and not told & word_set("content"):
        return True
    return bool(
        told & _ABUSE
        and told & word_set("imagery images image pictures photos videos material")
        and told & word_set("child children discovered found seen device on of looks seems")
    )


def online_safety(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  see illegal
    """Whether it tells of harm that reached somebody online."""
    if told & _ONLINE_HARM:
        return True
    return bool(told & _HARM and told & _ONLINE) and not told & word_set(
        "photograph website newsletter brochure prospectus display"
    )


def breach(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:
    """Whether it tells of data lost, sent astray or seen by the wrong person."""
    if (
        told & _BREACH
        or ("data" in told and "breach" in told)
        or (told & word_set("breach") and told & word_set("report reporting had happened been think"))
    ):
        return True
    if told & _LOST and told & _THINGS and not signs.uses:
        return True
    if "left" in told and told & _LEFT and told & _THINGS:
        return True
    if told & word_set("clicked click") and told & word_set("link attachment dodgy suspicious"):
        return True
    if told & word_set("gave entered shared disclosed") and told & word_set(
        "password credentials login credenials passwords"
    ):
        return True
    return bool(
        told & _SENT
        and told & _WRONG
        and told
        & word_set(
            """
            parent parents family families address person people recipient class recipients email child pupil
            school inbox house home mum dad spreadsheet report letter everyone
            """
        )
    ) and not _permission(keys)


def _permission(keys: tuple[str, ...]) -> bool:
    return keys[0] in word_set("can may could is would should ok okay") and bool({"i", "we"} & set(keys[:5]))
