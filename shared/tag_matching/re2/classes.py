"""Named character classes: \\d and friends, POSIX names, Unicode categories."""

from __future__ import annotations

import re

from shared.tag_matching.re2.nodes import WORD_SPANS, Part

DIGIT = Part(spans=((48, 57),))
SPACE = Part(spans=((9, 10), (12, 13), (32, 32)))
WORD = Part(spans=WORD_SPANS)
PERL = {"d": DIGIT, "s": SPACE, "w": WORD}
POSIX = {
    "alnum": Part(spans=((48, 57), (65, 90), (97, 122))),
    "alpha": Part(spans=((65, 90), (97, 122))),
    "ascii": Part(spans=((0, 127),)),
    "blank": Part(spans=((9, 9), (32, 32))),
    "cntrl": Part(spans=((0, 31), (127, 127))),
    "digit": DIGIT,
    "graph": Part(spans=((33, 126),)),
    "lower": Part(spans=((97, 122),)),
    "print": Part(spans=((32, 126),)),
    "punct": Part(spans=((33, 47), (58, 64), (91, 96), (123, 126))),
    "space": Part(spans=((9, 13), (32, 32))),
    "upper": Part(spans=((65, 90),)),
    "word": WORD,
    "xdigit": Part(spans=((48, 57), (65, 70), (97, 102))),
}
CATEGORY = re.compile("L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfos]?")


def find_perl_class(letter: str) -> Part | None:
    """The class of \\d \\s \\w, or the opposite for capitals."""
    part = PERL.get(letter.lower())
    return part._replace(negated=letter.isupper()) if part else None
