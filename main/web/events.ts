import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RouteContext } from './routes.ts'

/** Streams every event of the host as server-sent events until the window goes; a comment now and then shows that the host lives. */
export function openEvents(
  request: IncomingMessage,
  response: ServerResponse,
  { bridge, heartbeatMs }: Pick<RouteContext, 'bridge' | 'heartbeatMs'>,
): null {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  response.write('retry: 1000\n\n')
  const stop = bridge.listen((event) => response.write(`data: ${JSON.stringify(event)}\n\n`))
  const heartbeat = setInterval(() => response.write(': alive\n\n'), heartbeatMs)
  const end = () => {
    stop()
    clearInterval(heartbeat)
  }
  response.once('close', end)
  request.once('error', end)
  return null
}
