// The server of the npm package smpp, which accepts all and does nothing else: a peer for the benchmarks.
'use strict';

const fs = require('node:fs');
const smpp = require('smpp');

let last = 0;

function accept(session, pdu) {
  last += 1;
  session.send(pdu.response({ message_id: String(last).padStart(10, '0') }));
  if (pdu.registered_delivery) {
    session.deliver_sm({
      source_addr: pdu.destination_addr,
      destination_addr: pdu.source_addr,
      esm_class: 4,
      short_message: `id:${String(last).padStart(10, '0')} sub:001 dlvrd:001 stat:DELIVRD err:000 text:`,
    });
  }
}

const server = smpp.createServer((session) => {
  session.on('bind_transceiver', (pdu) => session.send(pdu.response({ system_id: 'node' })));
  session.on('submit_sm', (pdu) => accept(session, pdu));
  session.on('unbind', (pdu) => session.send(pdu.response()));
  session.on('error', () => session.close());
});
server.listen(0, '127.0.0.1', () => {
  fs.writeFileSync(process.argv[2], JSON.stringify({ smpp: ['127.0.0.1', server.address().port] }));
});
