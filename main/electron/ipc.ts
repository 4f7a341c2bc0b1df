import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import type { Reply } from '../../app/api/api.ts'
import type { Bridge } from '../service/dispatch.ts'
import { maxBytes, schemas } from '../service/schemas.ts'
import { callChannel, eventChannel } from './channels.ts'
import { isTrustedSender } from './security.ts'
import type { Sender } from './security.ts'

const refuse = (code: string, message: string): Reply<never> => ({ ok: false, error: { code, message, details: {} } })

/**
 * Answers one message of a window, as unknown as it comes: sender, then name, then size, then JSON; the dispatcher proves the arguments.
 * Arguments travel as JSON text, so that nothing but data can cross, and both carriers take just the same.
 */
export async function answerMessage(
  bridge: Pick<Bridge, 'dispatch'>,
  sender: Sender,
  name: unknown,
  json: unknown,
): Promise<Reply<unknown>> {
  if (!isTrustedSender(sender)) return refuse('NOT_PERMITTED', 'This page may not ask.')
  if (typeof name !== 'string' || !Object.hasOwn(schemas, name)) return refuse('UNKNOWN_CALL', 'There is no such call.')
  if (typeof json !== 'string') return refuse('BAD_ARGUMENTS', 'Arguments travel as JSON text.')
  if (json.length > maxBytes(name)) return refuse('BAD_ARGUMENTS', `The arguments are larger than ${maxBytes(name)} characters.`)
  let args: unknown
  try {
    args = JSON.parse(json)
  } catch {
    return refuse('BAD_ARGUMENTS', 'The arguments are not JSON.')
  }
  return bridge.dispatch(name, args)
}

/** Who sent a message, as Electron tells it. */
export const senderOf = ({ senderFrame }: Pick<IpcMainInvokeEvent, 'senderFrame'>): Sender => ({
  url: senderFrame?.url ?? null,
  isMainFrame: senderFrame !== null && senderFrame.parent === null,
})

/** Binds the dispatcher to Electron's messages. */
export function bindCalls(ipcMain: Pick<IpcMain, 'handle'>, bridge: Bridge): void {
  ipcMain.handle(callChannel, (event, name: unknown, json: unknown) => answerMessage(bridge, senderOf(event), name, json))
}

/** Sends every event of the host to a window until it is gone. */
export function bindEvents(contents: Pick<WebContents, 'send' | 'isDestroyed' | 'once'>, bridge: Bridge): void {
  const stop = bridge.listen((event) => {
    if (!contents.isDestroyed()) contents.send(eventChannel, event)
  })
  contents.once('destroyed', stop)
}
