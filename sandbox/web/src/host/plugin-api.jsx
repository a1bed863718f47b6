// `window.PluginApi`: everything a plugin can reach.
import * as Apollo from "@apollo/client";
import * as FontAwesomeBrands from "@fortawesome/free-brands-svg-icons";
import * as FontAwesomeRegular from "@fortawesome/free-regular-svg-icons";
import * as FontAwesomeSolid from "@fortawesome/free-solid-svg-icons";
import * as ReactFontAwesome from "@fortawesome/react-fontawesome";
import Mousetrap from "mousetrap";
import MousetrapPause from "mousetrap-pause";
import React, { useEffect, useState } from "react";
import * as Bootstrap from "react-bootstrap";
import ReactDOM from "react-dom";
import * as Intl from "react-intl";
import * as ReactRouterDOM from "react-router-dom";
import * as ReactSelect from "react-select";
import { loaders } from "../pages/loaders.js";
import { useSettings } from "../pages/settings/context.jsx";
import { events } from "./event.js";
import { GQL } from "./gql.js";
import { NavUtils } from "./nav-utils.js";
import { after, before, components, instead, registerComponent } from "./patch.js";
import { atLeast } from "./profile.js";
import * as StashService from "./stash-service.js";
import { useToast } from "./toast.jsx";

const loadComponents = async (list) => {
  await Promise.all(list.map((load) => load()));
};

function useLoadComponents(list) {
  const [isLoading, setLoading] = useState(true);
  const [first] = useState(list);
  useEffect(() => {
    let isMounted = true;
    void loadComponents(first).then(() => isMounted && setLoading(false));
    return () => {
      isMounted = false;
    };
  }, [first]);
  return isLoading;
}

function registerRoute(path, component) {
  before("PluginRoutes", ({ children }) => [
    {
      children: (
        <>
          {children}
          <ReactRouterDOM.Route path={path} component={component} />
        </>
      ),
    },
  ]);
}

const since = (minor, members) => (atLeast(minor) ? members : {});

export function makePluginApi() {
  return {
    React,
    ...since(25, { ReactDOM }),
    GQL,
    libraries: {
      ReactRouterDOM,
      Bootstrap,
      Apollo,
      Intl,
      FontAwesomeRegular,
      FontAwesomeSolid,
      ...since(25, { Mousetrap, MousetrapPause }),
      ...since(28, { FontAwesomeBrands, ReactSelect }),
      ...since(31, { ReactFontAwesome }),
    },
    register: { route: registerRoute, component: registerComponent },
    loadableComponents: loaders,
    components,
    utils: { NavUtils, StashService, loadComponents },
    hooks: {
      useLoadComponents,
      ...since(25, { useToast }),
      ...since(27, { useSettings }),
    },
    patch: { before, instead, after },
    ...since(25, { Event: events }),
  };
}

MousetrapPause(Mousetrap);
