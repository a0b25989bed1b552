"""Short words and the slips that they are typed with most: too short to be known by their letters alone."""

from typing import Final

from policy.understanding.words import word_set

# Short words that are missing a letter more often than they are anything else: "stff", "chld".
USUAL: Final = word_set(
    """
    about after again allow answer asked break child could data email every family first found given giving have help
    know leave letter list make might mobile must need never night other paper parent people phone photo place plan
    print pupil read record right rule school should show sign some staff still student take talk teach tell their
    there thing think this trip until visit want were what when where which while white will with work would write
    year your folder camera screen police video lesson before
    """
)
# Slips that are as short as what they stood for: letters in the wrong place, or spelt as they are heard.
_SLIPPED: Final = """
abut about
aboot about
teh the
hte the
taht that
thta that
fro for
adn and
wiht with
waht what
whta what
whn when
wehn when
wich which
whcih which
wite write
rite right
rihgt right
shoud should
shuld should
coud could
cuold could
woud would
wold would
woudl would
knwo know
konw know
tel tell
tehm them
thier their
ehre here
yuo you
yuor your
stff staff
staf staff
chld child
chidl child
kdis kids
pohto photo
poto photo
foto photo
fotos photos
pitcure picture
frm from
fomr from
phnoe phone
skool school
shcool school
scholl school
sned send
sedn send
emial email
emali email
lsit list
dtaa data
daat data
bak back
sine sign
tak take
taek take
giv give
gve give
hav have
ahve have
hvae have
jsut just
jst just
befor before
afer after
atfer after
aftre after
noone nobody
aswell also
infact fact
incase case
eachother other
sill still
stil still
lettr letter
flder folder
"""
USUALLY: Final = {
    slip: meant for slip, meant in (line.split() for line in _SLIPPED.strip().splitlines()) if slip != meant
}


def meant_by(key: str) -> str:
    """Give the word that a plain word is the usual slip for; the word itself where it is none."""
    return USUALLY.get(key, key)
