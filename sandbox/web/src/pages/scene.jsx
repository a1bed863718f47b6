// The page of one scene: header and toolbar, tabs, player.
import {
  faBox,
  faChevronLeft,
  faChevronRight,
  faEllipsisV,
  faEye,
  faStar,
} from "@fortawesome/free-solid-svg-icons";
import Mousetrap from "mousetrap";
import { useEffect, useState } from "react";
import { Button, ButtonGroup, Dropdown, Nav, Tab } from "react-bootstrap";
import { Helmet } from "react-helmet";
import { Link, useHistory } from "react-router-dom";
import { patchComponent, patchContainer } from "../host/patch.js";
import { atLeast } from "../host/profile.js";
import { useFindScene, useSceneDestroy, useSceneUpdate } from "../host/stash-service.js";
import { useToast } from "../host/toast.jsx";
import { AlertModal, Icon, TagLink, TruncatedText } from "../parts/basics.jsx";
import { PerformerCard, titleOf } from "../parts/cards.jsx";
import { EditPanel } from "../parts/details.jsx";
import { StudioSelect, TagSelect } from "../parts/selects.jsx";
import { makeEntityLoader } from "./entity-loader.jsx";

const ScenePageTabs = patchContainer("ScenePage.Tabs");
const ScenePageTabContent = patchContainer("ScenePage.TabContent");

const ids = (items) => items.map((item) => item.id);
const FIELDS = [
  { key: "title", label: "Title", read: (scene) => scene.title, write: (text) => text },
  { key: "date", label: "Date", read: (scene) => scene.date, write: (text) => text },
  { key: "details", label: "Details", lines: 4, read: (scene) => scene.details, write: (text) => text },
  {
    key: "studio_id",
    label: "Studio",
    read: (scene) => (scene.studio ? [scene.studio] : []),
    write: (chosen) => chosen[0]?.id ?? null,
    control: ({ inputId, value, onChange }) => <StudioSelect inputId={inputId} values={value} onSelect={onChange} />,
  },
  {
    key: "tag_ids",
    label: "Tags",
    read: (scene) => scene.tags,
    write: ids,
    control: ({ inputId, value, onChange }) => <TagSelect inputId={inputId} isMulti values={value} onSelect={onChange} />,
  },
];

function SceneDetailPanel({ scene }) {
  return (
    <div className="row">
      <div className="col-12">
        <h6>Created At: {new Date(scene.created_at).toLocaleString()}</h6>
        <h6>Updated At: {new Date(scene.updated_at).toLocaleString()}</h6>
        {scene.details && <p className="pre">{scene.details}</p>}
        {scene.tags.length > 0 && <h6>Tags</h6>}
        {scene.tags.map((tag) => (
          <TagLink key={tag.id} tag={tag} />
        ))}
        {scene.performers.length > 0 && <h6 className="mt-2">Performers</h6>}
        <div className="row justify-content-center scene-performers">
          {scene.performers.map((performer) => (
            <PerformerCard key={performer.id} performer={performer} zoomIndex={0} />
          ))}
        </div>
      </div>
    </div>
  );
}

export const SceneFileInfoPanel = patchComponent("SceneFileInfoPanel", ({ scene }) => (
  <dl className="container scene-file-info details-list">
    {scene.files.map((file) => (
      <div key={file.id}>
        <dt>Path</dt>
        <dd>{file.path}</dd>
      </div>
    ))}
    {scene.stash_ids.map((row) => (
      <div key={row.stash_id}>
        <dt>{row.endpoint}</dt>
        <dd>{row.stash_id}</dd>
      </div>
    ))}
  </dl>
));

function Operations({ onDelete }) {
  return (
    <Dropdown>
      <Dropdown.Toggle variant="secondary" id="operation-menu" className="minimal" title="Operations">
        <Icon icon={faEllipsisV} />
      </Dropdown.Toggle>
      <Dropdown.Menu className="bg-secondary text-white">
        <Dropdown.Item className="bg-secondary text-white" onClick={onDelete}>
          Delete
        </Dropdown.Item>
      </Dropdown.Menu>
    </Dropdown>
  );
}

function Rating({ value, onChange }) {
  return (
    <div className="rating-stars">
      {[20, 40, 60, 80, 100].map((step) => (
        <Button key={step} className="minimal" variant="secondary" title={`${step / 20}`} onClick={() => onChange(step)}>
          <Icon icon={faStar} className={(value ?? 0) >= step ? "text-warning" : "text-muted"} />
        </Button>
      ))}
    </div>
  );
}

function SceneButtons({ scene, save, onDelete }) {
  const buttons = [
    <Button key="plays" className="minimal" variant="secondary" title="Play count">
      <Icon icon={faEye} /> {scene.play_count ?? 0}
    </Button>,
    <Button
      key="organized"
      className={`minimal organized-button ${scene.organized ? "organized" : "not-organized"}`}
      variant="secondary"
      title="Organised"
      onClick={() => save({ organized: !scene.organized })}
    >
      <Icon icon={faBox} />
    </Button>,
    <Operations key="more" onDelete={onDelete} />,
  ];
  if (!atLeast(26))
    return (
      <ButtonGroup className="ml-auto">
        {buttons.map((button) => (
          <Nav.Item key={button.key}>{button}</Nav.Item>
        ))}
      </ButtonGroup>
    );
  return (
    <span className="scene-toolbar-group">
      {buttons.map((button) => (
        <span key={button.key}>{button}</span>
      ))}
    </span>
  );
}

