"""How a line becomes a service line.

`documents` are the papers, `requirements` what is asked for, `request` the states of a request, `schedule` when what is
done, and `desk` the register of all requests.
"""

from simulator.registry.provisioning.desk import Desk

__all__ = ["Desk"]
