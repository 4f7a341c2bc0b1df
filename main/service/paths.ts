import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Folder of the journal, settings and targets of this person: METAMIGRATE_HOME, else the place that the system keeps for such data
 * (XDG_DATA_HOME or ~/.local/share, ~/Library/Application Support, %APPDATA%).
 */
export function dataFolder(env: Environment, platform: NodeJS.Platform = process.platform, home = homedir()): string {
  const own = env['METAMIGRATE_HOME']
  if (own !== undefined && own !== '') return own
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'metamigrate')
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'metamigrate')
  const xdg = env['XDG_DATA_HOME']
  return join(xdg !== undefined && xdg.startsWith('/') ? xdg : join(home, '.local', 'share'), 'metamigrate')
}

/** The program's own folder, from the sources and from the build alike: the nearest one above with a package.json. */
export function programFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}
