/** Programs that bind, send one message and print what comes back, each for one client; the tests run the first. */

const PASSWORD = "panel";
const TEXT = "سفارش شما ثبت شد.";
const TO = "989121234567";

export const SNIPPETS = [
  {
    name: "Python · smpplib",
    program: ({ host, port, account, line }) => `# pip install smpplib
import smpplib.client
import smpplib.gsm

client = smpplib.client.Client("${host}", ${port}, allow_unknown_opt_params=True)
client.set_message_sent_handler(lambda pdu: print("accepted as", pdu.message_id.decode()))
client.set_message_received_handler(lambda pdu: print("receipt:", pdu.short_message.decode()))
client.set_error_pdu_handler(lambda pdu: print("refused with status", hex(pdu.status)))
client.connect()
client.bind_transceiver(system_id="${account}", password="${PASSWORD}")

parts, data_coding, esm_class = smpplib.gsm.make_parts("${TEXT}")
for part in parts:
    client.send_message(
        source_addr="${line}",
        destination_addr="${TO}",
        short_message=part,
        data_coding=data_coding,
        esm_class=esm_class,
        registered_delivery=1,
    )
client.listen()
`,
  },
  {
    name: "Node.js · smpp",
    program: ({ host, port, account, line }) => `// npm install smpp
const smpp = require('smpp');

const session = smpp.connect({ host: '${host}', port: ${port} }, () => {
  session.bind_transceiver({ system_id: '${account}', password: '${PASSWORD}' }, (bound) => {
    if (bound.command_status !== 0) throw new Error('not bound: ' + bound.command_status);
    session.submit_sm({
      source_addr: '${line}',
      destination_addr: '${TO}',
      data_coding: 8,
      short_message: '${TEXT}',
      registered_delivery: 1,
    }, (answer) => console.log('status', answer.command_status, 'message_id', answer.message_id));
  });
});
session.on('enquire_link', (pdu) => session.send(pdu.response()));
session.on('deliver_sm', (pdu) => {
  session.send(pdu.response());
  console.log('receipt:', pdu.short_message.message);
});
`,
  },
  {
    name: "Kannel",
    program: ({ host, port, account }) => `# in kannel.conf; then ask sendsms for a message with charset=UTF-8&coding=2&dlr-mask=31
group = smsc
smsc = smpp
smsc-id = khatban
host = "${host}"
port = ${port}
transceiver-mode = true
smsc-username = "${account}"
smsc-password = "${PASSWORD}"
system-type = ""
alt-charset = "UTF-8"
`,
  },
];
