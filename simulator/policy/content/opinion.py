"""What the cues of a text say by themselves: the readable opinion that the model weighs together with the words.

This file owns how cues add up. Three rules, in this order:

1. One decisive cue of an offer, that no context disarmed, speaks for an offer whatever else the text says: an order
   confirmation with a coupon at its end is an advertisement.
2. Otherwise the side that weighs more is heard, and an offer must reach `_SPOKEN` to be heard at all.
3. When nothing speaks, a text is service, of category `other`.

Sources: Khatban's design section 4 for what may not be sent on service lines; the bulk footer and the absence of
anything that is the reader's own are the best structural signs of an advertisement.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from simulator.messages import Category, Label
from simulator.policy.content.lexicon import Cues, Hit, Weight

PROMOTIONAL = frozenset(list(Category)[:10])
_SPOKEN = 3
# At equal weight the finer category wins; plain advertising is what remains.
_PRECEDENCE = (
    Category.WINNER_ANNOUNCEMENT, Category.LOTTERY_CONTEST, Category.LOYALTY_POINTS_UPSELL, Category.DISCOUNT,
    Category.CONDOLENCE, Category.EVENT_INVITATION, Category.OCCASION, Category.CONGRATULATION, Category.SALES_OFFER,
    Category.ADVERTISEMENT,
    Category.OTP, Category.REFUND_NOTICE, Category.DELIVERY_ATTEMPT, Category.EMERGENCY_ALERT, Category.UTILITY_OUTAGE,
    Category.SURVEY_AFTER_SERVICE, Category.INSURANCE_EXPIRY, Category.GOVERNMENT_NOTICE,
    Category.MEMBERSHIP_EXPIRY_NOTICE, Category.BILL_DUE, Category.TICKET_REPLY,
    Category.SHIPMENT_TRACKING, Category.APPOINTMENT_REMINDER, Category.CLASS_SCHEDULE, Category.BANK_TRANSACTION,
    Category.ORDER_STATUS, Category.ACCOUNT_INFO, Category.OTHER,
)  # fmt: skip
# A way to reach a seller goes with every kind of offer, a completed step with every kind of service: such words count
# for the label in full, for the category only by this part.
_VAGUE: Mapping[Category | None, int] = MappingProxyType({Category.ADVERTISEMENT: 2, Category.OTHER: 3})
_RANK: Mapping[Category, int] = MappingProxyType({category: rank for rank, category in enumerate(_PRECEDENCE)})


def undisarmed(found: Iterable[Hit]) -> list[Hit]:
    """Drop an offer that begins or ends inside a disarming context, and what lies within a longer hit of its own."""
    hits = list(found)
    contexts = [(hit.start, hit.end) for hit in hits if hit.cues.disarms]
    kept: list[Hit] = []
    reach: dict[str, int] = {}
    for hit in hits:
        category, reason = hit.cues.category, hit.cues.reason
        if category is None or hit.end <= reach.get(reason, 0):
            continue
        if category in PROMOTIONAL and any(a <= hit.start < b or a < hit.end <= b for a, b in contexts):
            continue
        reach[reason] = hit.end
        kept.append(hit)
    return kept


def _distinct(hits: Iterable[Hit]) -> Iterable[Cues]:
    """Each group of cues once, however many of its cues were found; groups are known by their reasons."""
    return {hit.cues.reason: hit.cues for hit in hits}.values()


def label_of(hits: list[Hit]) -> Label:
    """The side that weighs more; an offer must be spoken of at all, and one decisive cue of it suffices."""
    offer = service = 0
    for cues in _distinct(hits):
        if cues.category not in PROMOTIONAL:
            service += cues.weight
        elif cues.weight == Weight.DECISIVE:
            return Label.PROMOTIONAL
        else:
            offer += cues.weight
    return Label.PROMOTIONAL if offer >= _SPOKEN and offer > service else Label.SERVICE


def category_of(spoken: list[Hit]) -> Category:
    """The category of the loudest cues; `other` when there are none."""
    weights: defaultdict[Category, int] = defaultdict(int)
    for cues in _distinct(spoken):
        weights[cues.category or Category.OTHER] += cues.weight // _VAGUE.get(cues.category, 1)
    return min(weights, key=lambda category: (-weights[category], _RANK[category]), default=Category.OTHER)
