import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pythonOfTool, type ToolName } from '../../../scripts/python-tools.ts'
import type { CodeDocument } from '../../flavor.ts'

/** One thing that Django said about an app. */
export interface Problem {
  /** compile, import, check, makemigrations, migrate or 'makemigrations again'. */
  readonly step: string
  readonly level: 'ERROR' | 'WARNING'
  /** Of a check: fields.E304. */
  readonly id: string
  readonly message: string
}

/** Apps to be judged, each with a database of its own. */
export interface DjangoJob {
  readonly folder: string
  readonly apps: readonly string[]
  /** USE_TZ. */
  readonly zones: boolean
  /** By app: an entry of Django's DATABASES. */
  readonly databases: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Writes the files of an app under a folder. */
export function writeFiles(folder: string, { files }: Pick<CodeDocument, 'files'>): void {
  for (const { path, text } of files) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
}

/** What a version of Django says about apps: by app, nothing where all is well. The tables stand in the databases afterwards. */
export function runDjango(tool: ToolName, job: DjangoJob): Promise<{ readonly version: string; readonly apps: Readonly<Record<string, readonly Problem[]>> }> {
  return new Promise((resolve, reject) => {
    const child = spawn(pythonOfTool(tool), [join(import.meta.dirname, '..', '..', '..', 'scripts', 'python', 'judge_django.py')], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } })
    const said: Buffer[] = []
    let errors = ''
    child.stdout.on('data', (data: Buffer) => said.push(data))
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code !== 0) reject(new Error(`Django ended with ${code}: ${errors.slice(-4000)}`))
      else resolve(JSON.parse(Buffer.concat(said).toString()) as Awaited<ReturnType<typeof runDjango>>)
    })
    child.stdin.once('error', reject)
    child.stdin.end(JSON.stringify(job))
  })
}
