import type { DraftInfo, FileHandle, PlanReply, StartInfo, TargetInfo } from '../../app/api/api.ts'
import type { CommandName, PlanOptions } from '../../app/commands/plan.ts'
import type { ModelDocument } from '../../app/model/document.ts'
import type { Finding } from '../../app/model/finding.ts'
import type { Id, Model, Table } from '../../app/model/model.ts'
import type { Backup, RunSummary } from '../../app/run/report.ts'
import type { LiveRun } from '../runs/live-run.ts'

/** What the window knows, in slices by lifetime: the open model, what is shown of it, and work in progress. */
export interface AppState {
  readonly model: ModelSlice
  readonly view: ViewSlice
  readonly tasks: TasksSlice
}

/** The open model. `document` holds the data and its undo; the counters say that it changed, so that nothing of the model's size is compared. */
export interface ModelSlice {
  readonly document: ModelDocument | null
  readonly handle: FileHandle | null
  readonly title: string
  readonly location: string
  /** Counts edits, undos and redos. */
  readonly edits: number
  /** Counts changes to which tables and parts there are. */
  readonly structure: number
  /** The model as it was opened: what badges, changes and the offline preview compare with. */
  readonly opened: Model | null
  readonly baseline: ReadonlyMap<Id, Table>
  /** The model as it was opened or last saved: what an unsaved edit is told by. */
  readonly saved: Model | null
  readonly isDirty: boolean
  /** Names the draft that holds the edits of this model. */
  readonly draft: string
  /** Stamp of the model's files as they were opened or saved here; null while it has none. */
  readonly stamp: string | null
  /** Stamp of the files as they are now; null once they are gone. */
  readonly filesNow: string | null
  /** What reading the file found; shown among the problems until the model is opened anew. */
  readonly loadFindings: readonly Finding[]
  readonly problems: readonly Finding[]
  /** The same by table, for the cells. It is kept up to date in place: `problems` says when it changed. */
  readonly problemsOf: ReadonlyMap<Id, readonly Finding[]>
}

export type TabName = 'fields' | 'tables' | 'keys' | 'references' | 'indexes'
export type DrawerName = 'problems' | 'changes' | 'runs' | 'history'
export type Theme = 'system' | 'light' | 'dark'

export type DialogState =
  | { readonly kind: 'palette'; readonly mode: 'commands' | 'objects' }
  | { readonly kind: 'open' }
  | { readonly kind: 'saveAs'; readonly answer: (isSaved: boolean) => void }
  | { readonly kind: 'unsaved'; readonly doing: string; readonly answer: (answer: 'save' | 'draft' | 'discard' | 'stay') => void }
  | { readonly kind: 'drafts' }
  | { readonly kind: 'addTarget' }
  | { readonly kind: 'targetPassword'; readonly target: string }
  | { readonly kind: 'deploy' }

export interface Toast {
  readonly id: number
  readonly text: string
  readonly undo: boolean
}

export interface ViewSlice {
  /** Tables whose fields the sheet shows, in stored order; [] shows the whole model. */
  readonly tables: readonly Id[]
  readonly tab: TabName
  readonly drawer: DrawerName | null
  readonly explorer: boolean
  readonly preview: boolean
  readonly flavor: string
  /** What a person chose about each flavor's text: flavor, setting, value. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly command: CommandName
  /** The file shown of a text that comes in several. */
  readonly file: string
  readonly dialog: DialogState | null
  readonly toast: Toast | null
  readonly theme: Theme
  readonly isHighContrast: boolean
  readonly showsHiddenColumns: boolean
  /** Where the sheet's focus is. */
  readonly focus: { readonly table: Id | null; readonly part: Id | null }
}

export interface AppFailure {
  readonly id: number
  readonly title: string
  readonly message: string
  readonly code: string
  readonly details: string
}

export interface DeployState {
  readonly command: CommandName
  /** Only the tables shown in the sheet, or everything. */
  readonly scope: 'all' | 'shown'
  readonly options: PlanOptions
  readonly reply: PlanReply | null
  readonly isBusy: boolean
  readonly failure: { readonly code: string; readonly message: string } | null
  readonly confirm: string
}

export interface TasksSlice {
  /** `silent`: the host does not answer. `stranger`: one answers that does not know this page. */
  readonly hostLost: 'silent' | 'stranger' | null
  /** Drafts of earlier sessions, newest first. */
  readonly drafts: readonly DraftInfo[]
  readonly areDraftsHidden: boolean
  /** The number of edits (`ModelSlice.edits`) that the draft on disk holds; -1 before there is one. */
  readonly keptEdits: number
  readonly start: StartInfo | null
  readonly targets: readonly TargetInfo[]
  readonly target: string | null
  /** What is being waited for, oldest first: shown once it takes over 200 ms. */
  readonly busy: readonly { readonly id: number; readonly label: string }[]
  readonly failures: readonly AppFailure[]
  readonly deploy: DeployState | null
  readonly runs: readonly RunSummary[]
  /** The backups of a database, while they are looked at; `list` null until they are read, `run` the one whose drop is asked about. */
  readonly backups: { readonly target: string; readonly list: readonly Backup[] | null; readonly run: string | null } | null
  readonly run: LiveRun | null
}

export const emptyPlanOptions: PlanOptions = {
  allowLossy: false,
  accept: [],
  keepBackup: null,
  strategy: null,
  includeUnchanged: false,
  renames: [],
}

/** The window before anything was opened. */
export const initialState: AppState = {
  model: {
    document: null,
    handle: null,
    title: '',
    location: '',
    edits: 0,
    structure: 0,
    opened: null,
    baseline: new Map(),
    saved: null,
    isDirty: false,
    draft: '',
    stamp: null,
    filesNow: null,
    loadFindings: [],
    problems: [],
    problemsOf: new Map(),
  },
  view: {
    tables: [],
    tab: 'fields',
    drawer: null,
    explorer: true,
    preview: true,
    flavor: '',
    settings: {},
    command: 'create',
    file: '',
    dialog: null,
    toast: null,
    theme: 'system',
    isHighContrast: false,
    showsHiddenColumns: false,
    focus: { table: null, part: null },
  },
  tasks: { hostLost: null, drafts: [], areDraftsHidden: false, keptEdits: -1, start: null, targets: [], target: null, busy: [], failures: [], deploy: null, runs: [], backups: null, run: null },
}
