"""The lexicon: which words carry no content, and which stand for one qualifier."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources

import pytest

from provenance.engine.lexicon import fold, guess, languages, lexicon


@pytest.mark.parametrize(
    ("language", "word", "concept"),
    [
        ("en", "Former", "former"),
        ("en", "ex-minister", "former"),
        ("en", "no longer", "former"),
        ("en", "Allegedly", "alleged"),
        ("en", "isn’t", "not"),
        ("de", "ehemaliger", "former"),
        ("de", "keine", "not"),
        ("fr", "ex-ministre", "former"),
        ("es", "exconsejera", "former"),
        ("en", "harbour", ""),
    ],
)
def test_a_word_names_its_concept(language: str, word: str, concept: str) -> None:
    """Case, inflection and a prefix with a hyphen do not hide a qualifier."""
    assert lexicon(language).concept(word) == concept


def test_opposites_are_said_both_ways() -> None:
    """What is the opposite of a concept has that concept as its own."""
    assert lexicon("en").opposite("up") == "down"
    assert lexicon("en").opposite("down") == "up"
    assert lexicon("en").opposite("said about nothing") == ""


def test_months_and_weekdays_have_numbers() -> None:
    """January and Monday are 1; an abbreviation keeps its point."""
    assert lexicon("en").month("Sept.") == 9
    assert lexicon("de").weekday("Dienstag") == 2
    assert lexicon("en").month("Monday") == 0


def test_an_unknown_language_still_knows_signs() -> None:
    """A language that is not held has no words, but digits and currency signs."""
    neutral = lexicon("tlh")

    assert neutral.language == ""
    assert not neutral.common
    assert neutral.signs["£"] == "GBP"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The council said that it would not sell the harbour to the company."),
        ("de", "Die Stadt teilte mit, dass der Hafen nicht an die Firma verkauft wird."),
        ("fr", "La ville a annoncé que le port ne serait pas vendu à la société."),
        ("es", "El ayuntamiento dijo que no vendería el puerto a la empresa."),
        ("it", "Il comune ha detto che il porto non sarà venduto alla società."),
        ("pt", "A câmara disse que o porto não será vendido para a empresa."),
        ("nl", "De gemeente zei dat de haven niet aan het bedrijf wordt verkocht."),
        ("sv", "Kommunen sade att hamnen inte ska säljas till företaget."),
        ("da", "Kommunen oplyste, at havnen ikke bliver solgt til virksomheden, og at den også er lukket."),
        ("nb", "Kommunen opplyste at havnen ikke blir solgt til selskapet, og at den også ble stengt etter jul."),
        ("fi", "Kaupunki ilmoitti, että satamaa ei myydä yhtiölle, mutta se on nyt suljettu."),
        ("cs", "Město oznámilo, že přístav nebude prodán této společnosti a že se také zavře."),
        ("pl", "Rada miasta poinformowała, że port nie będzie sprzedany tej firmie."),
        ("uk", "Міська рада повідомила, що порт не буде продано цій компанії."),
        ("ru", "Городской совет сообщил, что порт не будет продан этой компании."),
        (
            "tr",
            "Belediye, limanın bu şirkete satılması için bir karar olmadığını ve daha sonra açıklanacağını söyledi.",
        ),
        ("ar", "قال المجلس إن الميناء لن يباع إلى هذه الشركة بعد ذلك."),
        ("fa", "شورا گفت که این بندر به شرکت فروخته نمی شود و برای مردم است."),
        ("he", "העירייה אמרה כי הנמל לא יימכר."),
        ("hi", "परिषद ने कहा कि बंदरगाह नहीं बेचा जाएगा।"),
        ("ja", "市は港を会社に売却しないと発表した。"),
        ("zh", "市议会表示，港口不会出售给该公司。"),
        ("ko", "시의회는 항구를 회사에 팔지 않겠다고 밝혔다."),
        ("", "Zzyzx 12345"),
    ],
)
def test_a_language_is_told_by_its_function_words(language: str, text: str) -> None:
    """Function words and script name the language; without them there is no guess."""
    assert guess(text) == language


@pytest.mark.parametrize("language", languages())
def test_every_language_is_whole(language: str) -> None:
    """A language has its function words, the concepts that verdicts rest on, and all its months and weekdays."""
    held = lexicon(language)

    assert len(held.common) >= 30
    assert {"former", "not", "alleged", "said", "denied", "dead", "injured", "up", "down"} <= {
        *held.concepts.values(),
        *held.stems.values(),
    }
    assert set(held.weekdays.values()) == set("1234567")
    assert not held.months or set(held.months.values()) == set(map(str, range(1, 13)))


@pytest.mark.parametrize("language", languages())
def test_a_form_is_written_as_it_is_looked_for(language: str) -> None:
    """A form that is not in lower case with straight apostrophes would never be found."""
    held = lexicon(language)
    tables = (held.concepts, held.stems, held.numbers, held.ordinals, held.magnitudes, held.months, held.units)

    assert [form for table in tables for form in table if form != fold(form) or form != form.strip()] == []


def test_a_form_stands_for_one_concept() -> None:
    """No language lists one form under two concepts."""
    data = tomllib.loads(resources.files("provenance.engine").joinpath("lexicon.toml").read_text("utf-8"))
    for language in languages():
        forms = [form.strip() for listed in data[language]["concepts"].values() for form in listed.split(",")]
        assert [form for form, times in Counter(forms).items() if times > 1] == [], language


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "The then-secretary didn’t deny it", [("former", "then-"), ("not", "didn’t"), ("denied", "deny")]),
        ("de", "Er ist nicht mehr im Amt", [("former", "nicht mehr")]),
        ("uk", "Колишня секретарка", [("former", "Колишня")]),
        ("ja", "元市職員は地元で元気", [("former", "元")]),
        ("zh", "三年前，前总统没有去", [("former", "前总统"), ("not", "没有")]),
        ("tlh", "former", []),
    ],
)
def test_concepts_are_found_where_a_text_names_them(language: str, text: str, named: list[tuple[str, str]]) -> None:
    """Phrases, prefixes and scripts without spaces included; a word that only holds a form names nothing."""
    found = lexicon(language).mentions(text)

    assert [(mention.concept, text[slice(*mention.span)]) for mention in found] == named
