"""Named character classes: \\d and friends, POSIX names, Unicode categories."""

from __future__ import annotations

import re

from shared.tag_matching.re2.nodes import WORD_SPANS, CharClass

DIGIT = CharClass(spans=((48, 57),))
SPACE = CharClass(spans=((9, 10), (12, 13), (32, 32)))
WORD = CharClass(spans=WORD_SPANS)
PERL = {"d": DIGIT, "s": SPACE, "w": WORD}
POSIX = {
    "alnum": CharClass(spans=((48, 57), (65, 90), (97, 122))),
    "alpha": CharClass(spans=((65, 90), (97, 122))),
    "ascii": CharClass(spans=((0, 127),)),
    "blank": CharClass(spans=((9, 9), (32, 32))),
    "cntrl": CharClass(spans=((0, 31), (127, 127))),
    "digit": DIGIT,
    "graph": CharClass(spans=((33, 126),)),
    "lower": CharClass(spans=((97, 122),)),
    "print": CharClass(spans=((32, 126),)),
    "punct": CharClass(spans=((33, 47), (58, 64), (91, 96), (123, 126))),
    "space": CharClass(spans=((9, 13), (32, 32))),
    "upper": CharClass(spans=((65, 90),)),
    "word": WORD,
    "xdigit": CharClass(spans=((48, 57), (65, 70), (97, 102))),
}
CATEGORY = re.compile("L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfos]?")


def find_perl_class(letter: str) -> CharClass | None:
    """Return the characters that \\d, \\s or \\w stands for, by its letter; for a capital, all others.

    None if the letter is another one. The parser of the blacklist's patterns calls it.
    """
    found = PERL.get(letter.lower())
    return found._replace(negated=letter.isupper()) if found else None
