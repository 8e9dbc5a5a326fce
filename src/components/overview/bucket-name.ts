const daySeconds = 86_400

/** When a bucket begins, in the reader's zone: `13:30`, of longer ones `23 Nov 12:00`. */
export function bucketName(startsAt: string, bucketSeconds: number, timeZone?: string): string {
  const time = new Date(startsAt)
  const clock = time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })
  if (bucketSeconds < daySeconds / 12) return clock
  return `${time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone })} ${clock}`
}
