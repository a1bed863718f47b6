"""Named character classes: \\d and friends, POSIX names, Unicode categories."""

from __future__ import annotations

import re

from shared.tag_matching.re2.nodes import WORD_SPANS, PatternNode

DIGIT = PatternNode(spans=((48, 57),))
SPACE = PatternNode(spans=((9, 10), (12, 13), (32, 32)))
WORD = PatternNode(spans=WORD_SPANS)
PERL = {"d": DIGIT, "s": SPACE, "w": WORD}
POSIX = {
    "alnum": PatternNode(spans=((48, 57), (65, 90), (97, 122))),
    "alpha": PatternNode(spans=((65, 90), (97, 122))),
    "ascii": PatternNode(spans=((0, 127),)),
    "blank": PatternNode(spans=((9, 9), (32, 32))),
    "cntrl": PatternNode(spans=((0, 31), (127, 127))),
    "digit": DIGIT,
    "graph": PatternNode(spans=((33, 126),)),
    "lower": PatternNode(spans=((97, 122),)),
    "print": PatternNode(spans=((32, 126),)),
    "punct": PatternNode(spans=((33, 47), (58, 64), (91, 96), (123, 126))),
    "space": PatternNode(spans=((9, 13), (32, 32))),
    "upper": PatternNode(spans=((65, 90),)),
    "word": WORD,
    "xdigit": PatternNode(spans=((48, 57), (65, 70), (97, 102))),
}
CATEGORY = re.compile("L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfos]?")


def find_perl_class(letter: str) -> PatternNode | None:
    """The class of \\d \\s \\w, or the opposite for capitals."""
    part = PERL.get(letter.lower())
    return part._replace(negated=letter.isupper()) if part else None
