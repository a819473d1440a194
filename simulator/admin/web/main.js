/** Starts the console. */

import { apply } from "./core/preferences.js";
import { start } from "./shell.js";

apply();
start(document.body);
