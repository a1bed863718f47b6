// The app: providers from the outside in, navbar, pages.
import { ApolloProvider } from "@apollo/client";
import { Suspense, lazy, useEffect } from "react";
import ReactDOM from "react-dom";
import { Helmet } from "react-helmet";
import { IntlProvider } from "react-intl";
import { BrowserRouter, Route, Switch, useLocation } from "react-router-dom";
import { ConfigurationProvider } from "./host/configuration.jsx";
import { ErrorBoundary } from "./host/error-boundary.jsx";
import { events } from "./host/event.js";
import { messages } from "./host/messages.js";
import { patchFunction } from "./host/patch.js";
import { routerBase } from "./host/place.js";
import { makePluginApi } from "./host/plugin-api.jsx";
import { PluginRoutes, PluginsLoader } from "./host/plugins.jsx";
import { getClient, useConfiguration } from "./host/stash-service.js";
import { ToastProvider } from "./host/toast.jsx";
import { MainNavbar } from "./navbar.jsx";
import { loaders } from "./pages/loaders.js";
import { ErrorMessage, LoadingIndicator } from "./parts/basics.jsx";

const FrontPage = lazy(loaders.FrontPage);
const PAGES = {
  "/scenes": lazy(loaders.Scenes),
  "/performers": lazy(loaders.Performers),
  "/studios": lazy(loaders.Studios),
  "/tags": lazy(loaders.Tags),
  "/stats": lazy(loaders.Stats),
  "/settings": lazy(loaders.Settings),
};

const AppContainer = patchFunction("App", ({ children }) => children ?? null);

const PageNotFound = () => <h1 className="text-center mt-5">Page not found.</h1>;

function Pages() {
  return (
    <ErrorBoundary>
      <Suspense fallback={<LoadingIndicator />}>
        <Switch>
          <Route exact path="/" component={FrontPage} />
          {Object.entries(PAGES).map(([path, page]) => (
            <Route key={path} path={path} component={page} />
          ))}
          <PluginRoutes />
          <Route component={PageNotFound} />
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

function Loaded({ configuration }) {
  const isSfw = configuration.interface.sfwContentMode;
  return (
    <ToastProvider>
      <PluginsLoader>
        <AppContainer>
          <ConfigurationProvider configuration={configuration}>
            <Helmet titleTemplate="%s | Stash" defaultTitle="Stash" />
            <MainNavbar />
            <div className={`main container-fluid${isSfw ? " sfw-content-mode" : ""}`}>
              <Pages />
            </div>
          </ConfigurationProvider>
        </AppContainer>
      </PluginsLoader>
    </ToastProvider>
  );
}

function App() {
  const location = useLocation();
  const { data, error } = useConfiguration();
  useEffect(() => events.dispatch("location", "", { location }), [location]);
  if (error) return <ErrorMessage error={error.message} />;
  if (!data) return <LoadingIndicator message="" />;
  const { configuration } = data;
  return (
    <ErrorBoundary>
      <IntlProvider locale={configuration.interface.language || "en-GB"} messages={messages} onError={() => undefined}>
        <Loaded configuration={configuration} />
      </IntlProvider>
    </ErrorBoundary>
  );
}

export function renderApp(root) {
  window.PluginApi = makePluginApi();
  ReactDOM.render(
    <BrowserRouter basename={routerBase()}>
      <ApolloProvider client={getClient()}>
        <App />
      </ApolloProvider>
    </BrowserRouter>,
    root,
  );
}
