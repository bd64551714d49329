// The room's side of the conversation with its server.

/** ask(path, body): GET course/<path>, or POST where there is a body. Throws an Error with the server's sentence. */
export function server({ ServerConnection, URLExt }) {
  const settings = ServerConnection.makeSettings();
  return async function ask(path, body) {
    const init = body === undefined ? { method: "GET" } : { method: "POST", body: JSON.stringify(body) };
    const response = await ServerConnection.makeRequest(URLExt.join(settings.baseUrl, "course", path), init, settings);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.message || response.statusText);
    return answer;
  };
}
