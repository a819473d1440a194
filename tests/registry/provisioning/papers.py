"""Papers, worlds and an operator's registers for the tests of provisioning; moments are written in Tehran's time."""

import datetime
from typing import Any

from simulator.changing.change import Change
from simulator.changing.changes.falling_due import fallen_due
from simulator.changing.changes.provisioning import AskForService
from simulator.changing.journal import Journal, Origin
from simulator.numbers.numbering import TEHRAN
from simulator.registry.lines import Line
from simulator.registry.provisioning.request import Request
from simulator.registry.registers import Registers
from simulator.registry.world import World, build_world
from simulator.store import Store
from simulator.time.jalali import JalaliDate

Paper = dict[str, Any]

COMPANY_ID, PERSON_ID = "14100000004", "0012345679"
COMPANY: Paper = {"kind": "legal", "name": "شرکت نمونه", "identity": COMPANY_ID}
PERSON: Paper = {"kind": "natural", "name": "کارگاه نمونه", "identity": PERSON_ID}

PLEDGE: Paper = {"kind": "pledge"}
PURPOSE: Paper = {"kind": "purpose", "categories": ["order_status", "otp"]}
CUSTOMERS: Paper = {"kind": "customer-list", "recipients": ["09121110000-09121110009"]}
NATIONAL_ID: Paper = {"kind": "national-id", "number": COMPANY_ID}
ECONOMIC: Paper = {"kind": "economic-code", "number": "411111111111"}
REGISTRATION: Paper = {"kind": "registration-number", "number": "12345"}
GAZETTE: Paper = {"kind": "official-gazette", "number": "22001"}
LETTER: Paper = {"kind": "letter-to-magfa", "number": "1405/12"}
SIGNATURE: Paper = {"kind": "signature-certificate", "number": "77"}
NOTE: Paper = {"kind": "promissory-note", "rial": 500_000_000}
LICENCE: Paper = {"kind": "business-licence", "number": "0453", "expires": "2028-01-01"}
ENAMAD: Paper = {"kind": "e-namad", "number": "namune.example"}
PATTERN: Paper = {"kind": "pattern", "name": "order", "text": "سفارش شما با کد %code% در فروشگاه نمونه ثبت شد"}
ADDRESS: Paper = {"kind": "address", "text": "تهران، خیابان نمونه"}
NINE_THOUSAND: list[Paper] = [{"kind": "id-card"}, {"kind": "birth-certificate"}, PLEDGE, ADDRESS, LICENCE]

COMPANY_PAPERS: list[Paper] = [PLEDGE, PURPOSE, CUSTOMERS, NATIONAL_ID, ECONOMIC, REGISTRATION, GAZETTE]
MAGFA_PAPERS: list[Paper] = [*COMPANY_PAPERS, LETTER, SIGNATURE, NOTE]

LINES = [
    {"number": "1000111111", "account": "panel", "owner": COMPANY},
    {"number": "3000111111", "account": "panel", "owner": COMPANY},
    {"number": "2000222222", "account": "panel", "owner": PERSON},
    {"number": "9000333333", "account": "panel", "type": "promotional", "owner": PERSON},
    {"number": "9999333333", "account": "panel", "type": "promotional", "owner": PERSON},
    {"number": "5000444444", "account": "other", "owner": COMPANY},
]


def world(**profile: Any) -> World:
    accounts = [{"system_id": "other", "password": "other"}]
    return build_world({"extends": "demo", "profile": profile, "accounts": accounts, "lines": LINES})


def tehran(jalali: str, time: str = "10:00") -> float:
    """A moment in POSIX seconds from a Jalali day and a time of day."""
    day = JalaliDate.parse(jalali).gregorian()
    return datetime.datetime.combine(day, datetime.time.fromisoformat(time), TEHRAN).timestamp()


def shown(moment: float) -> str:
    """A moment as a Jalali day and a time of day."""
    local = datetime.datetime.fromtimestamp(moment, TEHRAN)
    return f"{JalaliDate.of(local.date())} {local:%H:%M}"


class Office:
    """Registers with a journal, and a clock that is moved by hand; `restart` reads the journal anew."""

    def __init__(self, world: World, seed: int = 1, now: float = 0.0) -> None:
        self.world = world
        self.seed = seed
        self.now = now or tehran("1405-09-01")
        self.store = Store()
        self.restart()

    def restart(self) -> None:
        """The process ends and begins again."""
        self.store.commit()
        self.registers = Registers(self.world, self.seed)
        self.journal = Journal(self.store, self.registers)

    def change(self, change: Change) -> int:
        """A change by HTTP."""
        return self.journal.write(change, Origin.HTTP, self.now)

    def go_to(self, moment: float) -> list[tuple[float, Change]]:
        """The clock jumps; what fell due on the way."""
        happened = []
        while due := fallen_due(self.registers, moment):
            for at, change in due:
                self.journal.write(change, Origin.OPERATOR, at)
                happened.append((at, change))
        self.now = moment
        return happened

    def ask(self, route: str, line: str | None, documents: list[dict[str, Any]], **fields: Any) -> Request:
        """A request, as it is after it was handed in."""
        table = {"route": route, "line": line, "documents": documents, **fields}
        self.change(AskForService.model_validate(table))
        return self.request()

    def request(self, number: int = 0) -> Request:
        """A request by its number; the latest without one."""
        requests = list(self.registers.provisioning)
        return requests[number - 1]

    def line(self, number: str) -> Line:
        """A registered line."""
        line = self.registers.lines.get(number)
        assert line is not None
        return line
