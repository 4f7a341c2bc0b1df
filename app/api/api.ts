import type { CommandName, Plan, PlanOptions, Selection } from '../commands/plan.ts'
import type { RenameCandidate } from '../diff/candidate.ts'
import type { ErrorDetails } from '../errors.ts'
import type { Finding } from '../model/finding.ts'
import type { Id, Model } from '../model/model.ts'
import type { TableShape } from '../model/shape.ts'
import type { FlavorSettings } from '../flavor/dialect.ts'
import type { Backup, DroppedBackups, RunDetail, RunEvent, RunPreview, RunSummary } from '../run/report.ts'

/** An opaque name that the host gave for a file or folder. The window never sends a path of its own. */
export type FileHandle = string

export interface OpenedModel {
  /** Where `model.save` writes; null when it was read from something that cannot be written (an upload, a database). */
  readonly handle: FileHandle | null
  readonly title: string
  /** Path or address for display. */
  readonly location: string
  readonly model: Model
  readonly findings: readonly Finding[]
  /** Tells this content of the model's files from any other; absent where there are none. */
  readonly stamp?: string | null
  /** The project's choices about texts, by flavor; absent where the model belongs to no project. */
  readonly flavors?: FlavorSettings
}

export interface FolderListing {
  readonly path: string
  readonly handle: FileHandle
  readonly parent: FileHandle | null
  readonly entries: readonly { readonly name: string; readonly kind: 'folder' | 'file'; readonly handle: FileHandle; /** A CSV file, or a folder with fields.csv. */ readonly isModel: boolean }[]
}

export type TargetTag = 'development' | 'test' | 'production'
export type TargetPolicy = 'free' | 'confirm' | 'read-only'

export interface TargetInfo {
  readonly id: string
  readonly name: string
  /** Without a password. */
  readonly url: string
  readonly flavor: string
  readonly tag: TargetTag
  readonly policy: TargetPolicy
  readonly origin: 'project' | 'user' | 'sample'
  /** True while the target needs a password that the host does not have. */
  readonly needsPassword: boolean
  /** Present when someone else says more of this database than its own entry does: `tag` and `policy` are the stricter ones, `because` names who says them. */
  readonly stricter?: { readonly because: string; readonly ownTag: TargetTag; readonly ownPolicy: TargetPolicy }
}

export interface TargetProbe {
  readonly product: string
  readonly database: string
  readonly latencyMs: number
}

export type { RenameCandidate } from '../diff/candidate.ts'

export interface PlanReply {
  /** Null while `candidates` must be answered first. */
  readonly plan: Plan | null
  readonly candidates: readonly RenameCandidate[]
  readonly findings: readonly Finding[]
  /** The database is a file that is not there yet: the start of the run makes it. */
  readonly isNewFile?: boolean
  /** Answers of `options.accept` that cover nothing in this plan; absent when all do. */
  readonly idle?: readonly string[]
}

export interface StartInfo {
  readonly version: string
  readonly host: 'electron' | 'web'
  /** Opened at start: the path given on the command line; null: the sample. */
  readonly initial: FileHandle | null
  readonly recent: readonly { readonly title: string; readonly location: string; readonly handle: FileHandle }[]
  readonly defaultTarget: string | null
  readonly settings: Readonly<Record<string, unknown>>
}

export interface RunAction {
  readonly runId: string
  readonly target?: string
  readonly confirm?: string
}

/** A draft: edits of a model that were kept, but not saved. */
export interface DraftInfo {
  readonly id: string
  readonly title: string
  /** Path of the model for display; '' when it was no file yet. */
  readonly location: string
  /** ISO time of its last edit. */
  readonly at: string
  /** What it changes, by name; `changeCount` of them in all. */
  readonly changes: readonly string[]
  readonly changeCount: number
  readonly handle: FileHandle | null
  /** The model's files are still those that the draft began with. */
  readonly isCurrent: boolean
}

/** What a window sends of its edits: everything, or the tables that changed since it sent last. */
export interface DraftUpdate {
  /** Chosen by the window for each model that it opens. */
  readonly id: string
  readonly window: string
  readonly handle: FileHandle | null
  readonly title: string
  /** Stamp of the model's files when they were opened or saved last. */
  readonly stamp: string | null
  readonly at: string
  readonly changes: readonly string[]
  readonly changeCount: number
  readonly isWhole: boolean
  /** The edited model, with all its tables or with those that changed; `order` names them all. */
  readonly model: Model
  readonly order: readonly Id[]
  /** The saved model with the tables alone that differ from the edited ones, or are gone; `savedOrder` names them all. */
  readonly saved: Model
  readonly savedOrder: readonly Id[]
}

/** Every call between a face and the core. Two carriers and the command line run the same handlers. */
export interface Api {
  'app.start': (args: Record<string, never>) => Promise<StartInfo>
  'settings.set': (args: { readonly key: string; readonly value: unknown }) => Promise<null>

