// The four lists, by the names plugins know.
import * as documents from "../host/documents.js";
import { faPlus } from "@fortawesome/free-solid-svg-icons";
import { Button, ButtonGroup, Dropdown } from "react-bootstrap";
import { patchComponent } from "../host/patch.js";
import { Icon } from "./basics.jsx";
import { PerformerCard, SceneCard, StudioCard, TagCard } from "./cards.jsx";
import { ItemList } from "./item-list.jsx";

const sources = {
  performers: {
    document: documents.FindPerformersDocument,
    root: "findPerformers",
    list: "performers",
    filterKey: "performer_filter",
    sorts: ["name", "scenes_count", "created_at", "updated_at", "birthdate", "random"],
    Card: PerformerCard,
    cardProp: "performer",
    className: "performer-list",
  },
  studios: {
    document: documents.FindStudiosDocument,
    root: "findStudios",
    list: "studios",
    filterKey: "studio_filter",
    sorts: ["name", "scenes_count", "created_at", "updated_at", "random"],
    Card: StudioCard,
    cardProp: "studio",
    className: "studio-list",
  },
  tags: {
    document: documents.FindTagsDocument,
    root: "findTags",
    list: "tags",
    filterKey: "tag_filter",
    sorts: ["name", "scenes_count", "created_at", "updated_at", "random"],
    Card: TagCard,
    cardProp: "tag",
    className: "tag-list",
  },
  scenes: {
    document: documents.FindScenesDocument,
    root: "findScenes",
    list: "scenes",
    filterKey: "scene_filter",
    sorts: ["date", "title", "created_at", "updated_at", "rating", "random"],
    Card: SceneCard,
    cardProp: "scene",
    className: "scene-list",
  },
};

export const PerformerList = patchComponent("PerformerList", (props) => <ItemList source={sources.performers} {...props} />);
export const StudioList = patchComponent("StudioList", (props) => <ItemList source={sources.studios} {...props} />);
export const TagList = patchComponent("TagList", (props) => <ItemList source={sources.tags} {...props} />);

// Since 0.30 the scene list's menu can be changed: the entries are an argument, which scenes are selected is not.
const SceneListOperations = patchComponent("SceneListOperations", ({ hasSelection, operations, onCreateNew }) => (
  <div className="scene-list-operations">
    <ButtonGroup>
      {!hasSelection && (
        <Button className="create-new-button" variant="secondary" title="Create Scene" onClick={() => onCreateNew()}>
          <Icon icon={faPlus} />
        </Button>
      )}
      <Dropdown as={ButtonGroup}>
        <Dropdown.Toggle variant="secondary" id="scene-list-operations" title="Operations" />
        <Dropdown.Menu className="bg-secondary text-white">
          {operations
            .filter((operation) => operation.isDisplayed?.() ?? true)
            .map((operation) => (
              <Dropdown.Item key={operation.text} className="bg-secondary text-white" onClick={() => operation.onClick()}>
                {operation.text}
              </Dropdown.Item>
            ))}
        </Dropdown.Menu>
      </Dropdown>
    </ButtonGroup>
  </div>
));

export const SceneList = (props) => <ItemList source={sources.scenes} Operations={SceneListOperations} {...props} />;

const including = (ids) => ({ value: ids, modifier: "INCLUDES_ALL" });
export const ofPerformer = (id) => (filter) => ({ ...filter, performers: including([id]) });
export const ofStudio = (id) => (filter) => ({ ...filter, studios: including([id]) });
export const ofTag = (id) => (filter) => ({ ...filter, tags: including([id]) });
