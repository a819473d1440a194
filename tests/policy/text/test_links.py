import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.policy.content.folding import fold
from simulator.policy.links import Folded, hosts, leads_within, link_spans
from simulator.profiles.rule_settings import LinkDetector

STRICT, DOMAIN, ANY_DOT = LinkDetector.STRICT_URL, LinkDetector.DOMAIN_LIKE, LinkDetector.ANY_DOT


def found(text: str, detector: LinkDetector = DOMAIN) -> tuple[str, ...]:
    return hosts(Folded(text, *fold(text)), detector)


@pytest.mark.parametrize(
    ("text", "strict", "domain_like", "any_dot"),
    [
        ("سفارش شما ارسال شد", [], [], []),
        ("سفارش شما ارسال شد.", [], [], ["شد."]),
        ("مبلغ ۱۲.۵ ریال", [], [], ["۱۲.۵"]),
        ("رسید۔ممنون", [], [], ["رسید۔ممنون"]),
        ("خرید: nemoone.ir", [], ["nemoone.ir"], ["nemoone.ir"]),
        ("خرید:nemoone.irلغو۱۱", [], ["nemoone.ir"], ["nemoone.ir"]),
        ("Shop.Nemoone.IR/x", [], ["shop.nemoone.ir"], ["shop.nemoone.ir"]),
        ("my.shop.ir", [], ["my.shop.ir"], ["my.shop.ir"]),
        ("nemoone.ir.", [], ["nemoone.ir"], ["nemoone.ir"]),
        ("http://nemoone.ir/a.b?c=d.ir", ["nemoone.ir"], ["nemoone.ir", "d.ir"], ["nemoone.ir", "d.ir"]),
        ("https://localhost/x", ["localhost"], ["localhost"], []),
        ("https://نمونه.ایران", ["https://"], ["https://"], ["https://"]),
        ("www.nemoone.ir", ["www.nemoone.ir"], ["www.nemoone.ir"], ["www.nemoone.ir"]),
        ("https://nemoone.ir@evil.com/", ["evil.com"], ["evil.com"], ["evil.com"]),
        ("http://10.0.0.1:8080", ["10.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]),
        ("10.0.0.1/x", [], ["10.0.0.1"], ["10.0.0.1"]),
        ("example.anything/x", [], ["example.anything"], ["example.anything"]),
        ("info@nemoone.ir", [], ["nemoone.ir"], ["nemoone.ir"]),
        ("nemoone.irani", [], [], ["nemoone.irani"]),
        ("nemoone.ir و nemoone.ir و b.com", [], ["nemoone.ir", "b.com"], ["nemoone.ir", "b.com"]),
        ("nem\u043eone.ir", [], ["nem\u043eone.ir"], ["nem\u043eone.ir"]),
        ("nemo\u200cone.ir", [], ["nemo\u200cone.ir"], ["nemo\u200cone.ir"]),
    ],
)
def test_each_filter_sees_its_links(text: str, strict: list[str], domain_like: list[str], any_dot: list[str]) -> None:
    assert [list(found(text, detector)) for detector in (STRICT, DOMAIN, ANY_DOT)] == [strict, domain_like, any_dot]


@pytest.mark.parametrize(
    ("host", "is_within"),
    [
        ("nemoone.ir", True),
        ("my.nemoone.ir", True),
        ("khabar-nemoone.ir", False),
        ("nemoone.ir.evil.com", False),
        ("ir", False),
        ("", False),
    ],
)
def test_a_host_leads_within_its_domain(host: str, is_within: bool) -> None:
    assert leads_within(host, ("x.com", "nemoone.ir")) is is_within
    assert not leads_within(host, ())


@given(st.text(alphabet="ab.-/:@w آ\u200c\u043e") | st.text())
def test_a_cruder_filter_sees_no_less(text: str) -> None:
    strict, domain_like, any_dot = (found(text, detector) for detector in (STRICT, DOMAIN, ANY_DOT))
    assert bool(domain_like) >= bool(strict)
    assert bool(domain_like) == any(True for _ in link_spans(fold(text)[0]))
    assert bool(any_dot) == ("." in fold(text)[0])
    assert all(host.isascii() or any(host in text.lower() for host in domain_like) for host in strict)


@given(
    st.from_regex(r"[a-z]{2,9}\.(ir|com|shop)", fullmatch=True), st.sampled_from(["", "/", "/x", ":80", "؟", " ", "."])
)
def test_a_host_is_found_whole(host: str, behind: str) -> None:
    for text in (f"خرید {host}{behind}", f"https://{host}{behind}", f"my.{host}{behind}"):
        [one] = found(text)
        assert leads_within(one, (host,))
