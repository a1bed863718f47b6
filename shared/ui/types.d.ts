// Types for the checker only: what Stash hands to plugins, and what the kit hands to a plugin's own file. Not shipped.
declare namespace StashBundle {
  type ReactModule = typeof import("react");
  type AnyComponent = import("react").ComponentType<any>;

  interface PluginApi {
    React: ReactModule;
    ReactDOM: typeof import("react-dom");
    GQL: Record<string, any>;
    libraries: Record<"Bootstrap" | "ReactRouterDOM" | "Apollo" | "Intl" | "FontAwesomeSolid" | "FontAwesomeRegular", any> & Record<string, any>;
    components: Record<string, any>;
    loadableComponents: Record<string, () => Promise<unknown>>;
    utils: { StashService: any; NavUtils: any; loadComponents: any };
    hooks: Record<string, any>;
    patch: Record<"before" | "instead" | "after", (name: string, change: (...args: any[]) => any) => void>;
    register: { route(path: string, component: AnyComponent): void; component(name: string, component: AnyComponent): void };
    Event: EventTarget;
  }

  type Values = Record<string, unknown>;
  type Entry = string | { one?: string; few?: string; many?: string; two?: string; zero?: string; other: string; [form: string]: string | undefined };
  type Dictionary = Record<string, Entry>;
  type Dictionaries = Record<string, Dictionary>;
  /** Returns the text of a key; `fallback` (else the key itself) where the key has no text. */
  type Translate = (key: string, values?: Values, fallback?: string) => string;

  type EntityKind = "performer" | "studio" | "tag" | "scene";
  interface Entity { kind: EntityKind; id: string }
  interface Need { since: string; what: string }

  type ErrorKind = "network" | "login" | "size" | "proxy" | "http" | "answer" | "python" | "crash" | "disabled" | "gone" | "cancelled" | "version" | "server" | "bug";

  type JobStatus = "READY" | "RUNNING" | "FINISHED" | "STOPPING" | "CANCELLED" | "FAILED";
  interface Job { id: string; status: JobStatus; description?: string; progress: number | null; startTime?: string | null }
  type RunState = "running" | "finished" | "partial" | "failed" | "cancelled" | "interrupted";
  type Phase = RunState | "queued" | "stopping" | "lost" | "undone" | "undone_in_part";
  interface Run {
    id: string;
    title: string;
    kind: "task" | "operation" | "undo";
    state: RunState;
    started_at: string;
    finished_at: string | null;
    message: string | null;
    dry_run: boolean;
    undo_of: string | null;
    undoable: number;
    undone?: number;
    totals: Record<string, number>;
    changes?: number;
    plan_id?: string | null;
    problems?: Record<string, string> | null;
    reasons?: string[];
    stash_backup?: string | null; // the sentence about the copy of Stash's database that was made before the run
  }
  interface ChangeRow {
    id: string | number;
    item: { kind: string; id: string; label: string };
    field: string;
    action: "set" | "add" | "remove" | "do" | "note";
    before: unknown;
    after: unknown;
    source: string;
    reason: string;
    outcome: string;
    message: string | null;
    undoable: boolean;
    selected: boolean;
    pictures?: ("before" | "after")[]; // the sides that are stored pictures
  }
  /** undoes: the run that an undo takes back, with isPart only some of its changes */
  interface TaskHandle { jobId: string; runToken: string; title?: string; planId?: string; undoes?: string; isPart?: boolean }
  interface TaskState {
    start(taskName: string, args?: Values, description?: string): Promise<void>;
    cancel(): Promise<void>;
    adopt(handle: TaskHandle | null): void;
    dismiss(): void;
    handle: TaskHandle | null;
    title: string;
    isActive: boolean;
    isKnown: boolean;
    phase: Phase;
    percent: number | null;
    secondsLeft: number | null;
    /** What a stopped task left; null for any other. */
    stop: { key: "written" | "open"; percent: number | null } | null;
    run: Run | null;
    error: unknown;
  }

