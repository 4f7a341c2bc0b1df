/** The two channels between window and host, and no other. */
export const callChannel = 'metamigrate:call'
export const eventChannel = 'metamigrate:event'
