"""When a word is a name: "May I" is nobody, "May Green" is somebody, and a word nobody knows may be a child."""

from dataclasses import dataclass
from typing import Final

from policy.names import Roll
from policy.spelling import plain
from policy.understanding.dates import WEEKDAYS
from policy.understanding.lexicon import Lexicon
from policy.understanding.words import Message, Word, word_set

_ROWS: Final = frozenset({"and", "or", "plus", "n"})
CONNECTORS: Final = frozenset({"and", "with", "or", "plus", "alongside", "beside", "hugging", "n"})
_CONNECTING: Final = frozenset({",", "/", "&", "+", ", &", "&amp;"})
_MODALS: Final = frozenset({"may", "will", "can", "might", "must"})
_LEADS: Final = word_set(
    """
    of photograph photographing film filming video videoing snap snapping picture include including about called
    named featuring show showing put post use using photo share sharing upload record recording is does has can
    could should would may will was for tag crop blur cropped if shoot capture on
    """
)
_ASKED: Final = frozenset(
    {"can", "could", "is", "does", "may", "will", "has", "should", "would", "if", "was", "might", "are", "and"}
)
_AFTER: Final = word_set(
    """
    on in for at to and or with be go appear have had has feature ok okay allowed fine still s is be was can could
    may will from please too by being as
    """
)
_PREPOSITIONS: Final = frozenset({"on", "for", "in", "at", "and", "from", "to", "with", "onto"})
_DETERMINERS: Final = word_set(
    "the a an this that these those our my his her their your its some any every each no i we you it to just not very so really too"
)
# What may follow a first name in a lower-case message without being a family name.
_FOLLOWERS: Final = word_set(
    """
    a about after again all allowed already also alone always am an and any appear appearing appears are around as
    at back be been before being beside but by can cant captioned could crying did do does doing doesnt dont during
    even ever everywhere except for from full getting go goes going got had has have having hasnt he her here him
    his holding how i if im in inside into is isnt it its just last left leaves left like look looking looks made
    make making me more my near need needs next no not now of off ok okay on once one only onto or our out outside
    over per permitted permission planting playing please pls plus reading running she should showing shown since
    singing sitting smiling so some standing starts still taking than that the their them then there they this
    though through to today together tomorrow tonight too two under until up upset use used using via visible wants
    was we wearing were what when where whether which while who whose why will winning with within without working
    would yes yet you your yesterday photo photos photograph pic pics picture pictures image images video videos
    clip footage film filming snap snaps portrait selfie headshot shot still website facebook instagram insta
    twitter newsletter prospectus brochure display tapestry dojo fine alright consent allowed okay website poster
    flyer leaflet banner media social youtube tiktok clear good happy online printed prints first may
    """
)
# Capitals after a name that are platforms and systems, not family names.
_AFTER_MODAL: Final = word_set(
    "be i we you it she he they also not appear go have has feature use need get still just only now do does put post share film take come look the"
)
_AFTER_VERB: Final = word_set("it him her them his their the a an this that these those my our me us")
_SEASONAL: Final = word_set(
    "summer winter autumn spring art may forest faith april june august sunday harvest christmas"
)
_DOMAIN: Final = word_set("photo film video picture website may will")  # family names, but far more often the thing
_PROPER: Final = word_set(
    "facebook fb instagram insta twitter tiktok youtube snapchat linkedin dojo classdojo tapestry seesaw teams zoom sharepoint arbor sims mis whatsapp google year photo photos picture pictures website chatgpt"
)
_TITLES_SAID: Final = word_set("mr mrs ms miss dr mx sir class the everyone all")
_CAPITALS: Final = word_set("i ok ofsted uk english maths pe ict tv bbc usa eu")
_PLACES: Final = word_set(
    """
    farm museum park castle zoo church school academy trust road street hall library theatre beach wood woods forest
    centre center college cathedral abbey gallery house house hospital station island bay river lake primary junior
    infants village town city council fc united rovers club market square arena stadium gardens garden aquarium
    priory palace hill mill bridge university festival hotel cinema shire county leisure swimming manor lodge court
    common meadows reserve hostel campsite mosque temple synagogue chapel minster airport
    """
)
_OWNED: Final = word_set(
    """
    photo photos photograph pic pics picture pictures image images video videos clip footage film face portrait snap
    selfie headshot name surname work book display class parents mum dad mother father family
    """
)


