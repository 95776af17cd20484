"""Values: facts equal whatever their notation, with the exact words that state them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.engine.lexicon import languages
from provenance.engine.values import Kind, Value, agrees, read, same

EQUAL = [
    ("en", "1,800 million", "en", "1.8 billion"),
    ("en", "1.8 billion", "de", "1,8 Milliarden"),
    ("en", "48,000", "de", "48.000"),
    ("en", "48,000", "en", "forty-eight thousand"),
    ("en", "48 thousand", "de", "achtundvierzigtausend"),
    ("en", "12%", "en", "12 per cent"),
    ("en", "12 percent", "de", "zwölf Prozent"),
    ("en", "0.5 percentage points", "de", "0,5 Prozentpunkte"),
    ("en", "£6.5 million", "en", "GBP 6.5 million"),
    ("en", "£6.5m", "en", "6.5 million pounds"),
    ("en", "$5bn", "fr", "5 milliards de dollars"),
    ("en", "3 February", "en", "Feb. 3"),
    ("en", "February 3rd", "de", "3. Februar"),
    ("en", "March 3, 1935", "es", "3 de marzo de 1935"),
    ("en", "March 2024", "fr", "mars 2024"),
    ("en", "9:40 p.m.", "de", "21.40 Uhr"),
    ("en", "21:40", "fr", "21h40"),
    ("en", "88th", "en", "eighty-eighth"),
    ("en", "two dozen", "en", "24"),
    ("en", "two and a half million", "en", "2.5 million"),
    ("en", "2.5m people", "en", "2,500,000"),
    ("en", "77", "fr", "soixante-dix-sept"),
    ("en", "a million", "de", "eine Million"),
    ("en", "two thirds", "de", "zwei Drittel"),
    ("en", "half of", "en", "one half"),
    ("en", "SP-605", "en", "SP605"),
    ("en", "1420 GMT", "de", "15:20 MEZ"),
    ("de", "am 03.02.2025", "en", "3 February 2025"),
    ("de", "zweihundertfünfzig", "en", "250"),
    ("de", "der 88. Minute", "en", "88th"),
    ("fr", "1 200", "en", "1,200"),
    ("fr", "1er mars 2025", "en", "1 March 2025"),
    ("es", "2,7 millones de euros", "en", "€2.7m"),
    ("es", "mil millones", "en", "a billion"),
    ("it", "ventitré", "en", "23"),
    ("it", "6 maggio 2025", "pt", "6 de maio de 2025"),
    ("pt", "R$ 2,7 milhões", "pt", "2,7 milhões de reais"),
    ("nl", "achtenveertigduizend", "nl", "48.000"),
    ("nl", "tweeëntwintig", "en", "22"),
    ("sv", "3 200", "sv", "tretusentvåhundra"),
    ("sv", "klockan 21.40", "en", "9.40pm"),
    ("da", "femogtyve", "nb", "tjuefem"),
    ("fi", "2,7 miljoonaa euroa", "en", "€2.7 million"),
    ("pl", "dwudziestu pięciu", "en", "25"),
    ("pl", "2,7 mln zł", "pl", "2 700 000 złotych"),
    ("pl", "półtora miliona", "en", "1.5 million"),
    ("cs", "6. 5. 2025", "cs", "6. května 2025"),
    ("uk", "двадцять п’ять", "uk", "25"),
    ("uk", "1,2 млн гривень", "en", "₴1.2 million"),
    ("uk", "12 відсотків", "en", "12%"),
    ("uk", "12 вересня 2024 року", "en", "September 12, 2024"),
    ("ru", "сто сорок два", "en", "142"),
    ("ru", "двое", "en", "two"),
    ("ru", "3-й", "en", "3rd"),
    ("tr", "yüzde on iki", "tr", "%12"),
    ("tr", "kırk sekiz bin", "tr", "48.000"),
    ("ar", "٣٢٠٠", "en", "3,200"),
    ("ar", "خمسة وعشرون", "en", "25"),
    ("ar", "12 في المئة", "ar", "١٢٪"),
    ("fa", "بیست و پنج", "fa", "۲۵"),
    ("he", "ב-6 במאי 2025", "en", "6 May 2025"),
    ("hi", "दो लाख", "hi", "2,00,000"),
    ("ja", "銅鏡３面", "ja", "銅鏡三面"),
    ("ja", "1万2000人", "en", "12,000"),
    ("ja", "百二十人", "en", "120"),
    ("ja", "2025年2月3日", "zh", "2025年2月3日"),
    ("ja", "2月3日", "en", "3 February"),
    ("ja", "午後9時40分", "en", "9:40 p.m."),
    ("ja", "3億5千万円", "en", "¥350 million"),
    ("ja", "3分の1", "en", "one third"),
    ("zh", "百分之十二", "zh", "12%"),
    ("zh", "270万美元", "en", "$2.7 million"),
    ("zh", "0.5个百分点", "en", "0.5 percentage points"),
    ("ko", "2억7000만 원", "en", "₩270 million"),
    ("ko", "2025년 2월 3일", "en", "3 February 2025"),
    # signs written onto a number
    ("en", "Kr140m", "sv", "140 miljoner kronor"),
    ("en", "kr 140 million", "nb", "140 millioner kroner"),
    ("fr", "9 M€", "fr", "9 millions d'euros"),
    ("de", "1,2 Mrd€", "en", "€1.2 billion"),
    ("en", "1.6m cubic metres", "en", "1.6 mln cubic metres"),
    # days in words
    ("ru", "двенадцатого октября", "ru", "12 октября"),
    ("ru", "двадцать четвёртого мая 2024", "en", "24 May 2024"),
    ("uk", "двадцять четвертого травня", "en", "24 May"),
    ("pl", "dwudziestego czwartego maja", "en", "24 May"),
    ("en", "tenth of May", "en", "10 May"),
    ("en", "twenty-fourth of May 2024", "en", "24 May 2024"),
    ("de", "zehnten Mai", "de", "10. Mai"),
    ("de", "vierundzwanzigsten Mai", "de", "24. Mai"),
    ("nl", "vierentwintigste mei", "en", "24 May"),
    ("sv", "tolfte maj", "sv", "12 maj"),
    ("es", "diez de mayo", "es", "10 de mayo"),
    ("fr", "dix mai", "fr", "10 mai"),
    ("it", "tre marzo", "it", "3 marzo"),
    ("pt", "dez de maio", "pt", "10 de maio"),
    ("de", "am 24.05", "de", "24. Mai"),
    ("ru", "до 24.05", "ru", "24 мая"),
    ("pl", "do 24.05", "pl", "24 maja"),
    ("it", "dal 24.05", "it", "24 maggio"),
    # joined number words, and ages
    ("it", "centottantamila", "it", "180.000"),
    ("it", "duecentottantadue", "it", "282"),
    ("de", "Hundertvierzig", "de", "140"),
    ("it", "diciassettenne", "en", "17"),
    ("de", "siebzehnjährige", "en", "seventeen-year-old"),
    ("nl", "zeventienjarige", "nl", "17"),
    ("sv", "sjuttonåring", "sv", "17"),
    ("da", "syttenårig", "da", "17"),
    ("ru", "семнадцатилетний", "ru", "17"),
    ("uk", "сімнадцятирічна", "uk", "17"),
    # decades and parts
    ("en", "a decade", "en", "ten years"),
    ("en", "three decades", "de", "30 Jahre"),
    ("de", "ein Jahrzehnt", "fr", "dix ans"),
    ("ru", "три десятилетия", "ru", "30 лет"),
    ("en", "one in four", "en", "one quarter"),
    ("en", "one in six", "de", "jeder sechste"),
    ("fr", "un sur six", "es", "uno de cada seis"),
    ("it", "uno su sei", "sv", "var sjätte"),
    ("nl", "een op de zes", "ru", "каждый шестой"),
    # Korean and Japanese words
    ("ko", "열두 명", "ko", "12명"),
    ("ko", "스물세 명", "ko", "23명"),
    ("ko", "백이십 명", "ko", "120명"),
    ("ko", "세 명", "ko", "3명"),
    ("ja", "令和6年", "ja", "2024年"),
    ("ja", "平成31年4月1日", "ja", "2019年4月1日"),
    ("ja", "令和元年", "en", "2019"),
    ("no", "tre", "nb", "3"),
    ("es", "cuarto muerto", "es", "4.º"),
]
MAY_BE = [
    ("en", "October", "en", "12 October"),
    ("en", "October 2024", "en", "12 October 2024"),
    ("en", "twelve points", "en", "12 percentage points"),
    ("en", "tenth", "en", "10 May"),
    ("ru", "девятого", "ru", "9 декабря"),
    ("de", "am zehnten", "de", "10. Mai"),
    ("en", "one in ten", "en", "10 per cent"),
    ("en", "9 million", "fr", "9 M€"),
    ("en", "not quite two per cent", "en", "2 %"),
]
"""Values that are not the same, and of which one may state what the other does."""
UNEQUAL = [
    ("en", "1.2 million", "en", "1.2 billion"),
    ("en", "12 per cent", "en", "12 percentage points"),
    ("en", "12 per cent", "en", "12"),
    ("en", "£6.5m", "en", "$6.5m"),
    ("en", "15 minutes", "en", "15 hours"),
    ("en", "88", "en", "88th"),
    ("en", "3 February 2024", "en", "3 February 2025"),
    ("en", "9:40 p.m.", "en", "9:40 a.m."),
    ("en", "SP-605", "en", "SP-650"),
    ("de", "1.200", "en", "1.200"),
    ("en", "1420 GMT", "en", "1420 CET"),
    ("de", "im Oktober", "de", "im November"),
    ("uk", "двадцять", "uk", "двадцять п'ять"),
    ("ja", "3月2日", "ja", "3月9日"),
    ("ja", "1万人", "ja", "1億人"),
    ("en", "not quite two per cent", "en", "2 %"),
    ("de", "knapp zwei Prozent", "de", "2 Prozent"),
    ("fr", "un peu moins de 200", "fr", "200"),
    ("ru", "неполных 200", "ru", "200"),
    ("de", "um 21.05 Uhr", "de", "21. Mai"),
    ("de", "24.05", "de", "24. Mai"),
    ("en", "one in six", "en", "6"),
    ("en", "October", "en", "12 October"),
    ("en", "tenth", "en", "10 May"),
    ("en", "a decade", "en", "10 months"),
    ("en", "Kr140m", "en", "£140m"),
]
NOTHING = [
    ("en", "One of them saw no one, and one said nothing to one another."),
    ("en", "It may march."),
    ("de", "Eine Frau, ein Mann und einer der Räte: Achtung!"),
    ("fr", "Une femme et un homme."),
    ("es", "Una mujer y un hombre."),
    ("uk", "Один із них і одна з них."),
    ("ja", "一部の一般市民は十分に一方で。千葉と三重。"),
    ("zh", "一些人一直十分。"),
    ("en", "One in the hall, and not one in the house."),
    ("en", "It was the end of the decade."),
    ("ko", "열차와 일요일, 이사와 만일의 이천."),
    ("ja", "令和の時代に昭和の歌。"),
    ("hi", "तीनों"),
    ("fa", "سه\u200cشنبه"),
    ("", "No words are known here."),
]
PLACES = [
    ("en", "12 dead and fifty-six hurt", ["12", "fifty-six"]),
    ("en", "between two hundred and three hundred", ["two hundred", "three hundred"]),
    ("en", "won 7-4 on May 6.", ["7", "4", "May 6"]),
    ("en", "a 99-year lease for 15 minutes", ["99", "15"]),
    ("en", "İzmir, 12%", ["12%"]),
    ("sv", "den 6 maj klockan 21.40 kom tjugofem", ["6 maj", "21.40", "tjugofem"]),
    ("uk", "о 21:40 прийшли троє", ["21:40", "троє"]),
    ("ar", "وثلاثة قتلى", ["ثلاثة"]),
    ("ja", "直径は１２～２２センチ", ["１２", "２２"]),
]


def only(text: str, language: str) -> Value:
    """Read the one value that a text holds."""
    [value] = read(text, language)
    return value


@pytest.mark.parametrize(("one", "left", "other", "right"), EQUAL)
def test_a_fact_is_the_same_in_every_notation(one: str, left: str, other: str, right: str) -> None:
    """Notation, spelling and language do not tell two values apart."""
    assert same(only(left, one), only(right, other))


@pytest.mark.parametrize(("one", "left", "other", "right"), UNEQUAL)
def test_different_facts_are_not_the_same(one: str, left: str, other: str, right: str) -> None:
    """Another size, kind, unit or year is another fact."""
    assert not same(only(left, one), only(right, other))


def test_a_value_stands_at_its_exact_words() -> None:
    """A span takes in magnitude, share and currency, and nothing else."""
    text = "It cost £6.5 million, or 12 per cent, on 3 February at 9:40 p.m."

    assert [text[start:end] for start, end in (value.span for value in read(text, "en"))] == [
        "£6.5 million",
        "12 per cent",
        "3 February",
        "9:40 p.m.",
    ]


@pytest.mark.parametrize(("language", "text", "words"), PLACES)
def test_a_span_is_the_words_themselves(language: str, text: str, words: list[str]) -> None:
    """Ranges, scores, particles and wide signs do not move a span."""
    assert [text[value.span[0] : value.span[1]] for value in read(text, language)] == words


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_a_word_that_only_looks_like_a_number_is_none(language: str, text: str) -> None:
    """Articles, pronouns, modal verbs and words that hold a numeral count nothing."""
    assert read(text, language) == ()


def test_one_counts_where_a_noun_follows() -> None:
    """Before a noun the word is a number; before "of" it is a pronoun."""
    assert only("one councillor", "en") == Value(Kind.NUMBER, "1", (0, 3))
    assert only("один солдат", "uk").key == "1"


def test_a_range_has_the_unit_that_is_said_once() -> None:
    """Both ends of "7 to 9 per cent" are shares; a score stays two numbers."""
    assert [value.kind for value in read("7 to 9 per cent", "en")] == [Kind.PERCENT, Kind.PERCENT]
    assert [value.unit for value in read("12～22センチ", "ja")] == ["cm", "cm"]
    assert [(value.kind, value.unit) for value in read("7-4", "en")] == [(Kind.NUMBER, "")] * 2


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("1.200", "en", "1.2"),
        ("1,200", "en", "1200"),
        ("1.200", "de", "1200"),
        ("1,200", "de", "1.2"),
        ("0,125", "es", "0.125"),
        ("1.200", "es", "1200"),
        ("1.200.300", "en", "1200300"),
        ("1,234.5", "en", "1234.5"),
        ("1.234,5", "de", "1234.5"),
        ("12,34,567", "en", "1234567"),
        ("1'200", "de", "1200"),
        ("1,200", "", "1200"),
    ],
)
def test_a_decimal_mark_is_read_by_language_and_grouping(text: str, language: str, key: str) -> None:
    """One mark before three digits is the language's to decide; more marks tell by themselves."""
    assert only(text, language).key == key


