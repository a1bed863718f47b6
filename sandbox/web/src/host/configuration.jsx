// Stash's configuration for everything below the navbar; plugins mounted beside it must query it themselves.
import { createContext, useContext } from "react";

const ConfigurationContext = createContext(null);

export function ConfigurationProvider({ configuration, children }) {
  return <ConfigurationContext.Provider value={configuration}>{children}</ConfigurationContext.Provider>;
}

export function useConfigurationContext() {
  const configuration = useContext(ConfigurationContext);
  if (!configuration) throw new Error("useConfigurationContext must be used within a ConfigurationProvider");
  return configuration;
}
