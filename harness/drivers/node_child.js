// The child process in which the npm package smpp talks to the operator; harness/driver.py says what it reads and writes.
//
// The client is the package's own: its binds, its encoding, its decoding. What it leaves to its users, as they would do
// it, is done here: splitting, data_coding, the answers to enquire_link, deliver_sm and unbind.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');

const options = JSON.parse(process.env.KHATBAN_DRIVER_OPTIONS || '{}');
const { smpp, version } = load();

const CAPABILITIES = [
  'transceiver', 'transmitter', 'receiver', 'sessions', 'several_sessions', 'bind_fields', 'tls',
  'receipts', 'each_part_receipt', 'mo', 'long_text', 'several_recipients', 'schedule', 'validity', 'tlvs', 'payload',
  'short_message', 'service_type', 'address_types', 'esm_class', 'protocol_id', 'priority_flag', 'registered_delivery',
  'replace_if_present_flag', 'data_coding', 'sm_default_msg_id', 'data_sm', 'query_sm', 'cancel_sm', 'replace_sm',
  'enquire_link',
];
const ENDS = { source_addr_ton: 0, source_addr_npi: 1, dest_addr_ton: 1, dest_addr_npi: 1 };
const UCS2 = 8;
const UDHI = 0x40;
const RECEIPT_MASK = 0x3c;
const RECEIPT = 0x04;
const SHORT_OCTETS = 140;
const SEPTETS = { whole: 160, part: 153 };
const UNITS = { whole: 70, part: 67 };
const MESSAGE_PAYLOAD = 0x0424;

const sessions = new Map();

// The package is looked for where the user says, beside his own program, and where Node.js always looks.
function load() {
  const paths = [...(options.modules ? [path.resolve(options.modules)] : []), process.cwd()];
  try {
    const { version } = require(require.resolve('smpp/package.json', { paths }));
    return { smpp: require(require.resolve('smpp', { paths })), version };
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
  }
  process.stderr.write('the npm package smpp is not found\n');
  return process.exit(1);
}

function report(event, fields) {
  fs.writeSync(1, JSON.stringify({ event, ...fields }) + '\n');
}

class Session {
  constructor(name, bind) {
    this.name = name;
    this.reason = 'the operator closed the connection';
    this.reference = bind.seed >>> 0;
    const to = { host: bind.host, port: bind.port };
    if (bind.tls) {
      Object.assign(to, { tls: true, rejectUnauthorized: Boolean(bind.tls.ca) });
      if (bind.tls.ca) to.ca = fs.readFileSync(bind.tls.ca);
    }
    this.smpp = smpp.connect(to, () => this.bind(bind));
    this.smpp.on('pdu', (pdu) => this.onPdu(pdu));
    this.smpp.on('error', (error) => this.onError(error));
    this.smpp.on('close', () => this.onClose());
  }

  report(event, fields) {
    report(event, { session: this.name, ...fields });
  }

  // Sends a PDU and reports so; the answer goes to onAnswer, or is reported as it came.
  send(pdu, told, onAnswer) {
    this.smpp.send(pdu, onAnswer || ((answer) => this.tellPdu(answer)));
    this.report('sent', { pdu: pdu.command, sequence_number: pdu.sequence_number, ...told });
  }

  bind({ type, system_id, password, fields }) {
    const pdu = new smpp.PDU(`bind_${type}`, { system_id, password, ...fields });
    this.send(pdu, {}, (answer) => {
      this.report('bound', { command_status: answer.command_status, system_id: answer.system_id || '' });
      if (answer.command_status) {
        this.close('not bound');
      }
    });
  }

  submit(submit) {
    const parts = shortMessages(submit, () => this.nextReference());
    parts.forEach((part, index) => {
      const { command, fields } = submitted(submit, part);
      const pdu = new smpp.PDU(command, fields);
      withTlvs(pdu, submit, part);
      const told = { tag: submit.tag, part: index + 1, parts: parts.length, data_coding: part.data_coding };
      this.send(pdu, { ...told, octets: part.octets.length }, (answer) => this.onResponse(submit.tag, index + 1, answer));
    });
  }

  query({ message_id, source }) {
    this.send(new smpp.PDU('query_sm', { message_id, source_addr: source, source_addr_npi: 1 }));
  }