def test_an_unsaid_unit_or_year_does_not_tell_apart() -> None:
    """A copy that drops the unit or the year still says the same."""
    assert same(only("15", "en"), only("15 minutes", "en"))
    assert same(only("3 February", "en"), only("3 February 2025", "en"))
    assert same(only("October", "en"), only("October 2024", "en"))


@pytest.mark.parametrize(("one", "left", "other", "right"), MAY_BE)
def test_a_vaguer_value_may_state_what_another_does(one: str, left: str, other: str, right: str) -> None:
    """A month without its day, a rank, a bare number: they are not the same, and do not contradict."""
    a, b = only(left, one), only(right, other)

    assert agrees(a, b)
    assert agrees(b, a)
    assert not same(a, b)


@pytest.mark.parametrize(("one", "left", "other", "right"), [each for each in UNEQUAL if "not quite" not in each[1]])
def test_values_that_may_be_the_same_are_few(one: str, left: str, other: str, right: str) -> None:
    """Another size, unit or year is not excused by vagueness."""
    a, b = only(left, one), only(right, other)
    vague = {a.kind, b.kind} & {Kind.DATE} or a.hedged is not b.hedged

    assert vague or not agrees(a, b)


def test_a_length_in_metres_is_held_against_a_date() -> None:
    """Values of any two kinds can be compared: "1.6m" is no date."""
    [metres] = read("a wall of 1.6m", "en")
    for other in ("on 3 May 2024", "at 10:30", "two thirds", "£5", "1.6 million"):
        for value in read(other, "en"):
            assert agrees(metres, value) is agrees(value, metres)


