import type { ApiEvent, Arguments, CallName, Client, Reply, Result } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'

/** The value of a reply; throws its error with code, message and details as the host gave them. */
export function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value
  throw new MetaMigrateError(reply.error.code, reply.error.message, reply.error.details)
}

/** A client that talks to the host which served the page: POST /rpc/<name> and the event stream /events. Errors: those of the call, CONNECTION_LOST. */
export function createHttpClient(base = ''): Client {
  return {
    async call<K extends CallName>(name: K, args: Arguments<K>): Promise<Result<K>> {
      let response: Response
      try {
        response = await fetch(`${base}/rpc/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          credentials: 'same-origin',
          body: JSON.stringify(args),
        })
      } catch (cause) {
        throw new MetaMigrateError(
          'CONNECTION_LOST',
          'MetaMigrate itself does not answer. Start it again; the model stays open here.',
          {},
          { cause },
        )
      }
      const text = await response.text()
      if (!text.startsWith('{'))
        throw new MetaMigrateError(
          'CONNECTION_LOST',
          `The host answered ${response.status} to ${name}. Open the address that it prints again.`,
          { status: response.status },
        )
      return unwrap(JSON.parse(text) as Reply<Result<K>>)
    },
    listen(listener) {
      const source = new EventSource(`${base}/events`)
      source.addEventListener('message', (message: MessageEvent<string>) => listener(JSON.parse(message.data) as ApiEvent))
      return () => source.close()
    },
  }
}

/** What the preload script gives. Replies cross as data, since errors do not survive the bridge whole. */
export interface DesktopBridge {
  call<K extends CallName>(name: K, args: Arguments<K>): Promise<Reply<Result<K>>>
  readonly listen: Client['listen']
}

/** A client over the desktop bridge. Errors: those of the call. */
export function createBridgeClient(bridge: DesktopBridge): Client {
  return {
    call: async <K extends CallName>(name: K, args: Arguments<K>) => unwrap<Result<K>>(await bridge.call(name, args)),
    listen: (listener) => bridge.listen(listener),
  }
}

declare global {
  interface Window {
    /** Put there by the desktop shell's preload script. */
    readonly metamigrate?: DesktopBridge
  }
}

/** The carrier that this window has: the desktop bridge where there is one, else the host that served the page. */
export function connectClient(): Client {
  return window.metamigrate === undefined ? createHttpClient() : createBridgeClient(window.metamigrate)
}
