// Installed and available packages: enough to install, update and remove the plugins from a source by hand.
import { useMutation, useQuery } from "@apollo/client";
import { useState } from "react";
import { Button, Form, Table } from "react-bootstrap";
import * as documents from "../../host/documents.js";
import { useToast } from "../../host/toast.jsx";
import { ErrorMessage } from "../../parts/basics.jsx";
import { SettingSection } from "./inputs.jsx";

const spec = (item) => ({ id: item.package_id, sourceURL: item.sourceURL });

function useChosen(items) {
  const [chosen, setChosen] = useState([]);
  const toggle = (id) => setChosen((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));
  const picked = items.filter((item) => chosen.includes(item.package_id));
  return { chosen, toggle, picked, clear: () => setChosen([]) };
}

function PackageTable({ items, selection, emptyText }) {
  return (
    <div className="package-manager-table-container">
      <Table>
        <thead>
          <tr>
            <th aria-label="Select" />
            <th>Package</th>
            <th>Version</th>
            <th>Description</th>
          </tr>
        </thead>
        <tbody>
          {items.length === 0 && (
            <tr className="package-manager-no-results">
              <td colSpan={4}>{emptyText}</td>
            </tr>
          )}
          {items.map((item) => (
            <tr key={item.package_id}>
              <td>
                <Form.Check
                  id={`package-${emptyText.length}-${item.package_id}`}
                  label=""
                  aria-label={item.name}
                  checked={selection.chosen.includes(item.package_id)}
                  onChange={() => selection.toggle(item.package_id)}
                />
              </td>
              <td>
                <span className="package-name">{item.name}</span> <span className="package-id">{item.package_id}</span>
              </td>
              <td>
                {item.version} <span className="package-date">{item.date}</span>
              </td>
              <td>{item.metadata?.description}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function PackageButtons({ selection, actions }) {
  const toast = useToast();
  const run = async ({ act, done }) => {
    try {
      await act({ variables: { packages: selection.picked.map(spec) } });
      selection.clear();
      toast.success(done);
    } catch (error) {
      toast.error(error);
    }
  };
  return (
    <div className="package-manager-toolbar">
      {actions.map((action) => (
        <Button
          key={action.text}
          variant={action.variant ?? "primary"}
          disabled={selection.picked.length === 0}
          onClick={() => void run(action)}
        >
          {action.text}
        </Button>
      ))}
    </div>
  );
}

function InstalledPackages() {
  const { data, error } = useQuery(documents.InstalledPluginPackagesDocument, { fetchPolicy: "cache-and-network" });
  const [update] = useMutation(documents.UpdatePluginPackagesDocument);
  const [uninstall] = useMutation(documents.UninstallPluginPackagesDocument);
  const items = data?.installedPackages ?? [];
  const selection = useChosen(items);
  return (
    <SettingSection heading="Installed Plugins">
      <div className="package-manager">
        <PackageButtons
          selection={selection}
          actions={[
            { text: "Update", act: update, done: "Update queued" },
            { text: "Uninstall", act: uninstall, done: "Removal queued", variant: "danger" },
          ]}
        />
        {error && <ErrorMessage error={error.message} />}
        <PackageTable items={items} selection={selection} emptyText="No packages installed" />
      </div>
    </SettingSection>
  );
}

function Source({ source }) {
  const { data, error } = useQuery(documents.AvailablePluginPackagesDocument, { variables: { source: source.url } });
  const [install] = useMutation(documents.InstallPluginPackagesDocument);
  const items = data?.availablePackages ?? [];
  const selection = useChosen(items);
  return (
    <div className="package-manager">
      <h5>{source.name || source.url}</h5>
      <PackageButtons selection={selection} actions={[{ text: "Install", act: install, done: "Installation queued" }]} />
      {error && <ErrorMessage error={error.message} />}
      <PackageTable items={items} selection={selection} emptyText="No packages available here" />
    </div>
  );
}

export function PackagesPanel() {
  const { data } = useQuery(documents.PluginPackageSourcesDocument);
  const sources = data?.configuration.general.pluginPackageSources ?? [];
  return (
    <>
      <InstalledPackages />
      <SettingSection heading="Available Plugins">
        {sources.length === 0 && <p className="p-3 text-muted">No package source is configured.</p>}
        {sources.map((source) => (
          <Source key={source.url} source={source} />
        ))}
      </SettingSection>
    </>
  );
}
