import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Owner } from '../../app/run/context.ts'

/** This process as the owner of runs. `version` is the tool's. */
export function processOwner(version: string): Owner {
  const facts = { host: hostname(), space: processSpace(), pid: process.pid, born: bornOf(process.pid), version }
  return { facts, isAlive: (other) => isAlive(other) }
}

/** Another machine's process cannot be seen, and this one may have lost a run without ending: in both cases the session on the server decides. */
function isAlive(facts: Readonly<Record<string, unknown>>): boolean | null {
  const { host, space, pid, born } = facts
  if (typeof pid !== 'number') return false
  if (host !== hostname() || space !== processSpace() || pid === process.pid) return null
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  // The number may have gone to another process since: its birth tells them apart, where a system tells it.
  const now = bornOf(pid)
  return now === '' ? null : born === now
}

/** Time of birth as Linux tells it (field 22 of /proc/PID/stat, proc(5)); '' for a zombie, a process that is gone, and on other systems. */
function bornOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'zombie' : (fields[19] ?? '')
  } catch (error) {
    if (error instanceof Error && 'code' in error) return ''
    throw error
  }
}

/** Containers on one host number their processes apart. */
function processSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch (error) {
    if (error instanceof Error && 'code' in error) return ''
    throw error
  }
}
