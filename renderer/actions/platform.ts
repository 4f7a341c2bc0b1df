/** True on Apple systems, where Mod is Cmd. */
export const isMac: boolean = /Mac|iPhone|iPad/.test(navigator.platform)
