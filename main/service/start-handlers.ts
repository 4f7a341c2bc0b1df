import type { Api } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { ServiceContext } from './context.ts'
import { findProject, useProject } from './project.ts'

const maxSettings = 500

/** What a window asks first, and what it remembers. */
export function startHandlers(context: ServiceContext) {
  return {
    'app.start': async () => {
      await bringStartProject(context)
      const { version, host, startPath, handles, recent, settings } = context
      return {
        version,
        host,
        initial: startPath === null ? null : handles.mint(startPath),
        recent: recent.get().map(({ title, path }) => ({ title, location: path, handle: handles.mint(path) })),
        defaultTarget: defaultTarget(context),
        settings: settings.get(),
      }
    },
    'settings.set': async ({ key, value }) => {
      const all = context.settings.get()
      if (!Object.hasOwn(all, key) && Object.keys(all).length >= maxSettings)
        throw new MetaMigrateError('TOO_MANY_SETTINGS', `There are ${maxSettings} settings already.`)
      await context.settings.set({ ...all, [key]: value })
      return null
    },
  } satisfies Pick<Api, 'app.start' | 'settings.set'>
}

/** A window asks for its databases while its first model still opens: the project's are known by then. */
async function bringStartProject(context: ServiceContext): Promise<void> {
  if (context.startPath === null) return
  try {
    useProject(await findProject(context.startPath, context.env), context)
  } catch (error) {
    // A file that cannot be read is told when the window opens it, which is the next thing that it does.
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

/** The project's first database for development, else its first, else the sample. */
export function defaultTarget({ targets }: ServiceContext): string {
  const own = targets.list().filter(({ origin }) => origin === 'project')
  return (own.find(({ tag, stricter }) => (stricter?.ownTag ?? tag) === 'development') ?? own[0])?.id ?? 'sample'
}
