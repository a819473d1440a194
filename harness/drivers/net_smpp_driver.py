"""How to start Net::SMPP (https://metacpan.org/pod/Net::SMPP), the usual client of Perl."""

from pathlib import Path

from harness.driver import DriverSpec

NET_SMPP = DriverSpec(
    name="net-smpp",
    title="Net::SMPP, on Perl",
    command=("perl", str(Path(__file__).with_name("net_smpp_child.pl"))),
    needs="Perl and its module Net::SMPP: `apt-get install libnet-smpp-perl`, or `cpan Net::SMPP`",
)
