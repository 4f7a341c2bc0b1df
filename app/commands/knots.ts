import { byText } from '../diff/names.ts'

/** What orders and ties the tables of a plan. Nodes are numbers 0..size-1 in a stable order. */
export interface KnotInput {
  readonly size: number
  /** Pairs that must share one transaction. */
  readonly ties: readonly (readonly [number, number])[]
  /** `[before, after]`: the first comes first (parent, child), unless both end in one knot. */
  readonly edges: readonly (readonly [number, number])[]
  /** Decides among those that may come in any order. */
  readonly name: (node: number) => string
}

/** Groups of nodes in order: tied nodes and every ring of edges share a group; inside a group `edges` order as far as they can, then names. */
export function knotsOf(input: KnotInput): readonly (readonly number[])[] {
  const tied = unionOf(input.size, input.ties)
  const groupEdges = input.edges.map(([a, b]) => [tied(a), tied(b)] as const)
  const ring = rings(input.size, groupEdges)
  const group = (node: number) => ring[tied(node)] ?? 0
  const members = new Map<number, number[]>()
  for (let node = 0; node < input.size; node++) {
    const list = members.get(group(node))
    if (list === undefined) members.set(group(node), [node])
    else list.push(node)
  }
  const inside = new Map<number, (readonly [number, number])[]>()
  for (const edge of input.edges) {
    const id = group(edge[0])
    if (id !== group(edge[1])) continue
    const list = inside.get(id)
    if (list === undefined) inside.set(id, [edge])
    else list.push(edge)
  }
  const sorted = new Map([...members].map(([id, nodes]) => [id, order(nodes, inside.get(id) ?? [], input.name)]))
  const title = (id: number) => input.name(sorted.get(id)?.[0] ?? 0)
  const between = input.edges.map(([a, b]) => [group(a), group(b)] as const)
  return order([...sorted.keys()], between, title).map((id) => sorted.get(id) ?? [])
}

/** Nodes so that each edge goes forward; where edges form a ring, the first by name goes first. */
export function order(
  nodes: readonly number[],
  edges: readonly (readonly [number, number])[],
  name: (node: number) => string,
): readonly number[] {
  const inside = new Set(nodes)
  const waits = new Map(nodes.map((node) => [node, 0]))
  const next = new Map<number, number[]>()
  for (const [a, b] of edges) {
    if (a === b || !inside.has(a) || !inside.has(b)) continue
    waits.set(b, (waits.get(b) ?? 0) + 1)
    const list = next.get(a)
    if (list === undefined) next.set(a, [b])
    else list.push(b)
  }
  const left = nodes.toSorted((a, b) => byText(name(a), name(b)) || a - b)
  const rank = new Map(left.map((node, index) => [node, index]))
  const ready = left.filter((node) => waits.get(node) === 0)
  const done: number[] = []
  const placed = new Set<number>()
  const place = (node: number) => {
    placed.add(node)
    done.push(node)
    for (const other of next.get(node) ?? []) {
      const count = (waits.get(other) ?? 0) - 1
      waits.set(other, count)
      if (count === 0 && !placed.has(other)) insert(ready, other, rank)
    }
  }
  let scan = 0
  while (done.length < nodes.length) {
    const node = ready.shift()
    if (node !== undefined) {
      if (!placed.has(node)) place(node)
      continue
    }
    while (placed.has(left[scan] ?? -1)) scan++
    place(left[scan] ?? 0)
  }
  return done
}

function insert(list: number[], node: number, rank: ReadonlyMap<number, number>): void {
  const mine = rank.get(node) ?? 0
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rank.get(list[middle] ?? 0) ?? 0) < mine) low = middle + 1
    else high = middle
  }
  list.splice(low, 0, node)
}

function unionOf(size: number, ties: readonly (readonly [number, number])[]): (node: number) => number {
  const parent = Array.from({ length: size }, (_, index) => index)
  const find = (node: number): number => {
    let root = node
    while (parent[root] !== root) root = parent[root] ?? root
    parent[node] = root
    return root
  }
  for (const [a, b] of ties) parent[Math.max(find(a), find(b))] = Math.min(find(a), find(b))
  return find
}

/** Strongly connected component of each node, named by one of its members (Tarjan, without recursion: a chain may be as long as the model). */
function rings(size: number, edges: readonly (readonly [number, number])[]): readonly number[] {
  const next: number[][] = Array.from({ length: size }, () => [])
  for (const [a, b] of edges) if (a !== b) next[a]?.push(b)
  const index = Array.from({ length: size }, () => -1)
  const low = Array.from({ length: size }, () => 0)
  const ring = Array.from({ length: size }, () => -1)
  const stack: number[] = []
  let count = 0
  const visit = (start: number) => {
    const path = [{ node: start, at: 0 }]
    while (path.length > 0) {
      const top = path[path.length - 1]
      if (top === undefined) break
      const { node } = top
      if (top.at === 0) {
        index[node] = low[node] = count++
        stack.push(node)
      }
      const other = next[node]?.[top.at++]
      if (other !== undefined) {
        if (index[other] === -1) path.push({ node: other, at: 0 })
        else if (ring[other] === -1) low[node] = Math.min(low[node] ?? 0, index[other] ?? 0)
        continue
      }
      if (low[node] === index[node]) closeRing(node)
      path.pop()
      const above = path[path.length - 1]?.node
      if (above !== undefined) low[above] = Math.min(low[above] ?? 0, low[node] ?? 0)
    }
  }
  const closeRing = (node: number) => {
    for (;;) {
      const member = stack.pop()
      if (member === undefined) return
      ring[member] = node
      if (member === node) return
    }
  }
  for (let node = 0; node < size; node++) if (index[node] === -1) visit(node)
  return ring
}
