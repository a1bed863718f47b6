// Start: ask the server which Stash it plays, then load the interface of that version.
import { basePath } from "./host/place.js";
import { setProfile } from "./host/profile.js";

async function askVersion() {
  const reply = await fetch(`${basePath()}graphql`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query: "{ version { version } }" }),
  });
  if (reply.status === 401) {
    window.location.replace(`${basePath()}login?returnURL=${encodeURIComponent(window.location.href)}`);
    return null;
  }
  const answer = await reply.json();
  return answer.data.version.version;
}

async function start() {
  const version = await askVersion();
  if (version === null) return;
  setProfile(version);
  const { renderApp } = await import("./app.jsx");
  renderApp(document.getElementById("root"));
}

void start();
