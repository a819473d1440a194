/** What subscribers write to refuse messages, as the profile in force has it (`short_codes`, `header_stops`). */

const PERSIAN_STOP = "لغو ۱۱";

/** The words, from the settings of `GET /profile`. */
export function optOutWords(settings) {
  const values = new Map(settings.map(({ path, value }) => [path, value]));
  const codes = [...values.keys()].map((path) => /^short_codes\.(\d+)\.operators$/.exec(path)?.[1]).filter(Boolean);
  const stops = values.get("header_stops.stop");
  return {
    codes,
    isPassedOn: values.get("header_stops.passed_on"),
    stop: stops.includes("لغو 11") ? PERSIAN_STOP : stops[0],
    rejoin: values.get("header_stops.rejoin")[0],
    mayStop: (type) => values.get("header_stops.applies_to").includes(type),
    /** Where the subscribers of an operator opt out of all, `{code, block, allow}`: its own code before one of several; or null. */
    codeOf: (operator) => {
      const served = (code) => values.get(`short_codes.${code}.operators`);
      const [code] = codes.filter((each) => served(each).includes(operator)).sort((one, other) => served(one).length - served(other).length);
      return code ? { code, block: values.get(`short_codes.${code}.block`)[0], allow: values.get(`short_codes.${code}.allow`)[0] } : null;
    },
  };
}
