import { mkdir, open } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Rows } from '../../app/flavor/driver.ts'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'

/** Writes reject files into a folder: whole and on disk when the call returns, never over another file (`shop.item.rejects-2.csv` then). Only their owner may read them. */
export const rejectWriter =
  (folder: () => string) =>
  async (name: string, rows: Rows): Promise<string> => {
    const text = [rows.columns, ...rows.rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
    try {
      await mkdir(folder(), { recursive: true })
      return await writeNew(resolve(folder()), name, text)
    } catch (error) {
      throw new MetaMigrateError('REJECTS_UNWRITABLE', `The values that are left out could not be written to ${folder()}: ${messageOf(error)} Name another folder with --rejects DIR.`, { folder: folder() }, { cause: error })
    }
  }

async function writeNew(folder: string, name: string, text: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : name.replace(/\.csv$/, `-${number}.csv`))
    try {
      const file = await open(path, 'wx', 0o600)
      try {
        await file.writeFile(text)
        await file.sync()
      } finally {
        await file.close()
      }
      await syncFolder(folder)
      return path
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error
    }
  }
}

/** The name itself must outlive a power cut; a system that cannot open a folder keeps names by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const cell = (value: string | null): string => (value === null ? '' : /[",\r\n]/.test(value) || value === '' ? `"${value.replaceAll('"', '""')}"` : value)
