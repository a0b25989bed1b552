"""Who is in the invented trust: two schools, their staff, and the pupils whose records tell a story."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policy.roles import Role


class Form(StrEnum):
    """How a family's yearly consent form stands."""

    ALL_YES = "all yes"
    STILLS_ONLY = "stills only"  # every picture, no film
    NOT_SOCIAL = "not social"  # everything but social media
    SCHOOL_ONLY = "school only"  # the school's own site and prospectus, neither press nor social media
    ALL_NO = "all no"  # came back with nothing ticked
    EXPIRED = "expired"  # last year's form and none since
    DISPUTED = "disputed"  # two parents of the same year disagree
    WITHDRAWN = "withdrawn"  # the whole form
    PARTLY_WITHDRAWN = "partly withdrawn"  # social media taken back in writing
    CHANGED = "changed"  # said no in September, yes a week later
    NONE = "none"  # never came back


class Own(StrEnum):
    """What a pupil of 12 or over answered for themselves."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not asked"


class Limit(StrEnum):
    """What the DSL recorded; the cause is nowhere in the product."""

    LEVEL_1 = "1"
    LEVEL_2 = "2"
    LEVEL_3 = "3"
    PENDING = "pending"
    COURT_ORDER = "court order"


class Stay(StrEnum):
    """Whether a pupil is on roll today."""

    ON_ROLL = "on roll"
    LEFT = "left"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Part:
    """One pupil with a story; what is not said is as most families have it."""

    school: str
    class_name: str  # starts with the year group: "4B"; "R" is Reception
    first: str
    last: str
    preferred: str = ""
    form: Form = Form.ALL_YES
    own: Own = Own.YES
    extras: tuple[str, ...] = ()
    limit: Limit | None = None
    stay: Stay = Stay.ON_ROLL
    determined: bool = False  # the form is the answer of the person whom the DSL found entitled


@dataclass(frozen=True, slots=True)
class School:
    """A school of the trust."""

    code: str
    name: str
    domain: str
    classes: tuple[tuple[str, int], ...]  # (class, pupils in it)
    accounts: tuple[tuple[str, str, int], ...]  # (platform, handle, days before today it was listed; 0: with the form)
    organisations: tuple[tuple[str, str], ...]  # (name, kind)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff."""

    name: str
    school: str
    roles: tuple[Role, ...]


OSIERBANK: Final = School(
    code="OSB",
    name="Osierbank School",
    domain="osierbank.example",
    classes=(
        ("RW", 18),
        ("1W", 18),
        ("2W", 18),
        ("3A", 16),
        ("3B", 16),
        ("4A", 16),
        ("4B", 17),
        ("5A", 18),
        ("6A", 18),
        ("7Q", 20),
        ("8Q", 20),
    ),
    accounts=(("Facebook", "@osierbankschool", 0), ("Instagram", "@osierbank", 12)),
    organisations=(("Osier Valley Gazette", "newspaper"), ("Weirside Community Radio", "broadcaster")),
)
QUILLHAVEN: Final = School(
    code="QHP",
    name="Quillhaven Primary School",
    domain="quillhaven.example",
    classes=(("RT", 13), ("1T", 13), ("2T", 13), ("3T", 14), ("4T", 14), ("5T", 14), ("6T", 14)),
    accounts=(("Facebook", "@quillhavenprimary", 0),),
    organisations=(("Quillhaven Courier", "newspaper"),),
)
SCHOOLS: Final = (OSIERBANK, QUILLHAVEN)

