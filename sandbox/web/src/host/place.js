// Where the shell lives: "/" or the prefix of a reverse proxy, always ending with "/".
export function basePath() {
  return new URL(document.baseURI).pathname;
}

export function routerBase() {
  return basePath().replace(/\/$/, "");
}
