"""Texts that hypothesis makes up: pairs that share sentences, in many scripts, with every awkward character."""

from __future__ import annotations

from hypothesis import strategies as st

from provenance.engine.text import canonical

WORDS = (
    *"the council let a crane to Edda Marsh for 42,000 pounds on 3 May 2025 former not said".split(),
    "“quoted”",
    "1.8",
    "half",
    "U.S.",
    "Møller-Støre",
    "l'étang",
    "naïve",
    "e\u0301te\u0301",
    "क्षेत्र",
    "الميناء",
    "٤٢",
    "\u05e8\u05d5\u05e5",
    "\u200fنگهبان\u200cها",
    "港湾",
    "市議会は",
    "第四十二",
    "ท่าเรือ",
    "👷🏽\u200d♀️",
    "\U00010348",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "𝟜𝟚",
    "İstanbul",
    "ß",
    "=3\t-2",
    "+%20",
)
"""Words that trip a comparer: signs beside the surrogates, joiners, marks, figures in other scripts, delta syntax."""

awkward = st.text(
    st.one_of(
        st.sampled_from("ab .,'’\n\t\u2028\u0301\u200d\ufe0f\ud7ff\ue000\uffff\U00010000\U0010ffff👍港ข\u0645\u093c"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)
"""Any text that a store can hold, canonical or not."""

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(lambda words: " ".join(words) + ".")
paragraphs = st.lists(sentences, min_size=1, max_size=3).map(" ".join)


@st.composite
def revisions(draw: st.DrawFn, count: int = 2) -> list[str]:
    """Give canonical texts that have much in common, as the revisions of one article have."""
    stock = draw(st.lists(paragraphs, min_size=1, max_size=5))
    piece = st.one_of(st.sampled_from(stock), paragraphs)
    texts = st.lists(piece, min_size=1, max_size=6).map(lambda found: canonical("Crane let", "\n\n".join(found)))
    return [draw(texts) for _ in range(count)]


pairs = st.one_of(revisions().map(tuple), st.tuples(awkward, awkward), awkward.map(lambda text: (text, text)))
"""Two texts, alike, unlike or equal."""