function SceneHeader({ scene, save, onDelete }) {
  return (
    <div>
      <div className="scene-header-container">
        {scene.studio && (
          <h1 className="text-center scene-studio-image">
            <Link to={`/studios/${scene.studio.id}`}>
              <img className="studio-logo" src={scene.studio.image_path ?? ""} alt={`${scene.studio.name} logo`} />
            </Link>
          </h1>
        )}
        <h3 className={`scene-header${scene.studio ? "" : " no-studio"}`}>
          <TruncatedText lineCount={2} text={titleOf(scene)} />
        </h3>
      </div>
      <div className="scene-subheader">
        <span className="date">{scene.date}</span>
      </div>
      {atLeast(26) && <div className="scene-toolbar">
        <span className="scene-toolbar-group">
          <Rating value={scene.rating100} onChange={(rating100) => save({ rating100 })} />
        </span>
        <SceneButtons scene={scene} save={save} onDelete={onDelete} />
      </div>}
    </div>
  );
}

const TABS = [
  ["scene-details-panel", "Details", "a"],
  ["scene-file-info-panel", "File Info", "i"],
  ["scene-edit-panel", "Edit", "e"],
];

function SceneTabs({ page, save, onDelete }) {
  const { scene } = page;
  const [active, setActive] = useState(TABS[0][0]);
  useEffect(() => {
    TABS.forEach(([key, , hotkey]) => Mousetrap.bind(hotkey, () => setActive(key)));
    return () => TABS.forEach(([, , hotkey]) => Mousetrap.unbind(hotkey));
  });
  return (
    <Tab.Container activeKey={active} onSelect={(key) => key && setActive(key)}>
      <div>
        <Nav variant="tabs" className="mr-auto">
          <ScenePageTabs {...page}>
            {TABS.map(([key, title]) => (
              <Nav.Item key={key}>
                <Nav.Link eventKey={key}>{title}</Nav.Link>
              </Nav.Item>
            ))}
          </ScenePageTabs>
          {!atLeast(26) && <SceneButtons scene={scene} save={save} onDelete={onDelete} />}
        </Nav>
      </div>
      <Tab.Content>
        <ScenePageTabContent {...page}>
          <Tab.Pane eventKey="scene-details-panel">
            <SceneDetailPanel scene={scene} />
          </Tab.Pane>
          <Tab.Pane className="file-info-panel" eventKey="scene-file-info-panel">
            <SceneFileInfoPanel scene={scene} />
          </Tab.Pane>
          <Tab.Pane eventKey="scene-edit-panel" mountOnEnter>
            <EditPanel key={scene.updated_at} entity={scene} fields={FIELDS} onSubmit={save} onCancel={() => setActive(TABS[0][0])} />
          </Tab.Pane>
        </ScenePageTabContent>
      </Tab.Content>
    </Tab.Container>
  );
}

export const ScenePlayer = patchComponent("ScenePlayer", ({ scene }) => (
  <div id="VideoJsPlayer" className="video-wrapper">
    <img alt={titleOf(scene)} src={scene.paths.screenshot ?? ""} />
  </div>
));

const ScenePage = patchComponent("ScenePage", (props) => {
  const { scene, collapsed, setCollapsed } = props;
  const toast = useToast();
  const history = useHistory();
  const [isDeleting, setDeleting] = useState(false);
  const [update] = useSceneUpdate();
  const [destroy] = useSceneDestroy();
  const save = async (input) => {
    try {
      await update({ variables: { input: { id: scene.id, ...input } } });
      toast.success("Updated scene");
    } catch (error) {
      toast.error(error);
    }
  };
  const remove = async () => {
    await destroy({ variables: { id: scene.id } });
    history.push("/scenes");
  };
  return (
    <>
      <Helmet>
        <title>{titleOf(scene)}</title>
      </Helmet>
      <AlertModal
        show={isDeleting}
        text={`Delete ${titleOf(scene)}?`}
        onConfirm={() => void remove()}
        onCancel={() => setDeleting(false)}
      />
      <div className={`scene-tabs order-xl-first order-last${collapsed ? " collapsed" : ""}`}>
        <SceneHeader scene={scene} save={save} onDelete={() => setDeleting(true)} />
        <SceneTabs page={props} save={save} onDelete={() => setDeleting(true)} />
      </div>
      <div className="scene-divider d-none d-xl-block">
        <Button title="Collapse" onClick={() => setCollapsed(!collapsed)}>
          <Icon className="fa-fw" icon={collapsed ? faChevronRight : faChevronLeft} />
        </Button>
      </div>
    </>
  );
});

function SceneWithPlayer({ scene }) {
  const [collapsed, setCollapsed] = useState(false);
  const nothing = () => undefined;
  return (
    <div className="row">
      <ScenePage
        scene={scene}
        collapsed={collapsed}
        setCollapsed={setCollapsed}
        queueScenes={[]}
        setTimestamp={nothing}
        onQueueNext={nothing}
        onQueuePrevious={nothing}
        onQueueRandom={nothing}
        onDelete={nothing}
      />
      <div className={`scene-player-container${collapsed ? " expanded" : ""}`}>
        <ScenePlayer scene={scene} />
      </div>
    </div>
  );
}

export default makeEntityLoader("scene", useFindScene, SceneWithPlayer);
