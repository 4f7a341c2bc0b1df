import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// `chrome140` keeps light-dark() and the grid's CSS as written: older targets rewrite them.
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  cacheDir: '../.cache/vite',
  build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome140', cssTarget: 'esnext', sourcemap: false, reportCompressedSize: false, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2000 },
  worker: { format: 'es' },
})
