"""The other ways to submit: what data_sm and submit_multi are in terms of submit_sm.

A message centre judges and keeps messages; how they were brought is told here and forgotten.
"""

from collections.abc import Iterator, Mapping

from simulator.smpp.pdus import DataSm, DistributionList, SmeAddress, SubmitMulti, SubmitSm


class UnknownListError(Exception):
    """A submit_multi names a distribution list that its account does not have."""


def from_data_sm(pdu: DataSm) -> SubmitSm:
    """The submit_sm that says the same as a data_sm; its text stays in message_payload (5.0, 4.2.2)."""
    return SubmitSm(
        service_type=pdu.service_type,
        source_addr_ton=pdu.source_addr_ton,
        source_addr_npi=pdu.source_addr_npi,
        source_addr=pdu.source_addr,
        dest_addr_ton=pdu.dest_addr_ton,
        dest_addr_npi=pdu.dest_addr_npi,
        destination_addr=pdu.destination_addr,
        esm_class=pdu.esm_class,
        registered_delivery=pdu.registered_delivery,
        data_coding=pdu.data_coding,
        tlvs=pdu.tlvs,
    )


def from_submit_multi(pdu: SubmitMulti, lists: Mapping[str, tuple[str, ...]]) -> Iterator[SubmitSm]:
    """A submit_sm for every destination, each once; `lists` are the account's distribution lists by name.

    Raises:
        UnknownListError: There is no such list.
    """
    for destination in dict.fromkeys(_destinations(pdu, lists)):
        yield SubmitSm(
            service_type=pdu.service_type,
            source_addr_ton=pdu.source_addr_ton,
            source_addr_npi=pdu.source_addr_npi,
            source_addr=pdu.source_addr,
            dest_addr_ton=destination.dest_addr_ton,
            dest_addr_npi=destination.dest_addr_npi,
            destination_addr=destination.destination_addr,
            esm_class=pdu.esm_class,
            protocol_id=pdu.protocol_id,
            priority_flag=pdu.priority_flag,
            schedule_delivery_time=pdu.schedule_delivery_time,
            validity_period=pdu.validity_period,
            registered_delivery=pdu.registered_delivery,
            replace_if_present_flag=pdu.replace_if_present_flag,
            data_coding=pdu.data_coding,
            sm_default_msg_id=pdu.sm_default_msg_id,
            short_message=pdu.short_message,
            tlvs=pdu.tlvs,
        )


def _destinations(pdu: SubmitMulti, lists: Mapping[str, tuple[str, ...]]) -> Iterator[SmeAddress]:
    for destination in pdu.dest_address:
        if isinstance(destination, DistributionList):
            if destination.dl_name not in lists:
                raise UnknownListError(destination.dl_name)
            yield from (SmeAddress(destination_addr=member) for member in lists[destination.dl_name])
        else:
            yield destination
