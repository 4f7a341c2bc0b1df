import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Names a process so that it can be told from a later one with the same pid: host, pid and start time (clock ticks since boot, where /proc tells it).
 * A connection adds a number of its own (pool.ts), since one process serves several, one after another.
 */
export function sessionOf(pid: number): string {
  return `${hostname()}:${pid}:${startTime(pid) ?? ''}`
}

/** Whether that process still lives. One on another machine cannot be asked: it counts as alive, since taking its place could lose its work. */
export function isAlive(session: string): boolean {
  const [host, pid, started] = session.split(':')
  if (host !== hostname()) return true
  const now = startTime(Number(pid))
  if (started !== '' && now !== undefined) return now === started
  if (started !== '' && now === undefined && process.platform === 'linux') return false
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Ends that process, and only that one. */
export function end(session: string): void {
  const [host, pid] = session.split(':')
  if (host === hostname() && isAlive(session)) process.kill(Number(pid), 'SIGKILL')
}

/** Field 22 of /proc/PID/stat; undefined where there is no such process or no /proc. A zombie is gone already. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name stands in parentheses and may hold anything, blanks too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}
