import type { Id } from '../../app/model/model.ts'
import type { LoadedModels } from './loaded-models.ts'
import type { DraftStore } from './draft-store.ts'
import type { JsonFile } from './json-file.ts'
import type { Events } from './events.ts'
import type { Handles } from './handles.ts'
import type { Environment } from './paths.ts'
import type { Project } from './project.ts'
import type { RunDesk } from './run-desk.ts'
import type { Secrets } from './secrets.ts'
import type { Targets } from './targets.ts'

export interface RecentModel {
  readonly title: string
  readonly path: string
}

/** What the handlers of every area share. */
export interface ServiceContext {
  readonly version: string
  readonly env: Environment
  readonly host: 'electron' | 'web'
  /** Path given at start; null: the sample. */
  readonly startPath: string | null
  /** Where file listings begin and relative paths belong. */
  readonly folder: string
  /** Folder of the sample model. */
  readonly sampleFolder: string
  readonly newId: () => Id
  readonly handles: Handles
  readonly settings: JsonFile<Readonly<Record<string, unknown>>>
  readonly recent: JsonFile<readonly RecentModel[]>
  readonly targets: Targets
  readonly loaded: LoadedModels
  readonly secrets: Secrets
  readonly events: Events
  readonly desk: RunDesk
  readonly drafts: DraftStore
  /** Tells this start of the host from any other. */
  readonly hostId: string
  /** The project whose model is open; null when it belongs to none. */
  project: Project | null
  /** Where reject files go; null: into the project, else into the data folder. Set by the command line. */
  rejectsFolder: string | null
}
