"""Hypothesis strategies for texts as they come and as the corpus keeps them."""

from hypothesis import strategies as st

from corpus.normalise import normalise_text

# Every code point, unpaired surrogates too, with more of what the corpus has to take care of.
_CHARACTERS = st.one_of(
    st.characters(codec=None),
    st.sampled_from(list("\n\n\n\r\t .!?…\"'“”‘’()[]•-*1aA,;:")),
    st.sampled_from(list("\u00a0\u2003\u200b\u200e\u202e\u2028\u00ad\ufeff\u0301\x00\x07\x0b\x85\ud800\U000e0041")),
)
_WORDS = st.sampled_from(
    [
        "The",
        "U.S.",
        "Dr.",
        "No.",
        "5",
        "a.m.",
        "EDT",
        "Artemis",
        "I.",
        "launch",
        "failed.",
        "Why?",
        "“Go.”",
        "(it)",
        "•",
    ]
    + ["-", "1.", "…", "said", "Inc.", "é", "日本。", "GOOD", ".", "\n", "\n\n", '"', "launch " * 9]
)

raw_texts = st.one_of(st.text(_CHARACTERS, max_size=80), st.lists(_WORDS, max_size=60).map(" ".join))
normalised_texts = raw_texts.map(normalise_text)