  cancel({ message_id, source, destination }) {
    const ends = { ...ENDS, source_addr: source, destination_addr: destination };
    this.send(new smpp.PDU('cancel_sm', { message_id, ...ends }));
  }

  replace({ message_id, source, text, receipt, schedule, validity }) {
    this.send(new smpp.PDU('replace_sm', {
      message_id,
      source_addr: source,
      source_addr_npi: 1,
      schedule_delivery_time: schedule || '',
      validity_period: validity || '',
      registered_delivery: Number(receipt),
      short_message: utf16(text),
    }));
  }

  enquire_link() {
    this.send(new smpp.PDU('enquire_link'));
  }

  unbind() {
    this.send(new smpp.PDU('unbind'), {}, (answer) => {
      this.reason = 'unbound';
      this.report('unbound', { command_status: answer.command_status });
    });
  }

  close(reason) {
    this.reason = reason;
    this.smpp.destroy();
  }

  nextReference() {
    this.reference = (this.reference * 1103515245 + 12345) >>> 0;
    return (this.reference >>> 8) & 0xffff;
  }

  onPdu(pdu) {
    if (pdu.command === 'enquire_link') {
      this.smpp.send(pdu.response());
      this.report('enquire_link', {});
    } else if (pdu.command === 'deliver_sm' || pdu.command === 'data_sm') {
      this.smpp.send(pdu.response());
      this.onDelivered(pdu);
    } else if (pdu.command === 'unbind') {
      this.reason = 'the operator unbound';
      this.smpp.send(pdu.response());
      this.smpp.close();
    } else if (pdu.command === 'generic_nack') {
      this.report('generic_nack', { sequence_number: pdu.sequence_number, command_status: pdu.command_status });
    } else if (!pdu.isResponse()) {
      this.tellPdu(pdu);
    }
  }

  onResponse(tag, part, pdu) {
    if (pdu.command === 'generic_nack') {
      return; // told already, and no answer to the submit
    }
    const { sequence_number, command_status } = pdu;
    this.report('response', { tag, part, sequence_number, command_status, message_id: pdu.message_id || '' });
  }

  onDelivered(pdu) {
    const text = textOf(pdu);
    const ends = { source: pdu.source_addr, destination: pdu.destination_addr, text };
    if ((pdu.esm_class & RECEIPT_MASK) !== RECEIPT) {
      this.report('mo', ends);
      return;
    }
    const [id, state, err] = ['id', 'stat', 'err'].map((key) => wordOf(text, key));
    this.report('receipt', { message_id: pdu.receipted_message_id || id, state, err, ...ends });
  }

  tellPdu(pdu) {
    const { command, command_status, sequence_number } = pdu;
    const head = ['command', 'command_length', 'command_id', 'command_status', 'sequence_number'];
    const fields = Object.fromEntries(
      Object.entries(pdu).filter(([key]) => !head.includes(key)).map(([key, value]) => [key, plain(value)]),
    );
    this.report('pdu', { name: command, command_status, sequence_number, fields });
  }

  onError(error) {
    this.reason = `${error.name}: ${error.message}`;
    this.smpp.destroy();
  }

  onClose() {
    sessions.delete(this.name);
    this.report('closed', { reason: this.reason });
  }
}

// The parts of a text: each with the octets and data_coding that it has, and the header that says which part it is.
function shortMessages(submit, reference) {
  const asked = (submit.fields || {}).data_coding;
  if (submit.octets !== undefined) {
    return [{ octets: Buffer.from(submit.octets, 'hex'), data_coding: asked || 0 }];
  }
  const isGsm = smpp.encodings.ASCII.match(submit.text);
  const dataCoding = asked === undefined ? (isGsm ? 0 : UCS2) : asked;
  const limits = dataCoding === UCS2 ? UNITS : SEPTETS;
  const encode = (text) => ({ octets: encoded(text, dataCoding), data_coding: dataCoding });
  const whole = encode(submit.text);
  const isWhole = submit.payload || submit.pdu === 'data_sm' || whole.octets.length <= SHORT_OCTETS
    || (dataCoding !== UCS2 && whole.octets.length <= limits.whole);
  if (isWhole) {
    return [whole];
  }
  const pieces = cut(submit.text, limits.part, dataCoding);
  const number = reference();
  return pieces.map((piece, index) => ({
    ...encode(piece),
    udh: Buffer.from([6, 8, 4, number >> 8, number & 0xff, pieces.length, index + 1]),
  }));
}

