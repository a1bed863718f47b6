// Settings → Plugins: packages, then every plugin with its settings.
import { faLink, faSyncAlt } from "@fortawesome/free-solid-svg-icons";
import { useState } from "react";
import { Button } from "react-bootstrap";
import { FormattedMessage } from "react-intl";
import { patchComponent } from "../../host/patch.js";
import { mutateReloadPlugins, mutateSetPluginsEnabled, usePlugins } from "../../host/stash-service.js";
import { useToast } from "../../host/toast.jsx";
import { Icon, LoadingIndicator } from "../../parts/basics.jsx";
import { useSettings } from "./context.jsx";
import { BooleanSetting, NumberSetting, Setting, SettingGroup, SettingSection, StringSetting } from "./inputs.jsx";
import { PackagesPanel } from "./packages-panel.jsx";

const ROWS = { BOOLEAN: BooleanSetting, NUMBER: NumberSetting, STRING: StringSetting };
const EMPTY = { BOOLEAN: false, NUMBER: 0, STRING: "" };

function PluginSetting({ pluginID, setting, value, onChange }) {
  const Row = ROWS[setting.type];
  const shown = value ?? EMPTY[setting.type];
  return (
    <Row
      id={`plugin-${pluginID}-${setting.name}`}
      heading={setting.display_name || setting.name}
      subHeading={setting.description ?? undefined}
      value={shown}
      checked={shown === true}
      onChange={onChange}
    />
  );
}

const PluginSettings = patchComponent("PluginSettings", ({ pluginID, settings }) => {
  const { plugins, savePluginSettings } = useSettings();
  const values = plugins[pluginID] ?? {};
  return (
    <div className="plugin-settings">
      {settings.map((setting) => (
        <PluginSetting
          key={setting.name}
          pluginID={pluginID}
          setting={setting}
          value={values[setting.name]}
          onChange={(value) => savePluginSettings(pluginID, { ...values, [setting.name]: value })}
        />
      ))}
    </div>
  );
});

function Hooks({ hooks }) {
  if (!hooks?.length) return null;
  return (
    <div className="setting">
      <div>
        <h5>Hooks</h5>
        {hooks.map((hook) => (
          <div key={hook.name}>
            <h6>{hook.name}</h6>
            <small className="text-muted">
              {hook.description} ({hook.hooks?.join(", ")})
            </small>
          </div>
        ))}
      </div>
      <div />
    </div>
  );
}

function PluginGroup({ plugin }) {
  const toast = useToast();
  const [wasChanged, setChanged] = useState(false);
  const toggle = async () => {
    try {
      await mutateSetPluginsEnabled({ [plugin.id]: !plugin.enabled });
    } catch (error) {
      toast.error(error);
    }
    setChanged(true);
  };
  const buttons = (
    <>
      {plugin.url && (
        <Button className="minimal link" href={plugin.url} target="_blank" rel="noopener noreferrer" title={plugin.url}>
          <Icon icon={faLink} />
        </Button>
      )}
      {wasChanged && (
        <Button size="sm" onClick={() => window.location.reload()}>
          Reload UI
        </Button>
      )}
      <Button size="sm" onClick={() => void toggle()}>
        <FormattedMessage id={plugin.enabled ? "actions.disable" : "actions.enable"} />
      </Button>
    </>
  );
  return (
    <SettingGroup
      topLevel={buttons}
      settingProps={{
        heading: plugin.version ? `${plugin.name} (${plugin.version})` : plugin.name,
        subHeading: plugin.description,
        className: plugin.enabled ? undefined : "disabled",
      }}
    >
      <Hooks hooks={plugin.hooks} />
      <PluginSettings pluginID={plugin.id} settings={plugin.settings ?? []} />
    </SettingGroup>
  );
}

export function PluginsPanel() {
  const toast = useToast();
  const { loading } = useSettings();
  const { data } = usePlugins();
  if (loading || !data) return <LoadingIndicator />;
  return (
    <>
      <PackagesPanel />
      <SettingSection heading="Plugins">
        <Setting headingID="actions.reload_plugins">
          <Button onClick={() => void mutateReloadPlugins().catch(toast.error)}>
            <Icon icon={faSyncAlt} /> <FormattedMessage id="actions.reload_plugins" />
          </Button>
        </Setting>
        <div>
          {(data.plugins ?? []).map((plugin) => (
            <PluginGroup key={plugin.id} plugin={plugin} />
          ))}
        </div>
      </SettingSection>
    </>
  );
}