@given(text=st.text(max_size=80), language=st.sampled_from([*languages(), ""]))
def test_reading_never_fails_and_spans_are_in_order(text: str, language: str) -> None:
    """Whatever the text, the values lie inside it, in order and apart."""
    end = 0
    for value in read(text, language):
        assert end <= value.span[0] < value.span[1] <= len(text)
        end = value.span[1]


PIECES = [
    *(
        "12",
        "1,8",
        "٣",
        "３",
        "万",
        "二",
        "百",
        "million",
        "Mrd",
        "one",
        "two",
        "hundred",
        "and",
        "third",
        "May",
        "March",
    ),
    *(
        ".",
        ",",
        "-",
        ":",
        "/",
        " ",
        "\u00a0",
        "%",
        "£",
        "$",
        "p.m.",
        "GMT",
        "年",
        "月",
        "日",
        "時",
        "第",
        "分",
        "zwei",
        "und",
    ),
    *(
        "one in ",
        "jeder ",
        "a decade",
        "sechste",
        "jährige",
        "not quite ",
        "kr ",
        "M€",
        "令和",
        "元",
        "열두 ",
        "명",
        "24.05",
        "am ",
    ),
    *("percentage points", "E", "h", "st", "sto", "dwa", "двадцять", "3-й", "yüzde", "وثلاثة", "½", "²", "٫", "−"),
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), language=st.sampled_from([*languages(), ""]))
def test_pieces_of_values_in_any_order_are_read(pieces: list[str], language: str) -> None:
    """Digits, number words and signs thrown together give values that agree with themselves."""
    text = "".join(pieces)
    end = 0
    for value in read(text, language):
        assert end <= value.span[0] < value.span[1] <= len(text)
        assert same(value, value)
        end = value.span[1]


