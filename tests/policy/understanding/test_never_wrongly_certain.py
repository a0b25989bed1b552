"""Over random schools and random mistakes: nobody is certain whom the words do not name exactly."""

from typing import Final

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policy.names import Roll
from policy.records import Pupil
from policy.spelling import parts, plain
from policy.understanding import Pupils, read
from policy.understanding.lexicon import lexicon
from tests.policy.understanding.conftest import MONDAY, a_pupil


def listed(text: str) -> list[str]:
    return text.split()


FIRST: Final = listed(
    """
    Amelia Oliver Zoë Anne-Marie Mary-Jane Grace May Will Mark Rose Summer Jack Max Ava Muhammad Fatima Łukasz
    José Niamh Dawn Hope Faith Joy Sky Art Bill Drew Robin Iris Pearl Lily Jet Angel Katherine Thomas Harry Alex
    Samuel Eleanor Zeke Bo Ivy Kit Lee Dean Grant April June Noor
    """
)
LAST: Final = listed(
    """
    Smith Jones Green Brown Young King Field Church Hall Page Day Stone Wood Baker Cook Hunter Parker Fielding
    O'Hanlon Smith-Jones Hart Wójcik García Nwosu Khan Patel Kaur Penhaligon Boothroyd Thomas James Lee Grace Rose
    Winter Frost Reed Bell Fox White Hill Rivers Knight
    """
)
FRAMES: Final = (
    "Can I put a photo of {} on the website?",
    "{} for the newsletter",
    "photo of {} please, website",
    "is it ok if I film {} for our website",
    "{} website picture",
    "pics of {} at sports day for insta",
    "may we photograph {} for twitter",
)
LETTERS: Final = "bcdfgklmnprstvz"

schools = st.lists(
    st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST), st.sampled_from(["4B", "4L", "2C", "6T"])),
    min_size=4,
    max_size=40,
).map(lambda rows: Roll.of(a_pupil(number, *row) for number, row in enumerate(rows, 1)))
frames = st.sampled_from(FRAMES)
lowered = st.booleans()
# Names that no school has: two or three open syllables, and never an English word.
strangers = st.lists(
    st.tuples(st.sampled_from("zqxkv"), st.sampled_from("ouia")).map("".join), min_size=2, max_size=3
).map(lambda syllables: "".join(syllables).capitalize() + "x")


def _certain(text: str, roll: Roll, *, lower: bool) -> tuple[Pupil, ...]:
    who = read(text.lower() if lower else text, today=MONDAY, roll=roll).who
    return who.pupils if isinstance(who, Pupils) else ()


def _slip(word: str, at: int, letter: str, way: int) -> str:
    at %= len(word)
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    )
    return ways[way]


slips = st.tuples(st.integers(0, 20), st.sampled_from(LETTERS), st.integers(0, 3))


@given(roll=schools, which=st.integers(0, 39), frame=frames, slip=slips, in_last=st.booleans(), lower=lowered)
@settings(max_examples=150, deadline=None)
def test_a_misspelt_name_is_never_certain(
    *, roll: Roll, which: int, frame: str, slip: tuple[int, str, int], in_last: bool, lower: bool
) -> None:
    pupil = roll.pupils[which % len(roll.pupils)]
    right = pupil.last_name if in_last else pupil.first_name
    wrong = _slip(right, *slip)
    # A slip that makes another child's name, or an English word, is another question.
    assume(plain(wrong) not in {"", plain(right)} and not lexicon().is_ordinary(plain(wrong)))
    assume(not any(map(lexicon().is_ordinary, parts(wrong))))
    assume(not (roll.is_first(plain(wrong)) or roll.is_last(plain(wrong))))
    name = f"{pupil.first_name} {wrong}" if in_last else f"{wrong} {pupil.last_name}"
    assert _certain(frame.format(name), roll, lower=lower) == ()


@given(
    roll=schools,
    which=st.integers(0, 39),
    frame=frames,
    stranger=strangers,
    joined=st.sampled_from(["{} and {}", "{}, {}", "{} & {}", "{} with {}"]),
    lower=lowered,
)
@settings(max_examples=150, deadline=None)
def test_a_child_we_do_not_know_makes_the_whole_uncertain(
    *, roll: Roll, which: int, frame: str, stranger: str, joined: str, lower: bool
) -> None:
    pupil = roll.pupils[which % len(roll.pupils)]
    whole = f"{pupil.first_name} {pupil.last_name}"
    assert _certain(frame.format(joined.format(whole, stranger)), roll, lower=lower) == ()
    assert _certain(frame.format(f"{stranger} and {whole}"), roll, lower=lower) == ()


@given(roll=schools, which=st.integers(0, 39), frame=frames, stranger=strangers, lower=lowered)
@settings(max_examples=150, deadline=None)
def test_a_family_name_we_do_not_know_is_never_passed_over(
    *, roll: Roll, which: int, frame: str, stranger: str, lower: bool
) -> None:
    pupil = roll.pupils[which % len(roll.pupils)]
    assert _certain(frame.format(f"{pupil.first_name} {stranger}"), roll, lower=lower) == ()
    assert _certain(frame.format(f"{stranger} {pupil.last_name}"), roll, lower=lower) == ()


@given(
    roll=schools,
    which=st.integers(0, 39),
    frame=frames,
    class_name=st.sampled_from(["4B", "4L", "2C", "6T", "9Z"]),
    lower=lowered,
)
@settings(max_examples=150, deadline=None)
def test_a_class_that_contradicts_is_no_match(
    *, roll: Roll, which: int, frame: str, class_name: str, lower: bool
) -> None:
    pupil = roll.pupils[which % len(roll.pupils)]
    text = frame.format(f"{pupil.first_name} {pupil.last_name} ({class_name})")
    assert all(certain.class_name == class_name for certain in _certain(text, roll, lower=lower))


@given(schools, st.integers(0, 39), frames)
@settings(max_examples=150, deadline=None)
def test_a_name_that_one_pupil_bears_exactly_is_certain_in_capitals(roll: Roll, which: int, frame: str) -> None:
    pupil = roll.pupils[which % len(roll.pupils)]
    first, last = plain(pupil.first_name), plain(pupil.last_name)
    bearers = set(roll.named(first, last) + roll.named(last, first))
    certain = _certain(frame.format(f"{pupil.first_name} {pupil.last_name}"), roll, lower=False)
    assert certain in {(), (pupil,)} if len(bearers) == 1 else certain == ()
