#!/usr/bin/perl
# Sends one text by Net::SMPP, and waits for its receipt.
# usage: perl send.pl TO TEXT [LINE]
use strict;
use warnings;
use open qw(:std :encoding(UTF-8));
use Encode qw(decode encode);
use Net::SMPP;

my ($to, $text, $line) = map { decode('UTF-8', $_) } @ARGV;
die "usage: perl send.pl TO TEXT [LINE]\n" if !defined $text;
my %state = (2 => 'DELIVERED', 3 => 'EXPIRED', 4 => 'DELETED', 5 => 'UNDELIVERABLE', 7 => 'UNKNOWN', 8 => 'REJECTED');

# In list context it gives the answer too, by which a refused bind is told.
my ($smpp, $bound) = Net::SMPP->new_transceiver(
    $ENV{SMSC_HOST} // '127.0.0.1',
    port      => $ENV{SMSC_PORT} // 2775,
    system_id => 'panel',
    password  => 'panel',
) or die "no operator answers\n";
die sprintf("bind refused 0x%08x\n", $bound->{status}) if $bound->{status};

# A text beyond 70 characters goes whole, as message_payload.
my $octets = encode('UTF-16BE', $text);
my @body = length $text > 70 ? (short_message => '', message_payload => $octets) : (short_message => $octets);
$smpp->submit_sm(
    async               => 1,                      # or a receipt that comes before the answer is thrown away
    source_addr         => $line // '3000200020',
    dest_addr_ton       => 1,
    destination_addr    => $to,
    data_coding         => 8,
    registered_delivery => 1,
    @body,
);

my $outcome;
while (!defined $outcome) {
    my $pdu = $smpp->read_pdu() or die "the operator closed the connection\n";
    if ($pdu->{cmd} == Net::SMPP::CMD_submit_sm_resp) {
        if ($pdu->{status}) {
            printf "refused 0x%08x\n", $pdu->{status};
            $outcome = 1;
        }
        else {
            print "accepted $pdu->{message_id}\n";
        }
    }
    elsif ($pdu->{cmd} == Net::SMPP::CMD_enquire_link) {
        $smpp->enquire_link_resp(seq => $pdu->{seq});
    }
    elsif ($pdu->{cmd} == Net::SMPP::CMD_deliver_sm) {
        $smpp->deliver_sm_resp(seq => $pdu->{seq}, message_id => '');
        my $state = $state{ unpack 'C', $pdu->{message_state} };
        print 'receipt ', unpack('Z*', $pdu->{receipted_message_id}), " $state\n";
        $outcome = $state eq 'DELIVERED' ? 0 : 1;
    }
}
$smpp->unbind();
exit $outcome;
