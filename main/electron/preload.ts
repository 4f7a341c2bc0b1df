import { contextBridge, ipcRenderer } from 'electron'
import type { ApiEvent, Arguments, CallName, Reply, Result } from '../../app/api/api.ts'
import { callChannel, eventChannel } from './channels.ts'

// All that a page gets: the same client as over HTTP. No channel can be chosen, no event object crosses.
// Errors of a promise do not survive the bridge whole, so replies cross as data and the page throws them itself.
contextBridge.exposeInMainWorld('metamigrate', {
  call: <K extends CallName>(name: K, args: Arguments<K>): Promise<Reply<Result<K>>> =>
    ipcRenderer.invoke(callChannel, name, JSON.stringify(args)) as Promise<Reply<Result<K>>>,
  listen: (listener: (event: ApiEvent) => void): (() => void) => {
    const hear = (_: unknown, event: ApiEvent) => listener(event)
    ipcRenderer.on(eventChannel, hear)
    return () => ipcRenderer.off(eventChannel, hear)
  },
})
