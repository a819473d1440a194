# The child process in which Perl's Net::SMPP talks to the operator; harness/driver.py says what it reads and writes.
#
# The client is the module's own: its binds, its PDUs, its decoding. What it leaves to its users, as they would do it, is
# done here: splitting, data_coding, and the answers to enquire_link, deliver_sm and unbind.
use strict;
use warnings;

use Encode qw(decode encode FB_CROAK);
use IO::Select;
use JSON::PP;

$| = 1;
my $json = JSON::PP->new->canonical->ascii;

BEGIN {
    eval { require Net::SMPP; 1 } or do {
        print STDERR "the Perl module Net::SMPP is not found\n";
        exit 1;
    };
}

my %COMMANDS = map { $_ => 1 } qw(submit query cancel replace enquire_link unbind);
my @CAPABILITIES = qw(
    transceiver transmitter receiver sessions several_sessions bind_fields
    receipts each_part_receipt mo long_text several_recipients schedule validity payload short_message
    service_type address_types esm_class protocol_id priority_flag registered_delivery replace_if_present_flag
    data_coding sm_default_msg_id data_sm query_sm cancel_sm replace_sm enquire_link
);
my %ENDS = (source_addr_ton => 0, source_addr_npi => 1, dest_addr_ton => 1, dest_addr_npi => 1);
my $UCS2         = 8;
my $RECEIPT_MASK = 0x3C;
my $RECEIPT      = 0x04;
my $RESPONSE     = 0x80000000;
my %NAMES        = (
    0x00000000 => 'generic_nack', 0x00000003 => 'query_sm', 0x00000004 => 'submit_sm',  0x00000005 => 'deliver_sm',
    0x00000006 => 'unbind',       0x00000007 => 'replace_sm', 0x00000008 => 'cancel_sm', 0x00000015 => 'enquire_link',
    0x00000021 => 'submit_multi', 0x00000102 => 'alert_notification', 0x00000103 => 'data_sm',
);
my %sessions;

sub report {
    my ($event, %fields) = @_;
    print $json->encode({event => $event, %fields}), "\n";
}

# Numbers leave as numbers: JSON::PP writes what was a string as a string.
sub tell_event {
    my ($session, $event, %fields) = @_;
    for my $name (qw(sequence_number command_status part parts data_coding octets)) {
        $fields{$name} += 0 if defined $fields{$name};
    }
    report($event, session => $session->{name}, %fields);
}

