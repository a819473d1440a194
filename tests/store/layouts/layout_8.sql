CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY, outcome TEXT NOT NULL, rule TEXT, clause TEXT, violation INTEGER NOT NULL,
    content TEXT, trace TEXT NOT NULL, until REAL
);
CREATE TABLE messages (
    number INTEGER PRIMARY KEY, message_id TEXT NOT NULL, received_at REAL NOT NULL, account TEXT NOT NULL,
    source TEXT NOT NULL, line TEXT, line_type TEXT, destination TEXT NOT NULL, recipient TEXT, operator TEXT,
    text TEXT NOT NULL,
    data_coding INTEGER NOT NULL, service_type TEXT NOT NULL, source_ton INTEGER NOT NULL, source_npi INTEGER NOT NULL,
    destination_ton INTEGER NOT NULL, destination_npi INTEGER NOT NULL, reference INTEGER, total INTEGER, part INTEGER,
    registered_delivery INTEGER NOT NULL,
    command_status INTEGER NOT NULL, state INTEGER NOT NULL, err TEXT NOT NULL, done_at REAL,
    verdict INTEGER REFERENCES verdicts (id),
    scheduled_for REAL, valid_until REAL NOT NULL, attempts INTEGER NOT NULL, due REAL,
    cost INTEGER NOT NULL DEFAULT 0, refunded_at REAL, pdu BLOB
);
CREATE TABLE receipts (
    number INTEGER PRIMARY KEY, message INTEGER NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL,
    state INTEGER NOT NULL, err TEXT NOT NULL, network_error INTEGER, made_at REAL NOT NULL, sent_at REAL,
    attempts INTEGER NOT NULL, acknowledged_at REAL, given_up_at REAL
);
CREATE TABLE mo_messages (
    number INTEGER PRIMARY KEY, account TEXT NOT NULL, line TEXT NOT NULL, subscriber TEXT NOT NULL, text TEXT NOT NULL,
    data_coding INTEGER NOT NULL, reference INTEGER, total INTEGER, part INTEGER, octets BLOB NOT NULL,
    made_at REAL NOT NULL, sent_at REAL, attempts INTEGER NOT NULL, acknowledged_at REAL, given_up_at REAL
);
CREATE TABLE waiting_parts (
    message INTEGER PRIMARY KEY, kind TEXT NOT NULL, octets BLOB NOT NULL, locking INTEGER NOT NULL,
    single INTEGER NOT NULL, header_size INTEGER NOT NULL
);
CREATE TABLE broadcasts (
    number INTEGER PRIMARY KEY, account TEXT NOT NULL, received_at REAL NOT NULL, pdu BLOB NOT NULL, cancelled_at REAL
);
CREATE TABLE changes (
    number INTEGER PRIMARY KEY, at REAL NOT NULL, origin TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1), wall REAL NOT NULL, shown REAL NOT NULL, speed REAL NOT NULL
);
CREATE TABLE sendings (
    message INTEGER NOT NULL, at INTEGER NOT NULL, line TEXT NOT NULL, parts INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE violations (
    line TEXT NOT NULL, message INTEGER NOT NULL, at REAL NOT NULL, rule TEXT NOT NULL, clause TEXT NOT NULL,
    slate INTEGER NOT NULL
);
CREATE TABLE former_violations (
    line TEXT NOT NULL, slate INTEGER NOT NULL, rule TEXT NOT NULL, clause TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (line, slate, rule, clause)
);
CREATE TABLE former_costs (account TEXT PRIMARY KEY, rials INTEGER NOT NULL);
CREATE TABLE room (octets BLOB NOT NULL);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL,
    state INTEGER NOT NULL, err TEXT NOT NULL, network_error INTEGER, until REAL
);
CREATE TABLE last_numbers (name TEXT PRIMARY KEY, number INTEGER NOT NULL);
CREATE TABLE mutations (
    number INTEGER PRIMARY KEY, at REAL NOT NULL, wall REAL NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    client TEXT NOT NULL, origin TEXT NOT NULL, agent TEXT NOT NULL, body TEXT, status INTEGER NOT NULL,
    outcome TEXT NOT NULL, changes TEXT NOT NULL
);
CREATE INDEX receipts_by_message ON receipts (message);
CREATE INDEX turns_by_message ON turns (message);
