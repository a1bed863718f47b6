"""The form of titles, texts, tags, dates and ratings for Plex."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from shared.plex.title_and_text_form import clean_field, clean_tag, clean_text, number_text, rating_text, whole_date
from shared.plex.truncation import encoded_length, truncate, truncate_encoded

FAMILY = "👨‍👩‍👧‍👦"
SCOTLAND = "🏴󠁧󠁢󠁳󠁣󠁴󠁿"


@pytest.mark.parametrize(
    "text",
    [
        "Пляж",
        "海辺の一日",
        "يوم على الشاطئ",
        FAMILY,
        "👍🏽",
        SCOTLAND,
        "\U0001d49c astral",
        "a & b % + # ? = , ; [x] \"y\" 'z'",
    ],
)
def test_readable_text_of_any_script_is_left_as_it_is(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\x85", "\x7f", "\ud800", "\ufffe", "\U0001fffe", "\ufdd0"])
def test_what_no_document_may_hold_is_removed(bad: str) -> None:
    assert clean_text(f"be{bad}ach") == "beach"


def test_line_breaks_and_tabs_survive_in_a_summary_only() -> None:
    assert clean_text("one\r\ntwo\tthree", multiline=True) == "one\ntwo\tthree"
    assert clean_text("one\r\ntwo\tthree") == "one two three"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("a" + FAMILY + "b", 5, "a…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("🇫🇷🇩🇪🇮🇹", 4, "🇫🇷…"),
        ("x" + SCOTLAND + "yy", 6, "x…"),
        ("👍🏽👍🏽", 3, "👍🏽…"),
        ("\u1112\u1161\u11ab\u1112\u1161\u11ab", 5, "\u1112\u1161\u11ab…"),
        ("क्षक्षक्ष", 6, "क्ष…"),
        ("word word", 6, "word…"),
    ],
)
def test_shortening_never_cuts_a_visible_character(text: str, limit: int, expected: str) -> None:
    assert truncate(text, limit) == expected


def test_an_endless_pile_of_accents_is_cut_all_the_same() -> None:
    assert len(truncate("e" + "\u0301" * 1000, 500)) == 500


def test_encoded_length_counts_what_the_request_line_will_hold() -> None:
    text = "Пляж & море 👍🏽~-._"
    assert encoded_length(text) == len(quote(text, safe=""))


def test_text_is_shortened_to_the_room_it_takes_in_a_request() -> None:
    short = truncate_encoded("ж" * 1000, 300)
    assert short.endswith("…")
    assert 280 < len(quote(short, safe="")) <= 300
    assert truncate_encoded("ж" * 50, 300) == "ж" * 50


@pytest.mark.parametrize(
    ("field", "size", "kept"), [("title", 5_000, 255), ("summary", 100_000, 10_000), ("tagline", 256, 255)]
)
def test_a_field_over_its_limit_is_shortened_with_a_note(field: str, size: int, kept: int) -> None:
    cleaned = clean_field(field, "x" * size)
    assert len(cleaned.text) == kept
    assert cleaned.note == f"{field} shortened from {size:,} to {kept:,} characters"


def test_a_summary_of_wide_characters_stays_within_the_request_line() -> None:
    assert encoded_length(clean_field("summary", "海" * 100_000).text) <= 30_000


def test_a_field_within_its_limit_has_no_note() -> None:
    assert clean_field("title", " Beach day ") == ("Beach day", "")


def test_cleaning_twice_changes_nothing_more() -> None:
    once = clean_field("summary", "Пляж \x00" * 20_000).text
    assert clean_field("summary", once) == (once, "")


def test_a_tag_keeps_its_comma() -> None:
    assert clean_tag("sun, sea\n") == "sun, sea"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01T10:00:00Z", "2024-03-01"),
        ("2024-03", None),
        ("2024", None),
        ("2024-02-30", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_whole_date_is_sent(value: str | None, expected: str | None) -> None:
    assert whole_date(value) == expected


@pytest.mark.parametrize(("rating", "expected"), [(85, "8.5"), (100, "10"), (0, "0"), (7, "0.7"), (None, None)])
def test_a_rating_of_100_becomes_one_of_10(rating: int | None, expected: str | None) -> None:
    assert rating_text(rating) == expected


@pytest.mark.parametrize(("value", "text"), [(8, "8"), (8.0, "8"), ("8.0", "8"), ("8.5", "8.5"), ("many", "many")])
def test_a_number_reads_the_same_in_every_form(value: object, text: str) -> None:
    assert number_text(value) == text
