// Settings → Tasks: the job queue and what can be put into it.
import { faBan, faCheck, faCircleExclamation, faCog, faHourglassStart, faTimes } from "@fortawesome/free-solid-svg-icons";
import { useEffect, useState } from "react";
import { Button, Card, ProgressBar } from "react-bootstrap";
import { useIntl } from "react-intl";
import { mutateMetadataScan, mutateRunPluginTask, mutateStopJob, useJobQueue, useJobsSubscribe, usePlugins } from "../../host/stash-service.js";
import { useToast } from "../../host/toast.jsx";
import { Icon } from "../../parts/basics.jsx";
import { Setting, SettingGroup, SettingSection } from "./inputs.jsx";

const ICONS = {
  READY: faHourglassStart,
  RUNNING: faCog,
  STOPPING: faCog,
  FINISHED: faCheck,
  CANCELLED: faBan,
  FAILED: faCircleExclamation,
};
const POLL_EVERY = 1000;

// Live where the server has a websocket, asked once a second otherwise.
function useJobs() {
  const { data, refetch } = useJobQueue();
  const live = useJobsSubscribe();
  const [jobs, setJobs] = useState([]);
  useEffect(() => setJobs(data?.jobQueue ?? []), [data]);
  useEffect(() => {
    const timer = window.setInterval(() => document.visibilityState === "visible" && void refetch(), POLL_EVERY);
    return () => window.clearInterval(timer);
  }, [refetch]);
  useEffect(() => {
    const change = live.data?.jobsSubscribe;
    if (!change) return;
    setJobs((list) => [...list.filter((job) => job.id !== change.job.id), ...(change.type === "REMOVE" ? [] : [change.job])]);
  }, [live.data]);
  return jobs;
}

function Job({ job }) {
  const [isStopping, setStopping] = useState(false);
  const canStop = !isStopping && ["READY", "RUNNING"].includes(job.status);
  const stop = () => {
    setStopping(true);
    void mutateStopJob(job.id);
  };
  return (
    <li className="job fade-in">
      <div>
        <Button className="minimal stop" size="sm" title="Stop" onClick={stop} disabled={!canStop}>
          <Icon icon={faTimes} />
        </Button>
        <div className={`job-status ${job.status.toLowerCase()}`}>
          <div className="job-description">
            <div>
              <Icon icon={ICONS[job.status]} className={`fa-fw${job.status === "RUNNING" ? " fa-spin" : ""}`} />{" "}
              <span>{job.description}</span>
            </div>
          </div>
          {job.status === "RUNNING" && job.progress !== null && (
            <ProgressBar animated now={job.progress * 100} label={`${(job.progress * 100).toFixed(0)}%`} />
          )}
          {job.error && <div className="job-error">{job.error}</div>}
        </div>
      </div>
    </li>
  );
}

function JobTable() {
  const jobs = useJobs();
  return (
    <Card className="job-table">
      <ul>
        {jobs.length === 0 && <li className="empty-queue-message fade-in">No tasks are currently running.</li>}
        {jobs.map((job) => (
          <Job key={job.id} job={job} />
        ))}
      </ul>
    </Card>
  );
}

function PluginTasks({ plugins }) {
  const intl = useIntl();
  const toast = useToast();
  const run = async (plugin, task) => {
    try {
      await mutateRunPluginTask(plugin.id, task.name);
      toast.success(intl.formatMessage({ id: "config.tasks.added_job_to_queue" }, { operation_name: task.name }));
    } catch (error) {
      toast.error(error);
    }
  };
  return plugins.map((plugin) => (
    <SettingGroup key={plugin.id} settingProps={{ heading: plugin.name }} collapsible>
      {plugin.tasks.map((task) => (
        <Setting key={task.name} heading={task.name} subHeading={task.description}>
          <Button variant="secondary" size="sm" onClick={() => void run(plugin, task)}>
            {task.name}
          </Button>
        </Setting>
      ))}
    </SettingGroup>
  ));
}

export function TasksPanel() {
  const toast = useToast();
  const { data } = usePlugins();
  const plugins = (data?.plugins ?? []).filter((plugin) => plugin.enabled && plugin.tasks?.length);
  const scan = () =>
    void mutateMetadataScan({}).then(() => toast.success("Added scan to job queue"), toast.error);
  return (
    <div id="tasks-panel">
      <div className="tasks-panel-queue">
        <h1>Task Queue</h1>
        <JobTable />
      </div>
      <SettingSection heading="Library">
        <Setting heading="Scan" subHeading="Scan for new content and add it to the database.">
          <Button variant="secondary" onClick={scan}>
            Scan
          </Button>
        </Setting>
      </SettingSection>
      {plugins.length > 0 && (
        <SettingSection heading="Plugin Tasks">
          <PluginTasks plugins={plugins} />
        </SettingSection>
      )}
    </div>
  );
}
