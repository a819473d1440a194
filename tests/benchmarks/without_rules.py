"""The command line of an operator that has no rules: what is left when nothing is judged.

python -m tests.benchmarks.without_rules serve ...
"""

from functools import partial

from khatban import main
from simulator.center import message_center
from simulator.policy.engine import PolicyEngine

if __name__ == "__main__":
    message_center.PolicyEngine = partial(PolicyEngine, rules=())  # type: ignore[attr-defined,assignment] # here only
    main()
