"""The cues, in the order in which they are read: contexts that disarm, then the two sides."""

from simulator.policy.content.cues.codes import CODES
from simulator.policy.content.cues.context import CONTEXT
from simulator.policy.content.cues.dates import DATES
from simulator.policy.content.cues.general import GENERAL
from simulator.policy.content.cues.money import MONEY
from simulator.policy.content.cues.offers import OFFERS
from simulator.policy.content.cues.orders import ORDERS
from simulator.policy.content.cues.persuasion import PERSUASION
from simulator.policy.content.cues.public import PUBLIC
from simulator.policy.content.cues.trades import TRADES
from simulator.policy.content.cues.turns import TURNS
from simulator.policy.content.cues.wishes import WISHES
from simulator.policy.content.lexicon import Cues

ALL: tuple[Cues, ...] = (
    *CONTEXT,
    *OFFERS,
    *WISHES,
    *PERSUASION,
    *TRADES,
    *CODES,
    *MONEY,
    *ORDERS,
    *DATES,
    *PUBLIC,
    *GENERAL,
    *TURNS,
)
