// Search-as-you-type pickers for tags, performers and studios.
import { useCallback, useEffect, useState } from "react";
import AsyncSelect from "react-select/async";
import { getClient } from "../host/stash-service.js";
import * as documents from "../host/documents.js";
import { patchComponent } from "../host/patch.js";

const KINDS = {
  Tag: { document: documents.FindTagsDocument, root: "findTags", list: "tags" },
  Performer: { document: documents.FindPerformersDocument, root: "findPerformers", list: "performers" },
  Studio: { document: documents.FindStudiosDocument, root: "findStudios", list: "studios" },
};

async function search(kind, q) {
  const { document, root, list } = KINDS[kind];
  const { data } = await getClient().query({ query: document, variables: { filter: { q, per_page: 25 } } });
  return data[root][list];
}

function makeSelect(kind) {
  return patchComponent(`${kind}Select`, ({ values, onSelect, isMulti, isDisabled, inputId }) => (
    <AsyncSelect
      inputId={inputId}
      className="react-select"
      classNamePrefix="react-select"
      isMulti={isMulti}
      isDisabled={isDisabled}
      isClearable
      defaultOptions
      value={isMulti ? values : (values?.[0] ?? null)}
      getOptionLabel={(item) => item.name}
      getOptionValue={(item) => item.id}
      loadOptions={(text) => search(kind, text)}
      onChange={(chosen) => onSelect(isMulti ? chosen : chosen ? [chosen] : [])}
    />
  ));
}

export const TagSelect = makeSelect("Tag");
export const PerformerSelect = makeSelect("Performer");
export const StudioSelect = makeSelect("Studio");

const singleDocuments = {
  Tag: [documents.FindTagDocument, "findTag"],
  Performer: [documents.FindPerformerDocument, "findPerformer"],
  Studio: [documents.FindStudioDocument, "findStudio"],
};

function useItems(kind, ids) {
  const [items, setItems] = useState([]);
  const key = ids.join(",");
  const load = useCallback(async () => {
    const [query, root] = singleDocuments[kind];
    const replies = await Promise.all((key ? key.split(",") : []).map((id) => getClient().query({ query, variables: { id } })));
    return replies.map((reply) => reply.data[root]).filter(Boolean);
  }, [kind, key]);
  useEffect(() => {
    let isMounted = true;
    void load().then((found) => isMounted && setItems(found));
    return () => {
      isMounted = false;
    };
  }, [load]);
  return items;
}

function makeIdSelect(kind, Select) {
  return patchComponent(`${kind}IDSelect`, ({ ids = [], ...rest }) => {
    const items = useItems(kind, ids);
    return <Select {...rest} values={items} />;
  });
}

export const TagIDSelect = makeIdSelect("Tag", TagSelect);
export const PerformerIDSelect = makeIdSelect("Performer", PerformerSelect);
export const StudioIDSelect = makeIdSelect("Studio", StudioSelect);
