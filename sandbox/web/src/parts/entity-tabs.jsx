// The tabs below a performer, studio or tag; the open one is part of the address.
import { useEffect } from "react";
import { Tab, Tabs } from "react-bootstrap";
import { useHistory } from "react-router-dom";
import { TabTitleCounter } from "./basics.jsx";

export function EntityTabs({ kind, entity, tabKey, tabs }) {
  const history = useHistory();
  const base = `/${kind}s/${entity.id}`;
  const first = tabs[0].key;
  useEffect(() => {
    if (!tabKey) history.replace(`${base}/${first}`);
  }, [tabKey, base, first, history]);
  return (
    <div className="detail-body">
      <div className={`${kind}-body`}>
        <div className={`${kind}-tabs`}>
          <Tabs
            id={`${kind}-tabs`}
            mountOnEnter
            unmountOnExit
            activeKey={tabKey ?? first}
            onSelect={(key) => key !== tabKey && history.replace(`${base}/${key}`)}
          >
            {tabs.map(({ key, count, panel }) => (
              <Tab key={key} eventKey={key} title={<TabTitleCounter messageID={key} count={count} />}>
                {panel}
              </Tab>
            ))}
          </Tabs>
        </div>
      </div>
    </div>
  );
}