@given(
    left=st.lists(st.sampled_from(PIECES), max_size=8),
    right=st.lists(st.sampled_from(PIECES), max_size=8),
    languages=st.tuples(st.sampled_from([*languages(), ""]), st.sampled_from([*languages(), ""])),
)
def test_any_two_values_can_be_held_together(left: list[str], right: list[str], languages: tuple[str, str]) -> None:
    """Whatever two values are, comparing them fails never, and the order makes no difference; the same agree."""
    for a in read("".join(left), languages[0]):
        for b in read("".join(right), languages[1]):
            assert agrees(a, b) is agrees(b, a)
            assert same(a, b) is same(b, a)
            assert agrees(a, b) or not same(a, b)


@given(number=st.integers(min_value=0, max_value=10**6), other=st.integers(min_value=0, max_value=10**6))
def test_numbers_agree_only_where_they_are_equal(number: int, other: int) -> None:
    """Two plain numbers are the same where they are, in whatever unit, and agree with no other."""
    a, b = only(str(number), "en"), only(f"{other} people", "en")

    assert agrees(a, b) is (number == other)


def _grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


@given(number=st.integers(min_value=0, max_value=10**15))
def test_a_number_has_one_key_in_every_grouping(number: int) -> None:
    """Commas, points, apostrophes, blanks and wide digits group the same number."""
    wide = str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    notations = {
        ("en", str(number)),
        ("en", _grouped(number, ",")),
        ("de", _grouped(number, ".")),
        ("de", _grouped(number, "'")),
        ("fr", _grouped(number, "\u202f")),
        ("pl", _grouped(number, " ")),
        ("ja", wide),
    }

    assert {only(text, language).key for language, text in notations} == {str(number)}


@given(number=st.integers(min_value=1, max_value=9_999), magnitude=st.sampled_from(["million", "billion"]))
def test_a_magnitude_multiplies_exactly(number: int, magnitude: str) -> None:
    """A decimal before a magnitude loses nothing: 1.234 billion is 1,234 million."""
    scale = {"million": 10**6, "billion": 10**9}[magnitude]

    assert only(f"{number / 1000:.3f} {magnitude}", "en").key == str(number * scale // 1000)


@pytest.mark.parametrize(
    "text", ["9" * 10_000, "1." * 5_000, "1,000" * 3_000, "one hundred " * 3_000, "万" * 5_000, "a1-" * 4_000]
)
def test_a_hostile_text_is_read_in_bounded_time(text: str) -> None:
    """Long runs of digits, marks, number words and numerals are neither an error nor slow."""
    for language in ("en", "de", "ja", ""):
        assert all(value.key for value in read(text, language))
