// `PluginApi.GQL`: documents, a hook for each of them, and the enums.
import { useMutation, useQuery, useSubscription } from "@apollo/client";
import * as documents from "./documents.js";

function kindOf(document) {
  const [definition] = document.definitions;
  return definition.kind === "OperationDefinition" ? definition.operation : "query";
}

const makers = {
  query: (document) => (options) => useQuery(document, options),
  mutation: (document) => (options) => useMutation(document, options),
  subscription: (document) => (options) => useSubscription(document, options),
};

function hooksFor(table) {
  const hooks = {};
  for (const [key, document] of Object.entries(table)) {
    const kind = kindOf(document);
    const name = key.replace(/Document$/, "");
    hooks[`use${name}${kind[0].toUpperCase()}${kind.slice(1)}`] = makers[kind](document);
  }
  return hooks;
}

const enums = {
  JobStatus: { Ready: "READY", Running: "RUNNING", Finished: "FINISHED", Stopping: "STOPPING", Cancelled: "CANCELLED", Failed: "FAILED" },
  JobStatusUpdateType: { Add: "ADD", Remove: "REMOVE", Update: "UPDATE" },
  PluginSettingTypeEnum: { String: "STRING", Number: "NUMBER", Boolean: "BOOLEAN" },
  SystemStatusEnum: { Setup: "SETUP", NeedsMigration: "NEEDS_MIGRATION", Ok: "OK" },
  CriterionModifier: { Equals: "EQUALS", Includes: "INCLUDES", IncludesAll: "INCLUDES_ALL", Excludes: "EXCLUDES" },
};

export const GQL = Object.freeze({ ...documents, ...hooksFor(documents), ...enums });
