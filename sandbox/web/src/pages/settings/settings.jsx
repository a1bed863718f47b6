// The Settings page; its open tab is part of the address.
import { useQuery } from "@apollo/client";
import { Col, Nav, Row, Tab } from "react-bootstrap";
import { Helmet } from "react-helmet";
import { LinkContainer } from "react-router-bootstrap";
import { Redirect, useLocation } from "react-router-dom";
import * as documents from "../../host/documents.js";
import { patchContainer } from "../../host/patch.js";
import { useVersion } from "../../host/stash-service.js";
import { SettingsContextProvider } from "./context.jsx";
import { Setting, SettingSection } from "./inputs.jsx";
import { PluginsPanel } from "./plugins-panel.jsx";
import { TasksPanel } from "./tasks-panel.jsx";

const SettingsToolsSection = patchContainer("SettingsToolsSection");

// Rendered twice, as in Stash.
function ToolsPanel() {
  return (
    <>
      <SettingSection heading="Scene Tools">
        <SettingsToolsSection>
          <Setting heading="Scene Duplicate Checker" />
        </SettingsToolsSection>
      </SettingSection>
      <SettingSection heading="Other Tools">
        <SettingsToolsSection />
      </SettingSection>
    </>
  );
}

function LogsPanel() {
  const { data } = useQuery(documents.LogsDocument, { fetchPolicy: "network-only" });
  return (
    <>
      <h2>Logs</h2>
      <div className="logs">
        {(data?.logs ?? []).map((line, index) => (
          <div key={index} className="row">
            <span className="log-time">{line.time}</span>
            <span className={line.level.toLowerCase()}>{line.level}</span>&nbsp;
            <span className="log-message">{line.message}</span>
          </div>
        ))}
      </div>
    </>
  );
}

function AboutPanel() {
  const { data } = useVersion();
  return (
    <SettingSection heading="About">
      <Setting heading="Stash version" subHeading={data?.version.version} />
      <Setting heading="This is a sandbox" subHeading="It plays Stash for the plugins; nothing here is a real library." />
    </SettingSection>
  );
}

const TABS = {
  tasks: ["Tasks", TasksPanel],
  plugins: ["Plugins", PluginsPanel],
  logs: ["Logs", LogsPanel],
  tools: ["Tools", ToolsPanel],
  about: ["About", AboutPanel],
};

function SettingTabs({ tab }) {
  return (
    <Tab.Container activeKey={tab} id="configuration-tabs">
      <Helmet>
        <title>Settings | Stash</title>
      </Helmet>
      <Row>
        <Col id="settings-menu-container" sm={3} md={3} xl={2}>
          <Nav variant="pills" className="flex-column">
            {Object.entries(TABS).map(([key, [title]]) => (
              <Nav.Item key={key}>
                <LinkContainer to={`/settings?tab=${key}`}>
                  <Nav.Link eventKey={key}>{title}</Nav.Link>
                </LinkContainer>
              </Nav.Item>
            ))}
            <hr className="d-sm-none" />
          </Nav>
        </Col>
        <Col id="settings-container" sm={{ offset: 3 }} md={{ offset: 3 }} xl={{ offset: 2 }}>
          <Tab.Content className="mx-auto">
            {Object.entries(TABS).map(([key, [, Panel]]) => (
              <Tab.Pane key={key} eventKey={key} unmountOnExit={key === "logs"} mountOnEnter={key === "logs"}>
                <Panel />
              </Tab.Pane>
            ))}
          </Tab.Content>
        </Col>
      </Row>
    </Tab.Container>
  );
}

export default function Settings() {
  const tab = new URLSearchParams(useLocation().search).get("tab");
  if (!TABS[tab]) return <Redirect to="/settings?tab=tasks" />;
  return (
    <SettingsContextProvider>
      <SettingTabs tab={tab} />
    </SettingsContextProvider>
  );
}
