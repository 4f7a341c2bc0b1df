import { randomInt, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { Api } from '../../app/api/api.ts'
import { makeIds } from '../../app/model/id.ts'
import { version } from '../version.ts'
import type { RecentModel, ServiceContext } from './context.ts'
import { createDispatch } from './dispatch.ts'
import type { Bridge } from './dispatch.ts'
import { draftHandlers } from './draft-handlers.ts'
import { createDraftStore } from './draft-store.ts'
import { createEvents } from './events.ts'
import { fileHandlers } from './file-handlers.ts'
import { createHandles } from './handles.ts'
import { openJournal } from './journal.ts'
import { openJsonFile } from './json-file.ts'
import { openLoadedModels } from './loaded-models.ts'
import { localKey } from './local-key.ts'
import { modelHandlers } from './model-handlers.ts'
import { processOwner } from './owner.ts'
import { programFolder } from './paths.ts'
import type { Environment } from './paths.ts'
import { planHandlers } from './plan-handlers.ts'
import { rejectWriter } from './rejects.ts'
import { createRunDesk } from './run-desk.ts'
import { runHandlers } from './run-handlers.ts'
import { createSecrets } from './secrets.ts'
import { startHandlers } from './start-handlers.ts'
import { targetHandlers } from './target-handlers.ts'
import { createTargets } from './targets.ts'

export interface ServiceOptions {
  /** Folder of journal, settings, targets and the sample database; made when missing. */
  readonly dataDir: string
  readonly env: Environment
  readonly host: 'electron' | 'web'
  /** Model or project to open first; null: the sample. */
  readonly startPath: string | null
  /** Folder that listings begin in and that relative paths belong to. */
  readonly folder: string
  /** Hears errors that nobody expected. */
  readonly unexpected?: (call: string, error: unknown) => void
}

/** The core behind every face. */
export interface Service extends Bridge {
  readonly handlers: Api
  readonly context: ServiceContext
  /** Cancels what runs, waits for it, and closes the store. */
  close(): Promise<void>
}

const settingsShape = z.record(z.string(), z.unknown())
const recentShape = z.array(z.object({ title: z.string(), path: z.string() })) satisfies z.ZodType<RecentModel[]>

/** The implementation of the API over the flavors, the local store and the disk. Errors: NOT_PERMITTED when the data folder cannot be written. */
export function createService(options: ServiceOptions): Service {
  const { dataDir, env, host, startPath, folder } = options
  const secrets = createSecrets()
  const events = createEvents()
  const targets = createTargets({ dataDir, folder, secrets })
  const journal = openJournal(dataDir)
  const owner = processOwner(version)
  const drafts = createDraftStore({ folder: join(dataDir, 'drafts'), owner, clock: () => Date.now() })
  const context: ServiceContext = {
    version,
    env,
    host,
    startPath,
    folder,
    targets,
    loaded: openLoadedModels(dataDir),
    secrets,
    events,
    sampleFolder: join(programFolder(), 'assets', 'sample'),
    newId: makeIds(() => randomInt(2 ** 47) / 2 ** 47),
    handles: createHandles(localKey(dataDir, 'handles')),
    settings: openJsonFile(join(dataDir, 'settings.json'), {}, (value) => settingsShape.safeParse(value).data ?? null),
    recent: openJsonFile<readonly RecentModel[]>(join(dataDir, 'recent.json'), [], (value) => recentShape.safeParse(value).data ?? null),
    desk: createRunDesk({ journal, owner, targets, events, writeRejects: rejectWriter(() => context.rejectsFolder ?? context.project?.folder ?? join(dataDir, 'rejects')) }),
    drafts,
    hostId: randomUUID(),
    project: null,
    rejectsFolder: null,
  }
  const handlers: Api = {
    ...startHandlers(context),
    ...fileHandlers(context),
    ...modelHandlers(context),
    ...draftHandlers(context),
    ...targetHandlers(context),
    ...planHandlers(context),
    ...runHandlers(context),
  }
  const dispatch = createDispatch(handlers, {
    scrub: (text) => secrets.scrub(text),
    ...(options.unexpected === undefined ? {} : { unexpected: options.unexpected }),
  })
  const sweep = setInterval(() => {
    drafts.sweep().catch((error: unknown) => options.unexpected?.('drafts', error))
  }, 2_000)
  sweep.unref()
  const close = () => {
    clearInterval(sweep)
    return context.desk.close()
  }
  return { handlers, context, dispatch, listen: (listener) => events.listen(listener), close }
}