  interface Choice { value: unknown; label: string }
  interface SettingRow {
    key: string;
    group: string;
    label: string;
    help: string;
    text?: string; // the help without the default, which the field shows
    type: "STRING" | "NUMBER" | "BOOLEAN";
    default: unknown;
    value: unknown;
    is_set: boolean;
    secret: boolean;
    address: string | null; // of a secret: the setting with the address it belongs to
    alarm: string | null;
    choices: Choice[] | null;
    picker: boolean;
    minimum: number | null;
    maximum: number | null;
    unit: string | null;
    problem: string | null;
  }
  interface SettingGroup { key: string; title: string; text: string | null; test: string | null }
  interface SettingStore {
    values: Values;
    isSet(row: SettingRow): boolean;
    save(changes: Values): void;
    readValues(): Values | undefined;
  }
  interface FieldProps {
    row: SettingRow;
    id: string;
    value: unknown;
    isSet: boolean;
    save(value: unknown): void;
    readValues(): Values | undefined;
  }
  interface SetupTest { key: string; title: string; text: string }
  interface SetupResult { key: string; title: string; state: string; message: string; next_step: string | null; setting: string | null }
  /** A step of the Setup tab; `title` and `text` are keys of texts, `component` gets `round`, the number of settings saved. */
  interface SetupStep { title: string; text: string; tests?: string[]; settings?: string[]; component?: AnyComponent }
  interface UndoForecast { kind: "all" | "some" | "none"; count: number; limits: string[] }
  interface ScheduleRow { mode: string; title: string; every_days: number; waits_for_person: boolean; is_running: boolean; last: string | null; next: string | null; started: string | null; started_by: string | null }
  /** `state` is ok, warning, failed, not_set_up, not_tested or outdated (the settings changed since). */
  interface HealthTest { key: string; title: string; state: string; message: string; at: string | null }
  interface HealthError { label: string; message: string; at: string; count: number; is_over: boolean }
  interface Health {
    state: "ok" | "warning" | "failed" | "untested";
    tests: HealthTest[];
    queue: { waiting: number; dead: number; trouble: string; is_stopped: boolean } | null;
    backup: string | null;
    errors: HealthError[];
    open_errors: number;
    versions: { plugin: string; python: string; sqlite: string; system: string };
  }
  interface HeartbeatNotice { key: string; level: string; text: string; can_dismiss?: boolean }
  interface Heartbeat { notices: HeartbeatNotice[]; pending: number; error?: unknown }

  interface Column { key: string; title: string; className?: string; sortable?: boolean; render?(row: any): any }

  interface ClockParts {
    now(): number;
    setTimer(run: () => void, milliseconds: number): unknown;
    clearTimer(timer: unknown): void;
    isVisible(): boolean;
  }
  interface Clock { every(seconds: number, run: () => void, first?: number): () => void; wake(): void; size(): number }

  interface Signal { last: any; emit(value?: any): void; listen(listener: (value?: any) => void): () => void }

  interface EntityButton {
    key: string;
    kinds: EntityKind[];
    label: string;
    title?: string;
    icon?: string;
    hasBadge?: boolean; // the plugin's page gives the button a badge, so it is loaded with the entity
    asks?: string; // an operation; the page is loaded for the badge only if it answers with is_shown
    dialog?: import("react").ComponentType<{ entity: Entity; savedAt: string; onClose: () => void }>;
    onPress?(entity: Entity, tools: { history: any }): void;
    /**
     * Stands beside the button; `round` is 0 while the dialog is open, and another number whenever Stash has newer data; `savedAt` is when
     * the entity was last saved, empty until Stash has said so.
     */
    badge?: import("react").ComponentType<{ entity: Entity; round: number; savedAt: string; answer?: any }>;
  }
  interface Tab { key: string; title: string; component: AnyComponent }
  /** What a starter registers on every page of Stash. */
  interface StarterOptions {
    id: string;
    name: string;
    path: string;
    icon?: string;
    heartbeat?: boolean;
    buttons?: EntityButton[];
  }
  /** What a page adds when it is loaded. */
  interface PluginOptions {
    words?: Dictionaries;
    needs?: Need[];
    /** The steps of the Setup tab; everything else is under Advanced. */
    setup?: SetupStep[];
    describe?(change: ChangeRow, t: Translate): Described;
    /** What stands above the changes of an opened item of a plan. */
    itemHead?: AnyComponent | null;
    itemThumb?: AnyComponent | null;
    /** The name of an item in the history; its children stand below the name. */
    itemName?: AnyComponent | null;
    /** What the History tab opens with. */
    history?: "runs" | "items";
  }
  interface LazyScript { isLoaded: boolean; loaded: Signal; load(): Promise<any> }
  /** A plugin as the other plugins of the bundle see it; versions differ, so members are only added. */
  interface Member {
    id: string;
    name: string;
    path: string;
    icon: string;
    due: number; // when its heartbeat is due
    attention: number; // how many things need attention
    isWorking: boolean;
    says: string; // both in words
    sceneTitle?: string; // what showScene shows, in words
    showScene?(entity: Entity, savedAt: string): any; // what this plugin knows about a scene
  }
  interface Bundle { plugins: Member[]; beatAt: number; listeners: (() => void)[] }
  /** How a plugin shows a change in its own words; what is left out is shown as it came. */
  interface Described { field?: string; before?: any; after?: any; reason?: string }
  interface CallOptions { signal?: AbortSignal }
  interface Ui {
    id: string;
    name: string;
    path: string;
    icon?: string;
    needs: Need[];
    setup: SetupStep[];
    dictionaries: Dictionaries;
    hasHeartbeat: boolean;
    describe(change: ChangeRow, t: Translate): Described;
    itemHead: AnyComponent | null;
    itemThumb: AnyComponent | null;
    itemName: AnyComponent | null;
    history: string;
    tabs: Tab[];
    buttons: EntityButton[];
    settingFields: Record<string, import("react").ComponentType<FieldProps>>;
    hosts: object[];
    hostsChanged: Signal;
    drawn: Signal;
    beats: Signal;
    host: LazyScript;
    page: LazyScript;
    member: Member;
    startedAt: number;
    keptDue: number;
    isPageOpen: boolean;
    stopWatching?: () => void;
    scenePanel?: import("react").ComponentType<{ entity: Entity; savedAt: string }>; // since the page is loaded
    wrongLinkValues?: import("react").ComponentType<{ links: any[] }>; // since the page is loaded; Tag Manager shows it
    openSceneList?(ui: Ui, choice: { history: any; locale: string; which: string }): void;
    // Since the page is loaded:
    work: Signal; // the tasks started in this browser tab: {slot, path}[]
    shownSlots: Signal; // the slots of tasks that are on the page now
    undoneRuns: Signal; // the runs that were undone on this page: id to "undone" or "undone_in_part"
    tested: Signal; // connection tests or a task have ended, so the health may have changed; the key of the last one
    answered: Signal; // an operation of this page has been answered
    runningTests: number;
    operation(name: string, args?: Values, options?: CallOptions): Promise<any>;
    runTask(taskName: string, args?: Values, description?: string): Promise<TaskHandle>;
    addPage(tabs: Tab[]): void;
    completeButton(key: string, parts: Pick<EntityButton, "dialog" | "onPress" | "badge">): void;
    addSettingField(key: string, component: import("react").ComponentType<FieldProps>): void;
  }

