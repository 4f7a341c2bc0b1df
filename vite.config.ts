import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// The registry imports drivers on first use; the window never uses one, so its bundle holds none.
const withoutDrivers: Plugin = {
  name: 'without-drivers',
  enforce: 'pre',
  resolveId: (id) => (/\/driver\/index\.ts$/.test(id) ? '\0no-driver' : null),
  load: (id) => (id === '\0no-driver' ? 'export const driver = null' : null),
}

// `chrome140` keeps light-dark() and the grid's CSS as written: older targets rewrite them.
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [withoutDrivers, react()],
  cacheDir: '../.cache/vite',
  build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome140', cssTarget: 'esnext', sourcemap: false, reportCompressedSize: false, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2000 },
  worker: { format: 'es' },
})
