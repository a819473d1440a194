/** The views of the console, in the order of the navigation; `view.js` says what one is. */

import messages from "./messages.js";

export const VIEWS = [messages];
