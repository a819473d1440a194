/** The views of the console, in the order of the navigation; `view.js` says what one is. */

import blacklist from "./blacklist.js";
import clock from "./clock.js";
import explain from "./explain.js";
import faults from "./faults.js";
import journal from "./journal.js";
import lines from "./lines.js";
import messages from "./messages.js";
import patterns from "./patterns.js";
import phone from "./phone.js";
import sessions from "./sessions.js";

export const VIEWS = [messages, phone, sessions, journal, lines, patterns, blacklist, explain, faults, clock];
