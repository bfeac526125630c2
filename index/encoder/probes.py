"""Texts by which a served encoder is compared with the original model, and how near it must be.

Owns both, for the export and for every build after it.
"""

COSINE_FLOORS = {"int8": 0.98, "fp32": 0.9999}
"""Least cosine of the worst probe, by precision; int8 falls below on x86 without VNNI, where it saturates."""

PROBES = (
    "Who controls the reboost of the space station?",
    "The cargo ship fired its engine for five minutes and raised the station's orbit by almost a kilometre.",
    "Engineers traced the leak to a valve in the second stage, and the launch slipped to Sept. 26 at the earliest.",
    "NASA",
    "A test without punctuation in lower case about methane engines and their turbopumps",
    "El telescopio espacial tomó una imagen de la galaxia.",
    "The rover drilled a core from a mudstone at the edge of an ancient river channel; its instruments found "
    "organic carbon, phosphate and iron minerals arranged in small spots, which the team wants to study on Earth. "
    "Until then no one claims life, and several explanations that need none remain possible, the team said.",
)
