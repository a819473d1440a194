# Perl's Net::SMPP as an ESME; what it is asked and what it tells is in tests/e2e/conversation.py.
use strict;
use warnings;

use Encode qw(encode);
use JSON::PP;
use Net::SMPP;

my $SUBMIT_SM_RESP  = 0x80000004;
my $DELIVER_SM      = 0x00000005;
my $ENQUIRE_LINK    = 0x00000015;
my $UNBIND_RESP     = 0x80000006;
my $PART_CHARACTERS = 67;

$| = 1;
my $json = JSON::PP->new->canonical->ascii;
my $job  = JSON::PP->new->utf8->decode(do { local $/; <STDIN> });
my (%unanswered, %accepted, %reported);

sub tell_event {
    my ($event, %fields) = @_;
    print $json->encode({event => $event, %fields}), "\n";
}

my ($smpp, $bound) = Net::SMPP->new_transceiver(
    $job->{host},
    port      => $job->{port},
    system_id => $job->{system_id},
    password  => $job->{password},
);
defined $bound or die "no connection, or no answer to the bind: $!\n";

tell_event('bound', command_status => $bound->{status}, system_id => $bound->{system_id} // '');
exit if $bound->{status};

my $number = 0;
submit($number++, $_) for @{$job->{messages}};
handle($smpp->read_pdu() // die "the operator closed the connection\n") while is_waiting();
leave();

sub submit {
    my ($number, $message) = @_;
    my @parts = $message->{text} =~ /.{1,$PART_CHARACTERS}/gs;
    @parts = ($message->{text}) if length $message->{text} <= 70;
    my $reference = int rand 0x10000;
    for my $part (1 .. @parts) {
        my @sar = @parts == 1 ? () : (
            sar_msg_ref_num    => pack('n', $reference),
            sar_total_segments => pack('C', scalar @parts),
            sar_segment_seqnum => pack('C', $part),
        );
        my $sequence_number = $smpp->submit_sm(
            async               => 1,    # otherwise receipts that come before the answer are thrown away
            source_addr         => $message->{source},
            dest_addr_ton       => 1,
            dest_addr_npi       => 1,
            destination_addr    => $message->{destination},
            data_coding         => 8,
            short_message       => encode('UTF-16BE', $parts[$part - 1]),
            registered_delivery => 1,
            @sar,                        # sar_msg_ref_num, sar_total_segments, sar_segment_seqnum of a part
        );
        $unanswered{$sequence_number} = [$number, $part];
    }
}

sub is_waiting { return %unanswered || grep { !$reported{$_} } keys %accepted }

sub handle {
    my ($pdu) = @_;
    return on_response($pdu) if $pdu->{cmd} == $SUBMIT_SM_RESP;
    return on_receipt($pdu) if $pdu->{cmd} == $DELIVER_SM;
    return $smpp->enquire_link_resp(seq => $pdu->{seq}) if $pdu->{cmd} == $ENQUIRE_LINK;
    die 'not expected: ' . $pdu->explain_cmd . "\n";
}

sub on_response {
    my ($pdu) = @_;
    my ($message, $part) = @{delete $unanswered{$pdu->{seq}}};
    my $id = $pdu->{message_id} // '';
    tell_event('response', message => $message, part => $part, command_status => $pdu->{status}, message_id => $id);
    $accepted{$id} = 1 unless $pdu->{status};
}

sub on_receipt {
    my ($pdu) = @_;
    $smpp->deliver_sm_resp(seq => $pdu->{seq}, message_id => '');
    my $id    = unpack 'Z*', $pdu->{receipted_message_id};
    my $state = unpack 'C', $pdu->{message_state};
    tell_event('receipt', message_id => $id, state => $state, text => $pdu->{short_message});
    $reported{$id} = 1;
}

sub leave {
    my $pdu = $smpp->unbind();
    tell_event('unbound', command => 'unbind_resp', command_status => $pdu->{status}) if $pdu->{cmd} == $UNBIND_RESP;
    tell_event('closed') if !sysread $smpp, my $octet, 1;
}
