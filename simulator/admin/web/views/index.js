/** The views of the console, in the order of the navigation; `view.js` says what one is. */

import messages from "./messages.js";
import sessions from "./sessions.js";

export const VIEWS = [messages, sessions];
