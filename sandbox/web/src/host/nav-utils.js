// `PluginApi.utils.NavUtils`: addresses of pages and filtered lists.
const listOf = (list, kind) => (entity) =>
  entity.id ? `/${list}?${kind}=${encodeURIComponent(entity.id)}` : "#";

export const NavUtils = {
  makePerformerScenesUrl: listOf("scenes", "performers"),
  makeStudioScenesUrl: listOf("scenes", "studios"),
  makeTagScenesUrl: listOf("scenes", "tags"),
  makeTagPerformersUrl: listOf("performers", "tags"),
  makeTagUrl: (id) => `/tags/${id}`,
};