sub bind_session {
    my ($name, $bind) = @_;
    if ($bind->{tls}) {
        report('failed', session => $name, command => 'bind', reason => 'net-smpp cannot: tls');
        return;
    }
    my $session = {name => $name, submitted => {}, reference => $bind->{seed} & 0xFF};
    my $smpp = Net::SMPP->new_connect($bind->{host}, port => $bind->{port});
    if (!defined $smpp) {
        report('closed', session => $name, reason => "no connection: $!");
        return;
    }
    $session->{smpp} = $smpp;
    my $method = "bind_$bind->{type}";
    my %fields = %{$bind->{fields} // {}};
    my $number = $smpp->$method(
        async => 1, system_id => $bind->{system_id}, password => $bind->{password}, %fields,
    );
    tell_event($session, 'sent', pdu => $method, sequence_number => $number);
    $session->{bind} = $number;
    $sessions{$name} = $session;
}

sub submit {
    my ($session, $submit) = @_;
    die "net-smpp cannot: tlvs\n" if $submit->{tlvs};    # it makes a number of the value of an unknown tag
    my @parts = parts($session, $submit);
    for my $index (0 .. $#parts) {
        my $number = send_part($session, $submit, $parts[$index]);
        $session->{submitted}{$number} = [$submit->{tag}, $index + 1];
        tell_event(
            $session, 'sent',
            pdu         => submitting($submit),
            sequence_number => $number,
            tag         => $submit->{tag},
            part        => $index + 1,
            parts       => scalar @parts,
            data_coding => $parts[$index]{data_coding},
            octets      => length $parts[$index]{short_message} // $parts[$index]{message_payload},
        );
    }
}

sub submitting {
    my ($submit) = @_;
    return $submit->{also_to} ? 'submit_multi' : $submit->{pdu} // 'submit_sm';
}

sub send_part {
    my ($session, $submit, $part) = @_;
    my $method = submitting($submit);
    my %said = (%ENDS, %{$submit->{fields} // {}});
    my @to = ($submit->{destination}, @{$submit->{also_to} // []});
    if ($submit->{also_to}) {
        $said{$_} = [($said{$_}) x @to] for qw(dest_addr_ton dest_addr_npi);
    }
    my %times = $method eq 'data_sm' ? () : (
        schedule_delivery_time => $submit->{schedule} // '',
        validity_period        => $submit->{validity} // '',
    );
    return $session->{smpp}->$method(
        async               => 1,
        source_addr         => $submit->{source},
        destination_addr    => $submit->{also_to} ? \@to : $to[0],
        registered_delivery => $submit->{receipt} ? 1 : 0,
        %times, %said, %$part,
    );
}

# The parts of a text: for each the fields in which it differs from the others.
sub parts {
    my ($session, $submit) = @_;
    my $asked = ($submit->{fields} // {})->{data_coding};
    if (defined $submit->{octets}) {
        return {short_message => pack('H*', $submit->{octets}), data_coding => $asked // 0};
    }
    my $coding = $asked // (defined gsm($submit->{text}) ? 0 : $UCS2);
    my $octets = octets($submit->{text}, $coding);
    if ($submit->{payload} || ($submit->{pdu} // '') eq 'data_sm') {
        return {message_payload => $octets, data_coding => $coding};
    }
    my ($whole, $piece) = $coding == $UCS2 ? (70, 67) : (160, 153);
    my $size = $coding == $UCS2 ? length($octets) / 2 : length $octets;
    return {short_message => $octets, data_coding => $coding} if $size <= $whole;
    my @pieces = cut($submit->{text}, $piece, $coding);
    $session->{reference} = ($session->{reference} + 1) & 0xFF;
    my $esm_class = (($submit->{fields} // {})->{esm_class} // 0) | 0x40;
    return map {
        my $udh = pack('C6', 5, 0, 3, $session->{reference}, scalar @pieces, $_ + 1);
        {short_message => $udh . octets($pieces[$_], $coding), data_coding => $coding, esm_class => $esm_class}
    } 0 .. $#pieces;
}

# Whole characters, as many as fit a part.
sub cut {
    my ($text, $most, $coding) = @_;
    my @pieces = ('');
    my $taken = 0;
    for my $character (split //, $text) {
        my $size = length octets($character, $coding);
        $size /= 2 if $coding == $UCS2;
        if ($taken + $size > $most) {
            push @pieces, '';
            $taken = 0;
        }
        $pieces[-1] .= $character;
        $taken += $size;
    }
    return @pieces;
}

sub octets {
    my ($text, $coding) = @_;
    return encode('UTF-16BE', $text) if $coding == $UCS2;
    return encode('iso-8859-1', $text, FB_CROAK | Encode::LEAVE_SRC) if $coding == 3;
    my $octets = gsm($text);
    die "data_coding $coding lacks a character of the text\n" if !defined $octets;
    return $octets;
}

# GSM 03.38, or undef where it lacks a character.
sub gsm {
    my ($text) = @_;
    my $octets = eval { encode('gsm0338', $text, FB_CROAK | Encode::LEAVE_SRC) };
    return $octets;
}

sub query {
    my ($session, $asked) = @_;
    tell_sent($session, 'query_sm', message_id => $asked->{message_id}, source_addr => $asked->{source},
        source_addr_npi => 1);
}

sub cancel {
    my ($session, $asked) = @_;
    tell_sent($session, 'cancel_sm', %ENDS, message_id => $asked->{message_id}, source_addr => $asked->{source},
        destination_addr => $asked->{destination});
}

sub replace {
    my ($session, $asked) = @_;
    tell_sent(
        $session, 'replace_sm',
        message_id             => $asked->{message_id},
        source_addr            => $asked->{source},
        source_addr_npi        => 1,
        schedule_delivery_time => $asked->{schedule} // '',
        validity_period        => $asked->{validity} // '',
        registered_delivery    => $asked->{receipt} ? 1 : 0,
        short_message          => encode('UTF-16BE', $asked->{text}),
    );
}

sub enquire_link { tell_sent($_[0], 'enquire_link') }

sub unbind { tell_sent($_[0], 'unbind') }

sub tell_sent {
    my ($session, $method, @fields) = @_;
    my $number = $session->{smpp}->$method(async => 1, @fields);
    tell_event($session, 'sent', pdu => $method, sequence_number => $number);
}

sub close_session {
    my ($session, $reason) = @_;
    delete $sessions{$session->{name}};
    close $session->{smpp};
    tell_event($session, 'closed', reason => $reason);
}

# One PDU: Net::SMPP reads a whole one, waiting for its end.
sub look {
    my ($session) = @_;
    my $pdu;
    {
        local $SIG{__WARN__} = sub { };    # the end of a connection is warned of
        $pdu = eval { $session->{smpp}->read_pdu() };
    }
    if (!defined $pdu) {
        my $reason = $@ ? "Net::SMPP could not read a PDU: $@" : $session->{reason} // 'the operator closed the connection';
        close_session($session, $reason =~ s/\s+\z//r);
        return;
    }
    take($session, $pdu);
}

sub take {
    my ($session, $pdu) = @_;
    my $is_response = $pdu->{cmd} & $RESPONSE;
    my $name = $NAMES{$pdu->{cmd} & ~$RESPONSE} // '';
    if ($is_response && ($session->{bind} // -1) == $pdu->{seq}) {
        on_bound($session, $pdu);
    } elsif (!$is_response && $name eq 'enquire_link') {
        $session->{smpp}->enquire_link_resp(seq => $pdu->{seq});
        tell_event($session, 'enquire_link');
    } elsif (!$is_response && ($name eq 'deliver_sm' || $name eq 'data_sm')) {
        my $answer = "${name}_resp";
        $session->{smpp}->$answer(seq => $pdu->{seq}, message_id => '');
        on_delivered($session, $pdu);
    } elsif (!$is_response && $name eq 'unbind') {
        $session->{smpp}->unbind_resp(seq => $pdu->{seq});
        $session->{reason} = 'the operator unbound';
    } elsif ($is_response && $name eq 'generic_nack') {
        tell_event($session, 'generic_nack', sequence_number => $pdu->{seq}, command_status => $pdu->{status});
    } elsif ($is_response && $name eq 'unbind') {
        $session->{reason} = 'unbound';
        tell_event($session, 'unbound', command_status => $pdu->{status});
    } elsif ($is_response && $session->{submitted}{$pdu->{seq}}) {
        on_response($session, $pdu);
    } else {
        tell_pdu($session, $pdu, $name . ($is_response ? '_resp' : ''));
    }
}

sub on_bound {
    my ($session, $pdu) = @_;
    delete $session->{bind};
    tell_event($session, 'bound', command_status => $pdu->{status}, system_id => $pdu->{system_id} // '');
    close_session($session, 'not bound') if $pdu->{status};
}

sub on_response {
    my ($session, $pdu) = @_;
    my ($tag, $part) = @{delete $session->{submitted}{$pdu->{seq}}};
    tell_event(
        $session, 'response',
        tag             => $tag,
        part            => $part,
        sequence_number => $pdu->{seq},
        command_status  => $pdu->{status},
        message_id      => $pdu->{message_id} // '',
    );
}

sub on_delivered {
    my ($session, $pdu) = @_;
    my $octets = length($pdu->{short_message} // '') ? $pdu->{short_message} : $pdu->{message_payload} // '';
    my $text = ($pdu->{data_coding} // 0) == $UCS2 ? decode('UTF-16BE', $octets) : decode('gsm0338', $octets);
    my %ends = (source => $pdu->{source_addr}, destination => $pdu->{destination_addr}, text => $text);
    if (($pdu->{esm_class} & $RECEIPT_MASK) != $RECEIPT) {
        tell_event($session, 'mo', %ends);
        return;
    }
    my %said = map { $_ => $text =~ /\b$_:\s*(\S+)/i ? $1 : '' } qw(id stat err);
    my $id = defined $pdu->{receipted_message_id} ? unpack('Z*', $pdu->{receipted_message_id}) : $said{id};
    tell_event($session, 'receipt', message_id => $id, state => $said{stat}, err => $said{err}, %ends);
}

sub tell_pdu {
    my ($session, $pdu, $name) = @_;
    my %fields = map { $_ => $pdu->{$_} } grep { !ref $pdu->{$_} && defined $pdu->{$_} && /^[a-z]\w*_\w+$/ } keys %$pdu;
    delete @fields{qw(known_pdu)};
    $fields{$_} += 0 for grep { exists $fields{$_} } qw(message_state error_code);
    tell_event(
        $session, 'pdu',
        name            => $name eq '_resp' || $name eq '' ? sprintf('0x%08X', $pdu->{cmd}) : $name,
        command_status  => $pdu->{status},
        sequence_number => $pdu->{seq},
        fields          => \%fields,
    );
}

sub obey {
    my ($line) = @_;
    my $command = $json->decode($line);
    my ($name, $kind) = delete @$command{qw(session command)};
    my $session = $sessions{$name};
    my $failed = sub { report('failed', session => $name, command => $kind, reason => $_[0]) };
    return bind_session($name, $command) if $kind eq 'bind';
    return $failed->('this session is not bound') if !defined $session;
    return close_session($session, 'closed by the scenario') if $kind eq 'close';
    return $failed->("net-smpp's driver has no such command") if !$COMMANDS{$kind};
    no strict 'refs';
    eval { &{"main::$kind"}($session, $command); 1 } or $failed->($@ =~ s/\s+\z//r);
}

sub run {
    my $rest = '';
    while (1) {
        my %watched = map { fileno($_->{smpp}) => $_ } values %sessions;
        my $select = IO::Select->new(\*STDIN, map { $_->{smpp} } values %sessions);
        my %ready = map { fileno($_) => 1 } $select->can_read();
        look($watched{$_}) for grep { $watched{$_} } keys %ready;
        next if !$ready{fileno(STDIN)};
        my $octets = sysread STDIN, $rest, 65536, length $rest;
        return if !$octets;
        obey($1) while $rest =~ s/^(.*)\n//;
    }
}

report('hello', driver => 'net-smpp', version => "$Net::SMPP::VERSION", capabilities => \@CAPABILITIES);
run();
close_session($_, 'the runner ended') for values %sessions;
