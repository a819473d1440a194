"""How to start Kannel (https://www.kannel.org): bearerbox and smsbox, driven over HTTP as a panel drives them."""

from harness.driver import DriverSpec, python_child

KANNEL = DriverSpec(
    name="kannel",
    title="Kannel: bearerbox and smsbox, driven over HTTP",
    command=python_child("kannel_child"),
    needs="Kannel: `apt-get install kannel`",
)
