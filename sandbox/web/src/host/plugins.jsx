// Loads the plugins' scripts and styles. Since 0.28 the page is held back until every script is loaded; before
// that, scripts and first page race each other.
import { useEffect, useState } from "react";
import { FormattedMessage } from "react-intl";
import { LoadingIndicator } from "../parts/basics.jsx";
import { patchFunction } from "./patch.js";
import { sortByNeeds } from "./plugin-order.js";
import { atLeast } from "./profile.js";
import { usePlugins } from "./stash-service.js";
import { useToast } from "./toast.jsx";

function addScript(src, onSettled) {
  const script = document.createElement("script");
  script.src = src;
  script.async = false;
  script.defer = true;
  script.addEventListener("load", onSettled);
  script.addEventListener("error", onSettled);
  document.head.appendChild(script);
}

function addStyle(href) {
  const link = document.createElement("link");
  Object.assign(link, { href, rel: "stylesheet", type: "text/css" });
  document.head.appendChild(link);
}

function assetsOf(plugins) {
  const enabled = sortByNeeds(plugins).filter((plugin) => plugin.enabled);
  const unique = (key) => [...new Set(enabled.flatMap((plugin) => plugin.paths[key] ?? []))];
  return { scripts: unique("javascript"), styles: unique("css") };
}

// Read once per page load: a plugin installed later needs a reload of the page.
function PluginAssets({ plugins, children }) {
  const [assets] = useState(() => assetsOf(plugins));
  const [waiting, setWaiting] = useState(assets.scripts.length);
  useEffect(() => {
    assets.styles.forEach(addStyle);
    assets.scripts.forEach((src) => addScript(src, () => setWaiting((left) => left - 1)));
  }, [assets]);
  return waiting === 0 || !atLeast(28) ? children : <LoadingPlugins />;
}

const LoadingPlugins = () => <LoadingIndicator message={<FormattedMessage id="loading.plugins" />} />;

export function PluginsLoader({ children }) {
  const toast = useToast();
  const { data, error } = usePlugins();
  useEffect(() => {
    if (error) toast.error(`Error loading plugins: ${error.message}`);
  }, [toast, error]);
  if (error) return children;
  if (!data) return atLeast(28) ? <LoadingPlugins /> : children;
  return <PluginAssets plugins={data.plugins ?? []}>{children}</PluginAssets>;
}

export const PluginRoutes = patchFunction("PluginRoutes", ({ children }) => children ?? null);
