import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { programFolder } from '../service/paths.ts'
import type { Environment } from '../service/paths.ts'

/** Starts the desktop window and gives its exit code when it ends; null where no window can be shown. Nothing is downloaded. */
export function startDesktop(args: readonly string[], env: Environment): Promise<number> | null {
  const root = programFolder()
  const shell = join(root, 'dist', 'main', 'electron.js')
  const binary = electronBinary(join(root, 'node_modules', 'electron'))
  // Electron refuses to run as root with its sandbox on, and the sandbox stays on.
  const hasDisplay = process.platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY'])
  if (binary === null || !existsSync(shell) || !hasDisplay || process.getuid?.() === 0) return null
  const child = spawn(binary, [shell, ...args], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** Path of the binary that Electron's package has installed, or null. Asking the package itself would start a download. */
function electronBinary(folder: string): string | null {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(binary) ? binary : null
}
