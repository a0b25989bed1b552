"""The small words that stand around names, and what each of them says about the word beside it."""

from typing import Final

from policy.understanding.words import word_set

ROWS: Final = frozenset({"and", "or", "plus", "n"})
CONNECTORS: Final = frozenset({"and", "with", "or", "plus", "alongside", "beside", "hugging", "n"})
CONNECTING: Final = frozenset({",", "/", "&", "+", ", &", "&amp;"})
MODALS: Final = frozenset({"may", "will", "can", "might", "must"})
LEADS: Final = word_set(
    """
    of photograph photographing film filming video videoing snap snapping picture include including about called
    named featuring show showing put post use using photo share sharing upload record recording is does has can
    could should would may will was for tag crop blur cropped if shoot capture on
    """
)
ASKED: Final = frozenset(
    {"can", "could", "is", "does", "may", "will", "has", "should", "would", "if", "was", "might", "are", "and"}
)
AFTER: Final = word_set(
    """
    on in for at to and or with be go appear have had has feature ok okay allowed fine still s is be was can could
    may will from please too by being as
    """
)
PREPOSITIONS: Final = frozenset({"on", "for", "in", "at", "and", "from", "to", "with", "onto"})
DETERMINERS: Final = word_set(
    """
    the a an this that these those our my his her their your its some any every each no i we you it to just not
    very so really too
    """
)
# What may follow a first name in a lower-case message without being a family name.
FOLLOWERS: Final = word_set(
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
AFTER_MODAL: Final = word_set(
    """
    be i we you it she he they also not appear go have has feature use need get still just only now do does put
    post share film take come look the
    """
)
AFTER_VERB: Final = word_set("it him her them his their the a an this that these those my our me us")
SEASONAL: Final = word_set(
    "summer winter autumn spring art may forest faith april june august sunday harvest christmas"
)
DOMAIN: Final = word_set("photo film video picture website may will")  # family names, but far more often the thing
# Capitals after a name that are platforms and systems, not family names.
PROPER: Final = word_set(
    """
    facebook fb instagram insta twitter tiktok youtube snapchat linkedin dojo classdojo tapestry seesaw teams
    zoom sharepoint arbor sims mis whatsapp google year photo photos picture pictures website chatgpt
    """
)
TITLES_SAID: Final = word_set("mr mrs ms miss dr mx sir class the everyone all")
CAPITALS: Final = word_set(
    """
    i ok ofsted uk english maths pe ict tv bbc usa eu iep ehcp eyfs sen send senco gcse rwi pshe dt re it mfl eal spag
    sats btec ks1 ks2 ks3 pta tv id hlta ta
    """
)
PLACES: Final = word_set(
    """
    farm museum park castle zoo church school academy trust road street hall library theatre beach wood woods forest
    centre center college cathedral abbey gallery house house hospital station island bay river lake primary junior
    infants village town city council fc united rovers club market square arena stadium gardens garden aquarium
    priory palace hill mill bridge university festival hotel cinema shire county leisure swimming manor lodge court
    common meadows reserve hostel campsite mosque temple synagogue chapel minster airport
    """
)
OWNED: Final = word_set(
    """
    photo photos photograph pic pics picture pictures image images video videos clip footage film face portrait snap
    selfie headshot name surname work book display class parents mum dad mother father family
    """
)
THINGS_SEEN: Final = frozenset({"photo", "video", "picture", "film"})  # never a name before "and"