# Every role that the contract knows is somebody at Osierbank (contract 6).
STAFF: Final = (
    Colleague("Nia Protherow", "OSB", (Role.STAFF,)),
    Colleague("Tobias Wrenfield", "OSB", (Role.STAFF,)),
    Colleague("Farida Haldane-Noor", "OSB", (Role.STAFF, Role.HEAD_OF_DEPARTMENT)),
    Colleague("Marcus Ellerdale", "OSB", (Role.DATA_LEAD, Role.STAFF)),
    Colleague("Sunniva Okafor-Lyle", "OSB", (Role.DSL, Role.SLT, Role.STAFF)),
    Colleague("Callum Birkentree", "OSB", (Role.DEPUTY_DSL, Role.STAFF)),
    Colleague("Helen Ashdown-Pike", "OSB", (Role.HEADTEACHER, Role.SLT, Role.STAFF)),
    Colleague("Gareth Thistlewood", "OSB", (Role.ACADEMY_LEADER, Role.SLT, Role.STAFF)),
    Colleague("Priya Vanterpoole", "OSB", (Role.DPO,)),
    Colleague("Priya Vanterpoole", "QHP", (Role.DPO,)),
    Colleague("Bernard Sallowfield", "OSB", (Role.OFFICE, Role.STAFF)),
    Colleague("Odette Fairbrigg", "OSB", (Role.SBM, Role.STAFF)),
    Colleague("Kwame Latchford", "OSB", (Role.ONLINE_SAFETY_CHAMPION, Role.STAFF)),
    Colleague("Ingrid Moorcastle", "OSB", (Role.COMPUTING_COORDINATOR, Role.STAFF)),
    Colleague("Yusuf Penhallow", "OSB", (Role.TECHNICIAN,)),
    Colleague("Rhoda Carrowick", "OSB", (Role.FAMILY_SUPPORT_LEAD, Role.STAFF)),
    Colleague("Desmond Oakhanger", "OSB", (Role.SITE_MANAGER,)),
    Colleague("Wilhelmina Stroud-Tarn", "OSB", (Role.CEO,)),
    Colleague("Wilhelmina Stroud-Tarn", "QHP", (Role.CEO,)),
    Colleague("Alasdair Quennell", "OSB", (Role.GOVERNOR,)),
    Colleague("Lowri Tamsworth", "OSB", (Role.WEB_EDITOR,)),
    Colleague("Stefan Brackwater", "QHP", (Role.STAFF,)),
    Colleague("Agnieszka Holloway-Reed", "QHP", (Role.DATA_LEAD, Role.OFFICE, Role.STAFF)),
    Colleague("Dorothea Winstanmere", "QHP", (Role.DSL, Role.HEADTEACHER, Role.SLT, Role.STAFF)),
)

_NAMED = ("name_first", "upload_internal")

