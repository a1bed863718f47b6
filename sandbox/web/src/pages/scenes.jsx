import { lazy } from "react";
import { Route, Switch, useLocation } from "react-router-dom";
import { SceneList, ofPerformer, ofStudio, ofTag } from "../parts/lists.jsx";

const Scene = lazy(() => import("./scene.jsx"));
const FILTERS = { performers: ofPerformer, studios: ofStudio, tags: ofTag };

function AllScenes() {
  const params = new URLSearchParams(useLocation().search);
  const key = Object.keys(FILTERS).find((name) => params.has(name));
  return <SceneList filterHook={key ? FILTERS[key](params.get(key)) : undefined} />;
}

export default function Scenes() {
  return (
    <Switch>
      <Route exact path="/scenes" component={AllScenes} />
      <Route path="/scenes/:id" component={Scene} />
    </Switch>
  );
}
