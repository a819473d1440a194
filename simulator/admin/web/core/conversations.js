/**
 * A handset's conversations: all that it got, wrote and decided, put together by whom it was with, as a phone does.
 *
 * A conversation is `{with, entries}`, its entries the earliest first. An entry has a `kind`:
 *
 *   came    a message to the handset: `{at, text, ids, state, verdict, rule, has, of}`; of a long one all parts that came are one
 *   wrote   a message of the handset: `{at, text, outcome}`, the outcome null where it went to the line's account
 *   reply   what the operator wrote back: `{at, text}`
 *   note    what was decided of the subscriber: `{at, what, origin}`, `what` being the kind of the change
 */

const NOTED = ["opt-out", "opt-in", "stop-header", "rejoin-header"];

/**
 * The conversations, the latest first.
 *
 * `exchanges` are what was written on this page, as `{at, to, text, outcome, change, reply}`: the operator has no list of what is written to
 * short codes. `codeOf` is the short code at which the subscriber opts out of all, or null; `isPassedOn` says whether the words
 * that stop a line go to its account as well.
 */
export function conversations({ messages, mo, changes }, exchanges, { codeOf, isPassedOn }) {
  const decided = changes.filter(({ change }) => NOTED.includes(change.kind));
  const entries = [
    ...joined(messages.toReversed(), ({ line, part }) => `${line} ${part.reference} ${part.total}`).map(came),
    ...joined(mo.toReversed(), ({ to, part }) => `${to} ${part.reference} ${part.total}`).map(wrote),
    ...decided.map((entry) => note(entry, codeOf)).filter((entry) => entry.with),
    ...exchanges.flatMap((exchange) => said(exchange, decided, isPassedOn)),
  ];
  const found = new Map();
  for (const entry of entries.sort((one, other) => one.at - other.at || one.rank - other.rank)) {
    if (!found.has(entry.with)) found.set(entry.with, []);
    found.get(entry.with).push(entry);
  }
  return [...found].map(([sender, own]) => ({ with: sender, entries: own })).sort((one, other) => latest(other) - latest(one));
}

function latest({ entries }) {
  return entries.at(-1).at;
}

/** The messages in lists: the parts of a text together, and every other one alone. A number that comes again begins another text. */
function joined(messages, keyOf) {
  const lists = [];
  const open = new Map();
  for (const message of messages) {
    const key = message.part && keyOf(message);
    const parts = key && open.get(key);
    if (parts && parts.every(({ part }) => part.number !== message.part.number)) {
      parts.push(message);
      continue;
    }
    lists.push([message]);
    if (key) open.set(key, lists.at(-1));
  }
  return lists.map((parts) => (parts[0].part ? parts.sort((one, other) => one.part.number - other.part.number) : parts));
}

/** The text is at its part that is farthest from its end, and was refused if one was. */
function came(parts) {
  const refused = parts.find(({ verdict }) => verdict?.outcome === "refused");
  const telling = refused ?? parts.find(({ state }) => state !== "DELIVERED") ?? parts[0];
  return {
    kind: "came",
    rank: 0,
    with: telling.line,
    at: Math.max(...parts.map(({ done_at, received_at }) => Date.parse(done_at ?? received_at))),
    text: parts.map(({ text }) => text).join(""),
    ids: parts.map(({ id }) => id),
    state: telling.state,
    verdict: telling.verdict?.outcome ?? null,
    rule: telling.verdict?.rule ?? null,
    has: parts.length,
    of: telling.part?.total ?? 1,
  };
}

function wrote(parts) {
  return { kind: "wrote", rank: 0, with: parts[0].to, at: Date.parse(parts[0].at), text: parts.map(({ text }) => text).join(""), outcome: null };
}

function note({ at, origin, change }, codeOf) {
  return { kind: "note", rank: 1, with: change.line ?? codeOf, at: Date.parse(at), what: change.kind, origin };
}

/** What was written here, unless the operator lists it itself, and the reply; both beside the change that it brought about. */
function said({ at, to, text, outcome, change, reply }, decided, isPassedOn) {
  const made = decided.find(({ id }) => id === change);
  const moment = made ? Date.parse(made.at) : at;
  const isListed = outcome === "for-account" || (outcome === "changed" && Boolean(made?.change.line) && isPassedOn);
  return [
    ...(isListed ? [] : [{ kind: "wrote", rank: 0, with: to, at: moment, text, outcome }]),
    ...(reply === null ? [] : [{ kind: "reply", rank: 2, with: to, at: moment, text: reply }]),
  ];
}
