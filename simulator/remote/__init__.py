"""Commands that talk to a running operator by HTTP, as anybody else does.

Each module here of a name in `GROUPS` holds the commands of `khatban <name>` in its `COMMANDS`.
"""

from collections.abc import Mapping
from typing import Final

GROUPS: Final[Mapping[str, str]] = {
    "blacklist": """Ask a running operator for its blacklist, and change it.

    \b
    Examples:
      khatban blacklist add 09121110000 09351110000
      khatban blacklist import optouts.txt
      khatban blacklist check 09121110000
      khatban blacklist export --out blacklist.txt
    """,
    "clock": """The time of a running operator: read, jumped and run.

    \b
    Examples:
      khatban clock show
      khatban clock jump --by 3600                an hour on; what falls due on the way happens
      khatban clock jump --to 2026-11-22T22:30    in Tehran, where no offset is written
      khatban clock run 60                        a minute in a second
    """,
    "messages": """What a running operator was sent: listed and verified.

    \b
    Examples:
      khatban messages list --verdict refused --limit 20
      khatban messages list --line 3000200020 --wait 10
      khatban messages verify expected.json --wait 30
    """,
    "sessions": """Who is bound to a running operator; unbind or cut him off.

    \b
    Examples:
      khatban sessions list --account panel
      khatban sessions unbind 3                   he is told
      khatban sessions drop 3                     the line breaks
    """,
    "mo": """Have subscribers write to a running operator.

    \b
    Examples:
      khatban mo send --from 09129990001 --to 8999 --text 1
      khatban mo send --from 09129990001 --to 3000100010 --text 'لغو ۱۱'
      khatban mo list --subscriber 09129990001
    """,
    "line": """Ask a running operator for its lines, and change them.

    \b
    Examples:
      khatban line list --account panel
      khatban line register 3000400040 --account panel --owner 'فروشگاه نمونه'
      khatban line suspend 3000400040 --reason 'complaints'
      khatban line ask dedicated 3000400040 --papers papers.toml
      khatban line requests --state in-review
    """,
    "violations": """What the lines of a running operator did against the rules.

    \b
    Examples:
      khatban violations list --line 3000200020
      khatban violations export --since 2026-11-01 --out violations.csv
    """,
    "snapshot": """Keep a prepared world, and begin with it again.

    It holds the registers and what was changed in them, without messages.

    \b
    Examples:
      khatban snapshot save prepared.json
      khatban snapshot load prepared.json
      khatban serve --snapshot prepared.json
    """,
}
"""The groups in the order of the help page, and what is said of each."""