  interface Loaded { data: any; error: any; isLoading: boolean; reload(): void; setData(data: any): void }
  interface Action { run(...args: any[]): Promise<any>; isBusy: boolean }
  interface Selection {
    selected: ReadonlySet<string>;
    state: "none" | "some" | "all";
    change(key: string, isOn: boolean, isRange?: boolean): void;
    changeAll(isOn: boolean): void;
    clear(): void;
  }

  /** Components are listed in README.md; the checker takes their props as they come. */
  interface Kit {
    [piece: string]: any;
    api: PluginApi;
    React: ReactModule;
    h: ReactModule["createElement"];
    dictionaries: Dictionaries;
    starterWords: Dictionaries;
    scripts: { host: string; page: string };
    ui: Ui;
    bundle: Bundle;
    starter(options: StarterOptions): Ui;
    plugin(options: PluginOptions): Ui;
    makeClock(parts: ClockParts): Clock;
    clock: Clock;
    matchEntity(path: string): Entity | null;
    listTotals(totals: Record<string, number>): [string, number][];
    listUnmetNeeds(needs: Need[], version: string): Need[];
    Table: import("react").ComponentType<any>;
    Dialog: import("react").ComponentType<any>;
    ConfirmDialog: import("react").ComponentType<any>;
    toast: { success(content: any): void; warning(content: any): void; undo(text: string, onUndo: () => unknown): void; error(error: unknown): void };
    graphql(query: string, variables?: Values, options?: CallOptions): Promise<any>;
    operation(pluginId: string, name: string, args?: Values, options?: CallOptions): Promise<any>;
    runTask(pluginId: string, taskName: string, args?: Values, description?: string): Promise<TaskHandle>;
    stopJob(jobId: string): Promise<void>;
    findJob(jobId: string): Promise<Job | null>;
    forgetCached(fields: string[]): void;
    useUi(): Ui;
    useText(): Translate;
    useLocale(): string;
    useLoad(key: string, load: (signal: AbortSignal) => Promise<any>, options?: { keeps?: boolean }): Loaded;
    useAction(action: (...args: any[]) => unknown, onError?: (error: unknown) => void): Action;
    useSelection(order: string[]): Selection;
    useTask(slot: string, options?: { onEnd?: (run: Run | null) => void }): TaskState;
  }
}

interface Window {
  PluginApi: StashBundle.PluginApi;
  StashBundleKit: StashBundle.Kit;
  StashBundleKits: Record<string, StashBundle.Kit>;
  StashBundle?: StashBundle.Bundle;
}

declare var module: any;
