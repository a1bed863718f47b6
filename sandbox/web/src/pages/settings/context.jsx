// The Settings page's copy of every plugin's settings. Taken once when the page opens; half a second after any change
// all plugins' maps are written back from it, exactly as Stash does: what was saved elsewhere meanwhile is overwritten.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useConfiguration, useConfigurePlugin } from "../../host/stash-service.js";
import { useToast } from "../../host/toast.jsx";

const SAVE_AFTER = 500;
const SettingsContext = createContext(null);

export function useSettings() {
  const context = useContext(SettingsContext);
  if (!context) throw new Error("useSettings must be used within a SettingsContext");
  return context;
}

function useDelayedSave(save) {
  const timer = useRef(0);
  const pending = useRef(null);
  const flush = useRef(save);
  flush.current = save;
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return useCallback((value) => {
    pending.current = value;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void flush.current(pending.current), SAVE_AFTER);
  }, []);
}

export function SettingsContextProvider({ children }) {
  const toast = useToast();
  const { data, error } = useConfiguration();
  const [configure] = useConfigurePlugin();
  const [plugins, setPlugins] = useState(null);

  useEffect(() => {
    if (data) setPlugins((taken) => taken ?? data.configuration.plugins);
  }, [data]);

  const saveLater = useDelayedSave(async (all) => {
    try {
      for (const [id, input] of Object.entries(all)) await configure({ variables: { plugin_id: id, input } });
    } catch (problem) {
      toast.error(problem);
    }
  });

  const savePluginSettings = useCallback(
    (id, input) =>
      setPlugins((taken) => {
        const next = { ...taken, [id]: input };
        saveLater(next);
        return next;
      }),
    [saveLater],
  );

  const value = useMemo(
    () => ({ loading: !plugins, error, plugins: plugins ?? {}, savePluginSettings, advancedMode: false }),
    [plugins, error, savePluginSettings],
  );
  return <SettingsContext.Provider value={value}>{children}</SettingsContext.Provider>;
}