// Whole characters, as many as fit a part; an extension character of GSM takes two septets, a 16-bit header one more.
function cut(text, limit, dataCoding) {
  const most = limit - 1;
  const pieces = [''];
  let taken = 0;
  for (const character of text) {
    const size = dataCoding === UCS2 ? character.length : encoded(character, dataCoding).length;
    if (taken + size > most) {
      pieces.push('');
      taken = 0;
    }
    pieces[pieces.length - 1] += character;
    taken += size;
  }
  return pieces;
}

function encoded(text, dataCoding) {
  if (dataCoding === UCS2) return utf16(text);
  if (dataCoding === 3) return smpp.encodings.LATIN1.encode(text);
  return smpp.encodings.ASCII.encode(text);
}

function submitted(submit, part) {
  const fields = {
    ...ENDS,
    source_addr: submit.source,
    destination_addr: submit.destination,
    schedule_delivery_time: submit.schedule || '',
    validity_period: submit.validity || '',
    registered_delivery: Number(submit.receipt),
    ...submit.fields,
    data_coding: part.data_coding,
  };
  const isPayload = submit.payload || submit.pdu === 'data_sm';
  fields.short_message = isPayload ? Buffer.alloc(0) : Buffer.concat([part.udh || Buffer.alloc(0), part.octets]);
  if (part.udh) fields.esm_class = (fields.esm_class || 0) | UDHI;
  if (!submit.also_to) return { command: submit.pdu || 'submit_sm', fields };
  const { dest_addr_ton, dest_addr_npi, destination_addr, ...others } = fields;
  const numbers = [destination_addr, ...submit.also_to];
  const dest_address = numbers.map((number) => ({ dest_addr_ton, dest_addr_npi, destination_addr: number }));
  return { command: 'submit_multi', fields: { ...others, dest_address } };
}

// TLVs as they are told: the package writes those that it knows by name, so each gets a name of ours.
function withTlvs(pdu, submit, part) {
  const isPayload = submit.payload || submit.pdu === 'data_sm';
  const own = isPayload ? [{ tag: MESSAGE_PAYLOAD, value: part.octets.toString('hex') }] : [];
  [...(submit.tlvs || []), ...own].forEach(({ tag, value }) => {
    const name = `khatban_${tag}`;
    smpp.tlvs[name] = { id: tag, tag: name, type: smpp.tlvs.message_payload.type };
    pdu[name] = Buffer.from(value, 'hex');
  });
}

function textOf(pdu) {
  const found = (pdu.short_message && pdu.short_message.message) || (pdu.message_payload && pdu.message_payload.message);
  return found === undefined || found === null ? '' : found.toString();
}

function wordOf(text, key) {
  const found = new RegExp(`\\b${key}:\\s*(\\S+)`, 'i').exec(text);
  return found ? found[1] : '';
}

function utf16(text) {
  return Buffer.from(text, 'utf16le').swap16();
}

function plain(value) {
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (value instanceof Date) return value.toISOString();
  return value === undefined ? null : value;
}

const COMMANDS = ['submit', 'query', 'cancel', 'replace', 'enquire_link', 'unbind'];

function obey({ session: name, command, ...fields }) {
  const session = sessions.get(name);
  if (command === 'bind') {
    sessions.set(name, new Session(name, fields));
  } else if (!session) {
    report('failed', { session: name, command, reason: 'this session is not bound' });
  } else if (command === 'close') {
    session.close('closed by the scenario');
  } else if (!COMMANDS.includes(command)) {
    report('failed', { session: name, command, reason: "node's driver has no such command" });
  } else {
    session[command](fields);
  }
}

function carryOut(line) {
  const command = JSON.parse(line);
  try {
    obey(command);
  } catch (error) {
    const reason = `${error.name}: ${error.message}`;
    report('failed', { session: command.session, command: command.command, reason });
  }
}

report('hello', { driver: 'node', version, capabilities: CAPABILITIES });
const lines = readline.createInterface({ input: process.stdin });
lines.on('line', carryOut);
lines.on('close', () => {
  if (sessions.size === 0) process.exit(0);
  sessions.forEach((session) => {
    session.smpp.on('close', () => sessions.size === 0 && process.exit(0));
    session.close('the runner ended');
  });
});
