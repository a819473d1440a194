// The npm package smpp as an ESME; what it is asked and what it tells is in tests/e2e/conversation.py.
'use strict';

const fs = require('node:fs');
const smpp = require('smpp');

const PART_OCTETS = 132; // an even number of octets, so that no character is cut, behind a header of 7 octets

const job = JSON.parse(fs.readFileSync(0, 'utf8'));
const accepted = new Set();
const reported = new Set();
let unanswered = 0;
let leaving = false;

function tell(event, fields) {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n');
}

const session = smpp.connect({ host: job.host, port: job.port }, () => {
  session.bind_transceiver({ system_id: job.system_id, password: job.password }, onBound);
});
session.on('enquire_link', (pdu) => session.send(pdu.response()));
session.on('deliver_sm', (pdu) => {
  session.send(pdu.response());
  onReceipt(pdu);
});
session.on('close', () => tell('closed'));
session.on('error', (error) => {
  throw error;
});

function onBound(pdu) {
  tell('bound', { command_status: pdu.command_status, system_id: pdu.system_id || '' });
  if (pdu.command_status !== smpp.ESME_ROK) {
    session.close();
    return;
  }
  job.messages.forEach((message, number) => submit(number, message));
}

function submit(number, { source, destination, text }) {
  shortMessages(text).forEach((shortMessage, index) => {
    unanswered += 1;
    session.submit_sm({
      source_addr: source,
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      destination_addr: destination,
      data_coding: 8,
      short_message: shortMessage, // a string, or { udh, message } for a part
      registered_delivery: 1,
    }, (pdu) => onResponse(number, index + 1, pdu));
  });
}

// The package splits nothing: each part is a header with a 16-bit reference, and its piece of the text.
function shortMessages(text) {
  const octets = Buffer.from(text, 'utf16le').swap16();
  if (octets.length <= 140) {
    return [text];
  }
  const total = Math.ceil(octets.length / PART_OCTETS);
  const reference = Math.floor(Math.random() * 0x10000);
  return Array.from({ length: total }, (_, index) => ({
    udh: Buffer.from([6, 8, 4, reference >> 8, reference & 0xff, total, index + 1]),
    message: octets.subarray(index * PART_OCTETS, (index + 1) * PART_OCTETS),
  }));
}

function onResponse(message, part, pdu) {
  tell('response', { message, part, command_status: pdu.command_status, message_id: pdu.message_id || '' });
  unanswered -= 1;
  if (pdu.command_status === smpp.ESME_ROK) {
    accepted.add(pdu.message_id);
  }
  leaveWhenDone();
}

function onReceipt(pdu) {
  tell('receipt', {
    message_id: pdu.receipted_message_id,
    state: pdu.message_state,
    text: pdu.short_message.message.toString(),
  });
  reported.add(pdu.receipted_message_id);
  leaveWhenDone();
}

function leaveWhenDone() {
  if (leaving || unanswered > 0 || [...accepted].some((id) => !reported.has(id))) {
    return;
  }
  leaving = true;
  session.unbind((pdu) => tell('unbound', { command: pdu.command, command_status: pdu.command_status }));
}