def initial(name: str) -> str:
    """Give the first letter of a name, plain."""
    return plain(name)[:1]


@dataclass(frozen=True, slots=True)
class Place:
    """A message with all that is known about its words."""

    said: Message
    roll: Roll
    lexicon: Lexicon
    in_phrases: frozenset[int]  # inside a phrase of several words that we know
    in_hits: frozenset[int]  # inside any phrase that we know
    things: frozenset[int]  # of those, what a picture is, is for, or is taken with or by
    taken: frozenset[int]  # a day, an organisation, a handle

    def is_word(self, at: int) -> bool:
        """Whether it is also an ordinary word."""
        return self.lexicon.is_ordinary(self.said.words[at].key)

    def is_initial(self, at: int) -> bool:
        """Whether a single letter stands for a family name: "Amelia H", but not "Amelia I think"."""
        word = self.said.words[at]
        after = self.said.words[at + 1] if at + 1 < len(self.said.words) else None
        if after is not None and after.gap.startswith("."):
            return True
        if word.key in {"i", "a"}:
            return word.capital and after is not None and after.key in {"in", "from"}
        return word.key != "x" or word.capital

    def is_owner(self, at: int) -> bool:
        """Whether what follows is something one has: "zekes picture"."""
        after = self._word(at + 1)
        return after is not None and not after.gap and after.key in _OWNED

    def reads_as_words(self, start: int, end: int) -> bool:
        """Whether the whole stretch is ordinary English as it stands: "may young", "will grace"."""
        words = self.said.words[start:end]
        if not all(map(self.is_word, range(start, end))):
            return False
        if self.said.shouted:
            return True
        if all(word.capital for word in words):
            return False
        if any(word.capital and not word.opens for word in words):
            return not all(word.capital or word.opens for word in words)
        before, after = self._word(start - 1), self._word(end)
        leads = before is not None and before.key in _LEADS and not words[0].gap
        follows = after is None or bool(after.gap) or after.key in _AFTER
        return not (follows and (leads or start == 0) and words[0].key not in _MODALS)

    def asks_about(self, start: int, cut: int, end: int) -> bool:
        """Whether "Will Grace be ok" may ask about Grace, not about Will Grace."""
        opening = self.said.words[start]
        second = "".join(word.key for word in self.said.words[cut:end])
        return opening.opens and opening.key in _MODALS and self.roll.is_first(second) and self._asks(end)

    def _asks(self, at: int) -> bool:
        after = self._word(at)
        return after is not None and after.key in {
            "be",
            "go",
            "appear",
            "have",
            "feature",
            "look",
            "need",
            "get",
            "still",
        }

    def names_somebody(self, at: int, last_end: int, *, last: bool) -> bool:
        """Whether an ordinary word that is also a pupil's name is used as the name here."""
        word, before, after = self.said.words[at], self._word(at - 1), self._word(at + 1)
        if at in self.in_phrases and not word.possessive:
            return False
        if after is not None and not after.gap and not word.possessive and after.key in self.lexicon.not_after:
            return False
        if self._joined_to_name(at, last_end):
            return True
        if word.capital and not word.opens and not self.said.shouted:
            return not (last and at in self.in_hits) and not (
                before is not None and before.key in {"the", "a", "an"} and last
            )
        if last:
            return False
        if word.possessive and (after is None or after.key in _OWNED or word.capital):
            return True
        follows = after is None or bool(after.gap) or after.key in _AFTER
        if before is not None and not word.gap and before.key in _LEADS and follows:
            return word.key not in _MODALS or before.key not in {"for", "on", "use"}
        if at == 0 or word.opens:
            return (after is None and at == 0) or (
                after is not None
                and (after.key in _PREPOSITIONS or bool(after.gap))
                and word.key not in {"can", "might"}
            )
        return before is not None and before.key in _ASKED and after is not None and after.key in _AFTER

    def _joined_to_name(self, at: int, last_end: int) -> bool:
        word, before = self.said.words[at], self._word(at - 1)
        if last_end == at and word.gap in _CONNECTING:
            return word.gap != "," or not self._starts_clause(at)
        if last_end == at - 1 and before is not None and before.key in CONNECTORS:
            return not self._starts_clause(at)
        after = self._word(at + 1)
        if after is None or not word.key.isalpha():
            return False
        beyond = self._word(at + 2) if after.key in CONNECTORS else (after if after.gap in _CONNECTING else None)
        return (
            beyond is not None
            and word.key not in self.in_keys
            and self.roll.is_first(beyond.key)
            and not self.lexicon.is_ordinary(beyond.key)
            and word.key in self.lexicon.given
        )

    @property
    def in_keys(self) -> frozenset[str]:
        """Words that are never a name before "and": "photo and Amelia"."""
        return frozenset({"photo", "video", "picture", "film"})

    def _starts_clause(self, at: int) -> bool:
        # "Amelia, may I ..." and "Amelia and will it be ...": the word goes on with the sentence.
        word, after = self.said.words[at], self._word(at + 1)
        if word.key in _MODALS and after is not None:
            return after.key in {
                "i",
                "we",
                "you",
                "it",
                "they",
                "he",
                "she",
                "the",
                "this",
                "that",
                "be",
                "also",
                "her",
                "his",
            }
        return False

    def goes_on(self, start: int, end: int, *, whole: bool, before: bool = True, after: bool = True) -> bool:
        """Whether the words before or after may belong to the name, so that it is another one."""
        words = self.said.words
        following = self._word(end)
        if (following is not None and following.hyphened) or words[start].hyphened:
            return True
        return (before and self._belongs_before(start, end, whole=whole)) or (
            after and self._follows(start, end, whole=whole)
        )

    def _follows(self, start: int, end: int, *, whole: bool) -> bool:
        words, owned, after = self.said.words, self.said.words[end - 1].possessive, self._word(end)
        if after is None or after.gap or owned or not after.key.isalpha() or self.roll.class_named(after.key):
            return False
        if self.roll.is_last(after.key) and not self._modal_goes_on(end):
            return not whole or end not in self.in_hits or (after.capital and not self.said.shouted)
        if end in self.taken:  # "Sam Friday?" is a day; "Sam Friday for the newsletter" may be a name
            beyond = self._word(end + 1)
            return not whole and after.key in WEEKDAYS and beyond is not None and not beyond.gap
        if end in self.in_phrases:
            return False
        if after.capital and not self.said.shouted:
            return after.key not in _CAPITALS | _PROPER
        if after.key in _MODALS:
            return not self._modal_goes_on(end)
        if whole:
            return after.key in self.lexicon.family - _FOLLOWERS and end not in self.in_hits
        if after.key in self.lexicon.family and after.key not in _DOMAIN:
            return True
        if after.key in _FOLLOWERS or end in self.in_hits:
            return False
        if words[start].capital and not self.said.shouted:
            return self.roll.resembles_last(after.key)
        doing = after.key.endswith(("ing", "ed")) and self.is_word(end)
        return not doing or self.roll.resembles_last(after.key)

    def _belongs_before(self, start: int, end: int, *, whole: bool) -> bool:
        # "Do Rose", "grace amelia": the word before may be the first name.
        name, before = self.said.words[start], self._word(start - 1)
        if before is None or name.gap or before.possessive or start - 1 in self.taken:
            return False
        if before.key in _MODALS:  # "Will Page for the newsletter" asks nothing
            asked = any(key in _AFTER_MODAL for key in self.said.keys[end : end + 4])
            return (
                before.opens
                and before.key in self.lexicon.given
                and not whole
                and not asked
                and self._ends_after(end - 1)
            )
        earlier = self._word(start - 2)
        if whole and earlier is not None and earlier.key in {"i", "we"}:
            return False  # "i hope tom baker ..."
        if before.capital and not before.opens and not self.said.shouted:
            return before.key not in _CAPITALS | _PROPER | _TITLES_SAID and start - 1 not in self.in_phrases
        return before.key in self.lexicon.given and not self._is_lead(start - 1, name)

    def _ends_after(self, at: int) -> bool:
        after = self._word(at + 1)
        return after is None or bool(after.gap) or after.key in _PREPOSITIONS

    def _modal_goes_on(self, at: int) -> bool:
        """Whether "may" or "will" after a name is the verb: "may be", "will appear"."""
        after = self._word(at + 1)
        return self.said.words[at].key in _MODALS and after is not None and not after.gap and after.key in _AFTER_MODAL

    def _is_lead(self, at: int, name: Word) -> bool:
        # "drew Amelia", "frank"? Only a small letter before a capital, or a word that leads to a name, is no name itself.
        word = self.said.words[at]
        return word.key in _LEADS or (not word.capital and name.capital and not self.said.shouted)

    def may_be_name(self, at: int) -> bool:
        """Whether a word that follows is worth saying back as part of a name."""
        word = self._word(at)
        return word is not None and not word.gap and word.key not in CONNECTORS and at not in self.taken

    def stands_together(self, at: int) -> bool:
        """Whether a word directly follows the one before, as the parts of a name do."""
        word, before = self.said.words[at], self.said.words[at - 1]
        return word.gap in {"", "-", "'", "’"} and not before.possessive  # noqa: RUF001  a typed apostrophe

    def unknown(self, named: set[int], blocked: frozenset[int]) -> set[int]:
        """Find the words that may be the name of somebody we do not know."""
        words = self.said.words
        free = [i for i in range(len(words)) if i not in named and i not in blocked]
        strange = {i for i in free if self._is_strange(i)}
        proper = {i for i in free if i not in strange and self._is_proper(i, named)}
        proper |= {i for i in free if i not in strange and i not in proper and self._is_listed_capital(i, named)}
        writes_capitals = not self.said.shouted and any(words[i].capital and not words[i].opens for i in named)
        found = set(proper)
        for i in sorted(strange):
            if self._is_placename(i):
                continue
            if self._stands_as_word(i, named):
                continue
            near = bool({i - 1, i + 1} & (named | strange | proper))
            capital = words[i].capital and not self.said.shouted
            if not near and not capital and self.lexicon.meant(words[i].key) and not self._in_name_place(i, named):
                if not self.roll.resembles(words[i].key):
                    continue
            if capital or near or self._in_name_place(i, named) or not writes_capitals:
                found.add(i)
        return found

    def _is_strange(self, at: int) -> bool:
        word = self.said.words[at]
        if len(word.key) == 1:
            return word.capital and word.key not in {"i", "a", "x"} and not self.said.shouted and not word.opens
        if any(c.isdigit() for c in word.key) or at in self.in_hits:
            return False
        return not self.lexicon.is_ordinary(word.key)

    def _is_proper(self, at: int, named: set[int]) -> bool:
        """Whether an ordinary word stands where a child's name would: "Amelia and Rose", "photo of Summer"."""
        word = self.said.words[at]
        if not word.key.isalpha():
            return False
        last_end = max((i + 1 for i in named if i < at), default=-1)
        given, family = word.key in self.lexicon.given, word.key in self.lexicon.family
        after = self._word(at + 1)
        season = after is not None and not after.gap and not word.possessive and after.key in self.lexicon.not_after
        if (
            after is not None
            and after.key in CONNECTORS
            and not after.gap
            and at + 2 in named
            and self._stands_first(at)
        ):
            return not self._goes_with_sentence(at)
        if self._linked(at, named):
            return not (self._starts_clause(at) or (season and word.key in _SEASONAL) or self._goes_with_sentence(at))
        if at in self.in_phrases or season or not (given or family):
            return False
        if given and at not in self.in_hits:
            return self.names_somebody(at, last_end, last=False) and not self._after_article(at)
        if self._joined_to_name(at, last_end):
            return at not in self.in_hits and (
                given or word.capital or after is None or bool(after.gap) or after.key in _AFTER
            )
        return False

    def _goes_with_sentence(self, at: int) -> bool:
        """Whether the word after "Amelia and" is no name: "and put it on the site", "and her work", "and video"."""
        word = self.said.words[at]
        if word.key in self.lexicon.given or (
            word.capital and not self.said.shouted and word.key not in _PROPER | _CAPITALS
        ):
            return word.key in _TITLES_SAID
        if at in self.things and word.key not in self.lexicon.family:
            return True
        after = self._word(at + 1)
        sentence = after is not None and not after.gap and after.key in _AFTER_VERB
        return word.key in _FOLLOWERS | _DETERMINERS | _AFTER_MODAL or sentence

    def _stands_first(self, at: int) -> bool:
        # "photo of X and Amelia", "X and Amelia for ...": where a row of names begins
        before = self._word(at - 1)
        return before is None or bool(self.said.words[at].gap) or before.key in _LEADS | {","}

    def _linked(self, at: int, named: set[int]) -> bool:
        """Whether it is joined to the name before: "Amelia Hart and ...", "Amelia Hart & ..."."""
        word, before = self.said.words[at], self._word(at - 1)
        if word.gap in _CONNECTING - {","}:
            return at - 1 in named
        return before is not None and before.key in CONNECTORS and at - 2 in named

    def _is_listed_capital(self, at: int, named: set[int]) -> bool:
        """Whether it is one more of a row of names, by its capital alone: "Amelia Hart, Bo Parker and Time"."""
        word = self.said.words[at]
        if not word.capital or word.opens or self.said.shouted or at in self.in_phrases or not word.key.isalpha():
            return False
        if word.key in _PROPER or word.key in _CAPITALS or word.key in _TITLES_SAID:
            return False
        after = self._word(at + 1)
        if after is not None and after.key in CONNECTORS and (at + 2 in named or (word.gap == "," and at - 1 in named)):
            return True
        return self._linked(at, named)

    def _after_article(self, at: int) -> bool:
        before = self._word(at - 1)
        return before is not None and before.key in {
            "the",
            "a",
            "an",
            "this",
            "our",
            "my",
            "in",
            "last",
            "next",
            "early",
            "late",
        }

    def _in_name_place(self, at: int, named: set[int]) -> bool:
        words, before, after = self.said.words, self._word(at - 1), self._word(at + 1)
        if words[at].possessive or {at - 1, at + 1} & named:
            return True
        if words[at].gap in _CONNECTING and at - 1 in named:
            return True
        if after is not None and after.gap in _CONNECTING and at + 1 in named:
            return True
        if before is not None and (before.key in CONNECTORS and at - 2 in named):
            return True
        if after is not None and after.key in CONNECTORS and at + 2 in named:
            return True
        return before is not None and before.key in _LEADS - {"on", "for", "use", "using"}

    def _stands_as_word(self, at: int, named: set[int]) -> bool:
        """Whether a strange small word stands where no child's name does: "the woodland trip", "her pot"."""
        word, before, after = self.said.words[at], self._word(at - 1), self._word(at + 1)
        if (
            (word.capital and not self.said.shouted and not word.opens)
            or word.possessive
            or at + 1 in named
            or at - 1 in named
        ):
            return False
        if after is not None and ((after.key in CONNECTORS and at + 2 in named) or self._is_strange(at + 1)):
            return False
        if before is not None and not word.gap:
            return before.key in _DETERMINERS
        return before is None and after is not None and after.key in {"it", "i", "we", "you"}

    def _is_placename(self, at: int) -> bool:
        """Whether a strange capital is a place: "Wexley Farm", "in Wexley"."""
        words = self.said.words
        if (
            not words[at].capital
            or words[at].text.isupper()
            or words[at].possessive
            or self.roll.resembles(words[at].key)
        ):
            return False
        before, end = self._word(at - 1), at
        while end < len(words) and words[end].capital and (end == at or not words[end].gap) and self._is_strange(end):
            end += 1
        noun = self._word(end)
        start = at
        while start > 0 and words[start - 1].capital and self._is_strange(start - 1) and not words[start].gap:
            start -= 1
        before = self._word(start - 1)
        if noun is not None and not noun.gap and noun.key in _PLACES:
            return before is None or before.key in {
                "at",
                "to",
                "in",
                "the",
                "from",
                "our",
                "for",
                "visit",
                "near",
                "trip",
                "visiting",
            }
        return end - start == 1 and before is not None and before.key in {"in", "at", "near"} and not words[start].gap

    def _word(self, at: int) -> Word | None:
        return self.said.words[at] if 0 <= at < len(self.said.words) else None
