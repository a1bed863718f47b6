// The lazily loaded parts, by the names plugins use to load them.
export const loaders = {
  Performers: () => import("./performers.jsx"),
  FrontPage: () => import("./front.jsx"),
  Scenes: () => import("./scenes.jsx"),
  Settings: () => import("./settings/settings.jsx"),
  Stats: () => import("./stats.jsx"),
  Studios: () => import("./studios.jsx"),
  Tags: () => import("./tags.jsx"),
  Scene: () => import("./scene.jsx"),
  SceneCard: () => import("../parts/cards.jsx"),
  PerformerCard: () => import("../parts/cards.jsx"),
  PerformerSelect: () => import("../parts/selects.jsx"),
  TagLink: () => import("../parts/basics.jsx"),
};
