/** The registered lines: all of them in a list with the requests for service lines, or one with all that became of it. */

import { LineList } from "../parts/line_list.js";
import { linePage } from "../parts/line_page.js";
import { show } from "../view.js";

export default {
  name: "lines",
  icon: "lines",
  group: "registers",
  key: "l",
  mount: (root, context) => {
    let shown = null;
    const update = (place) => {
      const [number = null] = place.path;
      if (shown?.number === number && shown.update) {
        shown.update(place);
        return;
      }
      shown?.close();
      shown = { number, ...show(number ? PAGE : LIST, root, context, place) };
    };
    context.own(() => shown?.close());
    update(context.place);
    return { update };
  },
};

const LIST = { mount: (root, context) => {
  const list = new LineList(root, context);
  return { update: (place) => list.show(place.query) };
} };
const PAGE = { mount: (root, context) => linePage(context.place.path[0], root, context) };
