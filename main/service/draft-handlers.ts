import { realpath } from 'node:fs/promises'
import type { Api } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'
import type { ServiceContext } from './context.ts'
import type { DraftHead } from './draft-store.ts'
import { stampAt } from './model-stamp.ts'

/** Edits that are not saved yet, kept beside the model, and what a window asks every second. */
export function draftHandlers({ drafts, handles, hostId }: ServiceContext) {
  const told = async ({ path, changeCount, ...head }: DraftHead) => ({
    id: head.id,
    title: head.title,
    location: path ?? '',
    at: head.at,
    changes: head.changes,
    changeCount,
    handle: path === null ? null : handles.mint(path),
    isCurrent: path === null || (await stampAt(path)) === head.stamp,
  })
  return {
    'draft.keep': async ({ handle, ...update }) => ({
      isKept: await drafts.keep({ ...update, path: handle === null ? null : await realPathOf(handles.path(handle)) }),
    }),
    'draft.release': async ({ id }) => (await drafts.release(id), null),
    'draft.discard': async ({ id }) => (await drafts.discard(id), null),
    'draft.list': async ({ window, last }) => Promise.all((await drafts.list(window, last)).map(told)),
    'draft.read': async ({ id }) => {
      const draft = await drafts.read(id)
      if (draft === null) throw new MetaMigrateError('DRAFT_NOT_FOUND', 'This draft is no longer there: it was restored or discarded in another window.', { draft: id })
      const { model, saved, ...head } = draft
      return { info: await told(head), model, saved, stamp: head.stamp }
    },
    'window.pulse': async ({ window, handle }) => {
      drafts.pulse(window)
      return { host: hostId, stamp: handle === null ? null : await stampAt(handles.path(handle)) }
    },
  } satisfies Pick<Api, 'draft.keep' | 'draft.release' | 'draft.discard' | 'draft.list' | 'draft.read' | 'window.pulse'>
}

/** The draft of a model is found again whatever link it was opened by. A file that is gone keeps its name. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return path
    throw error
  }
}
