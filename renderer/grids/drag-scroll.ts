import type { GridController } from './controller.ts'

const rowHeight = 28
const headHeight = 30
const tickMs = 40

/** While a drag that began in the sheet goes past its edge, the sheet scrolls and the selection follows; faster the further out. Ends with the mouse button. */
export function scrollWhileDragging(grid: GridController, box: HTMLElement): void {
  let pointer = { x: 0, y: 0 }
  let timer: ReturnType<typeof setInterval> | undefined
  const area = box.getBoundingClientRect()

  function tick(): void {
    const down = pastEdge(pointer.y, area.top + headHeight, area.bottom)
    const right = pastEdge(pointer.x, area.left, area.right)
    if (down === 0 && right === 0) return
    box.scrollBy(right, down)
    const row = down < 0 ? Math.floor(box.scrollTop / rowHeight) : Math.floor((box.scrollTop + box.clientHeight - headHeight) / rowHeight) - 1
    if (down !== 0) grid.dragToRow(Math.max(0, Math.min(row, grid.size.rows - 1)))
  }

  const move = (event: MouseEvent) => {
    pointer = { x: event.clientX, y: event.clientY }
    if (event.buttons === 0) return stop()
    timer ??= setInterval(tick, tickMs)
  }
  function stop(): void {
    clearInterval(timer)
    window.removeEventListener('mousemove', move)
    window.removeEventListener('mouseup', stop)
    window.removeEventListener('blur', stop)
  }
  window.addEventListener('mousemove', move)
  window.addEventListener('mouseup', stop)
  window.addEventListener('blur', stop)
}

/** How far to scroll in one tick, in px; 0 inside. */
function pastEdge(at: number, low: number, high: number): number {
  if (at > high) return Math.min(3 * rowHeight, 8 + (at - high))
  return at < low ? Math.max(-3 * rowHeight, at - low - 8) : 0
}
