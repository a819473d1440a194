/** The operator's HTTP API. Whatever goes wrong becomes an `ApiError`, with what the operator says of it. */

const ROOT = "/api/v1";

export class ApiError extends Error {
  /** `problem` is the answer's problem details (RFC 9457), or made of what the browser knows. */
  constructor(problem) {
    super(problem.detail);
    this.status = problem.status;
    this.errors = problem.errors ?? [];
  }

  /** What is wrong with one field of a request: `body.to`, `query.line`. */
  at(path) {
    return this.errors.find((error) => error.path === path)?.message;
  }
}

/** Asks for a resource; `query` holds its parameters, of which the empty ones are left out. */
export function get(path, query = {}, signal = undefined) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const search = new URLSearchParams(given).toString();
  return call("GET", search ? `${path}?${search}` : path, undefined, signal);
}

export const post = (path, body = {}) => call("POST", path, body);
export const put = (path, body) => call("PUT", path, body);
export const remove = (path) => call("DELETE", path);

/** Makes a change of the registers, the one way in which they are altered. */
export const change = (kind, fields) => post("/changes", { kind, ...fields });

async function call(method, path, body, signal) {
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  let answer;
  try {
    answer = await fetch(ROOT + path, { method, headers, body: body && JSON.stringify(body), signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError({ status: 0, detail: String(error.message) });
  }
  const text = await answer.text();
  const said = text && answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : null;
  if (answer.status === 401) location.reload(); // which leads to the form that asks for the token
  if (!answer.ok) throw new ApiError(said ?? { status: answer.status, detail: answer.statusText });
  return said;
}

/**
 * Sends a file of text as it is, however long; `progress` is told the sent share, from 0 to 1.
 *
 * What `fetch` does not tell is how much of a body has left, so this is an XMLHttpRequest.
 */
export function upload(path, query, file, progress) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== "");
  const request = new XMLHttpRequest();
  request.open("POST", `${ROOT}${path}?${new URLSearchParams(given)}`);
  request.setRequestHeader("content-type", "text/plain");
  request.upload.addEventListener("progress", ({ loaded, total }) => progress(total > 0 ? loaded / total : 1));
  return new Promise((resolve, reject) => {
    request.addEventListener("error", () => reject(new ApiError({ status: 0, detail: "the connection broke before the operator had answered" })));
    request.addEventListener("load", () => {
      const isJson = request.getResponseHeader("content-type")?.includes("json");
      const said = isJson ? JSON.parse(request.responseText) : { status: request.status, detail: request.statusText };
      if (request.status < 300) resolve(said);
      else reject(new ApiError(said));
    });
    request.send(file);
  });
}
