import { lost, startPeer, type Peer } from './peer.ts'
import type { Answer, Request } from './protocol.ts'
import { end, isAlive, sessionOf } from './session.ts'

/** How long a process waits for its next connection, and how many may wait. */
const idleMs = 3000
const maxIdle = 4

interface Idle {
  readonly peer: Peer
  readonly timer: NodeJS.Timeout
}

const idle: Idle[] = []
/** Sessions that are open now, by the process that serves them. A process of ours that is not here serves nobody. */
const serving = new Map<number, string>()
/** Every process that this program started and that has not ended by our hand. */
const ours = new Set<number>()
let connections = 0

/** A process for one connection, for as long as that connection is open. */
export interface Seat {
  /** Name of the session: the process, and which of its connections this is. */
  readonly session: string
  /** Errors: CONNECTION_LOST once the connection is closed, whoever has the process then. */
  ask(request: Request, what: string): Promise<Answer>
  /** Ends what is asked at this moment, and the process with it. Nothing happens when nothing is asked. */
  cancel(): Promise<void>
  /** Ends the connection. Its process is kept for the next one for a short while, unless something went wrong in it. Again: nothing happens. */
  leave(): Promise<void>
}

/** Gives a process: one whose connection was closed a moment ago, else a new one. Starting one takes longer than most of what is asked of it. */
export function takePeer(): Seat {
  const peer = sound() ?? startPeer()
  peer.hold(true)
  const session = `${sessionOf(peer.pid)}:${++connections}`
  ours.add(peer.pid)
  serving.set(peer.pid, session)
  let isOpen = true
  return {
    session,
    ask: (request, what) => (isOpen ? peer.ask(request, what) : Promise.reject(lost(what))),
    async cancel() {
      if (isOpen && peer.isBusy()) await peer.kill()
    },
    async leave() {
      if (!isOpen) return
      isOpen = false
      await putBack(peer)
    },
  }
}

function sound(): Peer | null {
  for (;;) {
    const next = idle.pop()
    if (next === undefined) return null
    clearTimeout(next.timer)
    if (next.peer.isSound()) return next.peer
    ours.delete(next.peer.pid)
    void next.peer.close()
  }
}

async function putBack(peer: Peer): Promise<void> {
  const isClean = peer.isSound() && (await isClosed(peer))
  serving.delete(peer.pid)
  if (!isClean || idle.length >= maxIdle) {
    ours.delete(peer.pid)
    return peer.close()
  }
  peer.hold(false)
  const timer = setTimeout(() => {
    idle.splice(
      idle.findIndex((one) => one.peer === peer),
      1,
    )
    ours.delete(peer.pid)
    void peer.close()
  }, idleMs).unref()
  idle.push({ peer, timer })
}

async function isClosed(peer: Peer): Promise<boolean> {
  try {
    await peer.ask({ kind: 'close' }, 'Could not close the database')
    return peer.isSound()
  } catch {
    // It is ended instead, which closes its database too.
    return false
  }
}

/** Whether a session still works: of a process of ours only while its connection is open, since the process itself may live on for another. */
export function isSessionAlive(session: string): boolean {
  const pid = ownPid(session)
  return pid === null ? isAlive(session) : serving.get(pid) === session && isAlive(session)
}

/** Ends a session, and never one that has its process now. */
export function endSession(session: string): void {
  const pid = ownPid(session)
  if (pid === null || serving.get(pid) === session) end(session)
}

/** The process that serves, or served, a session, when it is one of this program's; null otherwise. */
function ownPid(session: string): number | null {
  const [host, pid, started] = session.split(':')
  const number = Number(pid)
  return ours.has(number) && sessionOf(number) === `${host}:${pid}:${started}` ? number : null
}
