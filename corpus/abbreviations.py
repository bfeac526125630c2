"""The words whose full stop does not end a sentence, as data.

Owns the lists only; ``sentence_repairs`` decides with them. All in lower case and without the final full stop. The base
segmenter knows several hundred abbreviations; these are the ones it lacks or reads differently in space news.
"""

# Stand before a number: "No. 5", "Vol. 2", "approx. 610 kg".
BEFORE_NUMBER = frozenset(
    """alt approx art avg ca ch eq eqs est fig figs lat long max min no nos p pp rev sec secs ser sol ver vol
    vols""".split()
)
# Stand before a name, so the next capital starts no sentence: "Lt. Col. McClain", "St. Louis".
BEFORE_NAME = frozenset(
    """adm brig capt cdr cmdr cmsgt cnsl col comdr cpl cpt dr drs ens fr gen gov hon insp lcdr lt ltc ltcol maj messrs
    mr mrs ms msgr mt mx ofc pres prof pvt rep reps rev sen sens sgt smsgt ssgt st ste supt tsgt vadm radm""".split()
)
# Clock times: these end a sentence unless what follows still belongs to the time.
CLOCK = frozenset({"a.m", "p.m", "am", "pm"})
AFTER_CLOCK = frozenset(
    """est edt cst cdt mst mdt pst pdt et ct pt utc gmt bst cet cest msk ist jst kst aest eastern central mountain
    pacific moscow beijing monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
# Before a Roman numeral that ends a sentence ("It flew Artemis I. Engineers ..."), where "I." looks like an initial.
NUMBERED = frozenset(
    """apollo ares ariane artemis atlas block class delta explorer level mark part phase saturn stage titan type
    vanguard""".split()
)
