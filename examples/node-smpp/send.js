// Sends one text by the npm package smpp, and waits for its receipt.
// usage: node send.js TO TEXT [LINE]
'use strict';

const smpp = require('smpp');

const [to, text, line = '3000200020'] = process.argv.slice(2);
if (text === undefined) {
  console.error('usage: node send.js TO TEXT [LINE]');
  process.exit(2);
}
const url = `smpp://${process.env.SMSC_HOST || '127.0.0.1'}:${process.env.SMSC_PORT || 2775}`;

const session = smpp.connect({ url }, () => {
  session.bind_transceiver({ system_id: 'panel', password: 'panel' }, (pdu) => {
    if (pdu.command_status !== smpp.ESME_ROK) end(`bind refused ${hex(pdu.command_status)}`, 1);
    else submit();
  });
});
session.on('error', (error) => end(error.message, 3));
session.on('enquire_link', (pdu) => session.send(pdu.response())); // it answers nothing by itself
session.on('deliver_sm', (pdu) => {
  session.send(pdu.response());
  const state = Object.keys(smpp.consts.MESSAGE_STATE).find((name) => smpp.consts.MESSAGE_STATE[name] === pdu.message_state);
  end(`receipt ${pdu.receipted_message_id} ${state}`, state === 'DELIVERED' ? 0 : 1);
});

function submit() {
  const message = { source_addr: line, dest_addr_ton: 1, destination_addr: to, data_coding: 8, registered_delivery: 1 };
  // It does not split: a text beyond 70 characters goes whole, as message_payload.
  const body = text.length > 70 ? { message_payload: text } : { short_message: text };
  session.submit_sm({ ...message, ...body }, (pdu) => {
    if (pdu.command_status !== smpp.ESME_ROK) end(`refused ${hex(pdu.command_status)}`, 1);
    else console.log(`accepted ${pdu.message_id}`);
  });
}

function hex(status) {
  return `0x${status.toString(16).padStart(8, '0')}`;
}

function end(words, status) {
  console.log(words);
  process.exitCode = status;
  session.unbind(() => session.close());
}
