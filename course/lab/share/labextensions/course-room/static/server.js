// The room's side of the conversation with its server.

/** ask(path, body): GET course/<path>, or POST where there is a body. Throws an Error; "told" if it is the server's own sentence. */
export function server({ ServerConnection, URLExt }) {
  const settings = ServerConnection.makeSettings();
  return async function ask(path, body) {
    const init = body === undefined ? { method: "GET" } : { method: "POST", body: JSON.stringify(body) };
    const response = await ServerConnection.makeRequest(URLExt.join(settings.baseUrl, "course", path), init, settings);
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.message || response.statusText), { told: true });
    return answer;
  };
}