  'files.list': (args: { readonly handle: FileHandle | null }) => Promise<FolderListing>
  /** `handle` null opens the sample model. */
  'model.open': (args: { readonly handle: FileHandle | null }) => Promise<OpenedModel>
  /** Files that the person dropped or picked in the window; the contents are base64. */
  'model.import': (args: { readonly files: readonly { readonly name: string; readonly base64: string }[] }) => Promise<OpenedModel>
  'model.fromTarget': (args: { readonly target: string; readonly schemas?: readonly string[] }) => Promise<OpenedModel>
  /** `stamp`: what the files must still be, as the window knows them. Errors: CHANGED_ON_DISK when someone else wrote them; absent or null: whatever they are. */
  'model.save': (args: { readonly handle: FileHandle; readonly model: Model; readonly stamp?: string | null }) => Promise<{ readonly files: readonly string[]; readonly stamp: string | null }>
  /** `name` ending in .csv makes a single file, anything else a directory. Refuses to overwrite (ALREADY_EXISTS) unless `overwrite`. */
  'model.saveAs': (args: { readonly folder: FileHandle; readonly name: string; readonly model: Model; readonly overwrite?: boolean }) => Promise<{ readonly handle: FileHandle; readonly title: string; readonly location: string; readonly stamp: string | null }>

  /** Keeps a draft. `isKept` false: the host does not have the tables that were left out; send them all. */
  'draft.keep': (args: DraftUpdate) => Promise<{ readonly isKept: boolean }>
  /** Nobody works on the draft any more: it is offered to whoever comes next. */
  'draft.release': (args: { readonly id: string }) => Promise<null>
  'draft.discard': (args: { readonly id: string }) => Promise<null>
  /** Drafts that no window works on. `last`: the window that this one takes the place of (a reload). */
  'draft.list': (args: { readonly window: string; readonly last: string | null }) => Promise<readonly DraftInfo[]>
  /** Errors: DRAFT_NOT_FOUND. */
  'draft.read': (args: { readonly id: string }) => Promise<{ readonly info: DraftInfo; readonly saved: Model; readonly model: Model; readonly stamp: string | null }>
  /** Asked every second. `host` differs once another process answers; `stamp`: what the files of `handle` are now, null when they are gone. */
  'window.pulse': (args: { readonly window: string; readonly handle: FileHandle | null }) => Promise<{ readonly host: string; readonly stamp: string | null }>

  'target.list': (args: Record<string, never>) => Promise<readonly TargetInfo[]>
  'target.add': (args: { readonly name: string; readonly url: string; readonly password?: string; readonly tag: TargetTag; readonly policy: TargetPolicy }) => Promise<TargetInfo>
  'target.remove': (args: { readonly id: string }) => Promise<null>
  'target.password': (args: { readonly id: string; readonly password: string }) => Promise<null>
  'target.test': (args: { readonly url: string; readonly password?: string } | { readonly id: string }) => Promise<TargetProbe>
  'target.shapes': (args: { readonly id: string }) => Promise<{ readonly probe: TargetProbe; readonly tables: readonly TableShape[] }>

  /** A file that is not there is taken for an empty database by create and redeploy, unless `mayBeNew` is false; else NOT_FOUND. */
  'plan.make': (args: { readonly target: string; readonly command: CommandName; readonly model: Model; readonly selection: Selection; readonly options: PlanOptions; readonly mayBeNew?: boolean }) => Promise<PlanReply>
  /** Runs a plan that `plan.make` of this host gave, by its hash. `confirm`: the database name, typed by the person, where the target's policy asks for it. */
  'plan.run': (args: { readonly hash: string; readonly target: string; readonly confirm?: string }) => Promise<{ readonly runId: string }>

  'run.list': (args: Record<string, never>) => Promise<readonly RunSummary[]>
  'run.get': (args: { readonly runId: string }) => Promise<RunDetail>
  'run.cancel': (args: { readonly runId: string }) => Promise<null>
  /** `target`: id of the database that the run is looked for in; left out, the local store tells. `confirm` as of `plan.run`: undo, resume and dropping change a database too. */
  'run.resume': (args: RunAction) => Promise<{ readonly runId: string }>
  /** `acceptLoss`: rows written since the run may leave the table; they are copied aside first. */
  'run.undo': (args: RunAction & { readonly acceptLoss?: boolean }) => Promise<{ readonly runId: string }>
  /** What an undo or a resume would run; nothing is run or written. */
  'run.preview': (args: { readonly runId: string; readonly target?: string; readonly action: 'undo' | 'resume'; readonly acceptLoss?: boolean }) => Promise<RunPreview>

  /** Every copy that MetaMigrate keeps in a database. Writes nothing. */
  'backups.list': (args: { readonly target: string }) => Promise<readonly Backup[]>
  /**
   * Drops the copies of these runs, or those of every ended run made before a moment (`before`, ISO 8601, UTC). `accept` MM104: they may be the only ones of
   * something; `seen`: how much of that was shown. `dryRun` drops nothing and tells what would be.
   */
  'backups.drop': (args: {
    readonly target?: string
    readonly runs?: readonly string[]
    readonly before?: string
    readonly accept: readonly string[]
    readonly seen?: { readonly rows: string; readonly values: string }
    readonly dryRun?: boolean
    readonly confirm?: string
  }) => Promise<DroppedBackups>
}

export type CallName = keyof Api
export type Arguments<K extends CallName> = Parameters<Api[K]>[0]
export type Result<K extends CallName> = Awaited<ReturnType<Api[K]>>

/** Events that the host pushes to every window. */
export type ApiEvent = RunEvent

/** What crosses the bridge. Errors do not survive it whole. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string; readonly details: ErrorDetails } }

/** What the window sees, whichever carrier it has. */
export interface Client {
  call<K extends CallName>(name: K, args: Arguments<K>): Promise<Result<K>>
  /** Returns the function that stops listening. */
  listen(listener: (event: ApiEvent) => void): () => void
}
