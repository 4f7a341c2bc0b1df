import { spawn } from 'node:child_process'
import type { Environment } from '../service/paths.ts'

/** The program that opens an address on this system, with its arguments; null where no one would see it. */
export function browserCommand(
  url: string,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): readonly [string, readonly string[]] | null {
  if (platform === 'darwin') return ['open', [url]]
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]]
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open', [url]] : null
}

/** Opens the address in the person's browser. Where that fails the printed address is still there to be opened by hand. */
export function openBrowser(url: string, env: Environment): void {
  const command = browserCommand(url, env)
  if (command === null) return
  const child = spawn(command[0], command[1], { stdio: 'ignore', detached: true })
  child.once('error', () => process.stderr.write('No browser could be opened; open the address above.\n'))
  child.unref()
}