PARTS: Final = (
    # The questions worth trying lean on these (programme.py).
    Part("OSB", "4B", "Amelia", "Hart", form=Form.STILLS_ONLY, extras=_NAMED),
    Part("OSB", "4B", "Barnaby", "Whitlock", form=Form.ALL_NO),
    Part("OSB", "4B", "Judith", "Farrowgate", form=Form.ALL_YES, limit=Limit.PENDING),
    Part("OSB", "4B", "Zofia", "Lewandrowska", form=Form.ALL_YES, extras=_NAMED),
    Part("OSB", "3A", "Oliver", "Marchbanks", form=Form.ALL_YES),
    Part("OSB", "5A", "Oliver", "Marchbanks", form=Form.NOT_SOCIAL),
    Part("OSB", "6A", "Oliver", "Threlkeld", form=Form.NONE),
    # One of everything that a family can have answered.
    Part("OSB", "4B", "Gwendolen", "Tarrant", form=Form.EXPIRED),
    Part("OSB", "4B", "Kofi", "Addington-Boateng", form=Form.DISPUTED),
    Part("OSB", "4B", "Seren", "Llanwarne", form=Form.WITHDRAWN),
    Part("OSB", "4A", "Caspian", "Dunmallet", form=Form.PARTLY_WITHDRAWN),
    Part("OSB", "4A", "Matilda", "Roxbyfield", form=Form.CHANGED),
    Part("OSB", "4A", "Ibrahim", "Suleyman-Carr", form=Form.SCHOOL_ONLY, extras=("name_first", "name_full_print")),
    Part("OSB", "5A", "Hermione", "Ullesthwaite", form=Form.NONE),
    Part("OSB", "5A", "Leopold", "Castlebeck", form=Form.ALL_YES, determined=True, limit=Limit.LEVEL_1),
    # What the DSL decided.
    Part("OSB", "3B", "Rafferty", "Nettlecombe", form=Form.ALL_YES, limit=Limit.LEVEL_1),
    Part("OSB", "3B", "Isolde", "Graythwaite", form=Form.ALL_YES, limit=Limit.LEVEL_2),
    Part("OSB", "6A", "Lysander", "Brockhole", form=Form.ALL_NO, limit=Limit.LEVEL_2),
    Part("OSB", "6A", "Philippa", "Cotherstone", form=Form.ALL_YES, limit=Limit.LEVEL_3),
    Part("OSB", "2W", "Montague", "Sedgebarrow", form=Form.ALL_YES, limit=Limit.COURT_ORDER),
    Part("OSB", "7Q", "Cordelia", "Fennimoor", form=Form.NONE, limit=Limit.PENDING),
    # 12 and over: parent and pupil both answer.
    Part("OSB", "8Q", "Tamsin", "Oldershawe", form=Form.ALL_YES, own=Own.YES, extras=_NAMED),
    Part("OSB", "8Q", "Dexter", "Plumridge-Vale", form=Form.ALL_YES, own=Own.NOT_ASKED),
    Part("OSB", "8Q", "Saffron", "Hawkstone-Lee", form=Form.ALL_YES, own=Own.NO),
    Part("OSB", "8Q", "Anselm", "Varleigh", form=Form.ALL_NO, own=Own.YES),
    # Coming and going.
    Part("OSB", "5A", "Clementine", "Yarrowby", stay=Stay.LEFT),
    Part("OSB", "8Q", "Percival", "Stanwick-Holt", stay=Stay.LEFT, extras=("after_leaving",)),
    Part("OSB", "6A", "Rosalind", "Eddlestone", stay=Stay.LEFT, extras=("display_after_leaving",)),
    Part("OSB", "3B", "Maximilian", "Trewarren", stay=Stay.COMING),
    Part("OSB", "1W", "Ottilie", "Bankwell", form=Form.NONE, stay=Stay.COMING),
    # Names that are hard to read, to type or to tell from a word.
    Part("OSB", "3A", "Siân", "Gruffyddwen", preferred="Shani"),
    Part("OSB", "3A", "Zoë", "D'Arcyfield", extras=_NAMED),
    Part("OSB", "3B", "Anne-Marie", "O'Hallorane"),
    Part("OSB", "5A", "Mary Jane", "van der Heijde", form=Form.NOT_SOCIAL),
    Part("OSB", "6A", "José", "Núñez del Río", extras=_NAMED),
    Part("OSB", "2W", "Łucja", "Świętochłowska"),
    Part("OSB", "1W", "Nguyệt", "Trầnmere"),
    Part("OSB", "7Q", "Bartholomew", "Inglethorpe", preferred="Barty"),
    Part("OSB", "7Q", "Muhammad Yusuf", "al-Rashidi", preferred="Yusuf"),
    Part("OSB", "2W", "Will", "Copperthorn"),
    Part("OSB", "2W", "May", "Weatherleigh", form=Form.SCHOOL_ONLY),
    Part("OSB", "1W", "Grace", "Churchlow"),
    Part("OSB", "3A", "Mark", "Pagefield"),
    Part("OSB", "6A", "Summer", "Fairholm"),
    Part("OSB", "7Q", "Hope", "Classon"),
    Part("OSB", "RW", "Art", "Fieldwick"),
    # The other school has an Amelia of the same name; nobody at Osierbank gets to hear of her.
    Part("QHP", "4T", "Amelia", "Hart", form=Form.ALL_NO),
    Part("QHP", "5T", "Oliver", "Marchbanks", form=Form.ALL_YES),
    Part("QHP", "2T", "Thaddeus", "Coldwell-Inch", form=Form.DISPUTED),
    Part("QHP", "3T", "Winifred", "Applegarthe", form=Form.ALL_YES, limit=Limit.LEVEL_2),
    Part("QHP", "6T", "Cosmo", "Redmayne-Fell", form=Form.ALL_YES, limit=Limit.LEVEL_3),
    Part("QHP", "1T", "Beatrix", "Lanercroft", form=Form.EXPIRED),
)
