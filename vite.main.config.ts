import { builtinModules } from 'node:module'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

// Native code, code that builds its requires at run time, and what the desktop shell brings itself stay outside of the bundles.
const external = ['electron', 'better-sqlite3', 'pg', ...builtinModules, /^node:/]
const common = {
  target: 'node24',
  outDir: 'dist/main',
  minify: false,
  reportCompressedSize: false,
  copyPublicDir: false,
  sourcemap: false,
} as const

// An import of `node:process` or `node:fs` lists all their exports, and child_process is never used: together half of the time of `--help`.
// What `--help` needs is taken from the process instead.
const lightBuiltins: Plugin = {
  name: 'light-builtins',
  transform(code, id) {
    if (!/node_modules\/commander\/lib\/|main\/cli\/io\.ts$/.test(id)) return null
    return code
      .replace(/^import process from 'node:process';?$/m, '')
      .replace(
        /^import childProcess from 'node:child_process';?$/m,
        "const childProcess = { spawn: (...args) => process.getBuiltinModule('node:child_process').spawn(...args) };",
      )
      .replaceAll(/^import ([\w{}, ]+) from ['"](node:\w+)['"];?$/gm, "const $1 = process.getBuiltinModule('$2');")
  },
}

// Two builds: everything that runs in Node as modules, and the preload script, which a sandboxed window loads as CommonJS only.
export default defineConfig(({ mode }) =>
  mode === 'preload'
    ? {
        cacheDir: '.cache/vite',
        build: {
          ...common,
          emptyOutDir: false,
          lib: { entry: { preload: 'main/electron/preload.ts' }, formats: ['cjs'], fileName: () => 'preload.cjs' },
          rolldownOptions: { external },
        },
      }
    : {
        cacheDir: '.cache/vite',
        plugins: [lightBuiltins],
        ssr: { noExternal: true, external: ['electron', 'better-sqlite3', 'pg'] },
        build: {
          ...common,
          // The preload script is built after this and must stay.
          emptyOutDir: true,
          ssr: true,
          rolldownOptions: {
            input: {
              cli: 'main/cli/main.ts',
              host: 'main/web/host.ts',
              electron: 'main/electron/main.ts',
              'sqlite-worker': 'flavors/sqlite/driver/worker.ts',
            },
            external,
            output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
          },
        },
      },
)
