import { type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Problem } from '@/lib/http/problem'
import { createDeadlines } from '@/lib/llm-callbacks/receive/deadlines'
import { type PlainHead, type PlainRequest, readPlainHead } from './plain-request'
import { answerHeaders } from './send-answer'

type Options = {
  /** Whether a new connection's requests may be answered here at all. */
  isTaken: (socket: Socket) => boolean
  /** Answers a request. Never throws. */
  answer: (request: PlainRequest, socket: Socket) => Promise<Problem>
  keepAliveTimeoutMs: number
}

export type PlainConnections = {
  /** Ends all connections that are not Node's at once. */
  cut(): void
}

/** How long a connection may say nothing at first, or leave a request unfinished, before Node's parser waits in our place. */
const patienceMs = 500
/** A body that does not come with its head and is longer than this is Node's, with all that holds for long ones. */
const lateBodyBytesMax = 16 * 1024
/** Requests whose bodies are waited for at once: no more than the room that they take unasked. */
const unfinishedMax = 1_024
const nothing = Buffer.alloc(0)

/**
 * Answers the requests that senders make most (see `readPlainHead`) from their sockets: without Node's parser and its streams, which take
 * a quarter of all that the front door does for a callback. Any other request is given to Node's parser from its first byte on, with its
 * connection: what it makes of it, its limits and its timeouts hold. A connection is never taken back.
 */
export function takePlainRequests(server: Server, { isTaken, answer, keepAliveTimeoutMs }: Options): PlainConnections {
  const parse = takeParserOff(server)
  const sockets = new Set<Socket>()
  const unfinished = new Set<Socket>()
  const deadlines = createDeadlines<() => void>(patienceMs, (expire) => expire())

  function listenTo(socket: Socket): void {
    let received: Buffer = nothing
    let head: PlainHead | null = null
    /** What came while a request was being answered. */
    let early: Buffer | null = null
    let isAnswering = false
    let isEnded = false

    const read = (bytes: Buffer) => {
      received = received.length === 0 ? bytes : Buffer.concat([received, bytes])
      head ??= readPlainHead(received)
      const missing = head ? head.headBytes + head.bodyBytes - received.length : -1
      if (head && missing === 0) void take(head)
      else if (head && missing > 0 && head.bodyBytes <= lateBodyBytesMax) waitForTheRest()
      else handOver()
    }

    const waitForTheRest = () => {
      if (unfinished.has(socket)) return
      if (unfinished.size === unfinishedMax) return handOver()
      unfinished.add(socket)
      // It may have waited for its first request.
      deadlines.stop(handOver)
      deadlines.start(handOver)
    }

    const stopWaiting = () => {
      deadlines.stop(handOver)
      unfinished.delete(socket)
    }

    const take = async ({ method, slug, target, headers, headBytes }: PlainHead) => {
      stopWaiting()
      const request = { method, slug, target, headers, body: received.subarray(headBytes) }
      received = nothing
      head = null
      isAnswering = true
      const given = await answer(request, socket)
      if (socket.destroyed) return
      const isLast = isEnded || !server.listening
      const isWritten = socket.write(answerText(given, isLast ? null : keepAliveTimeoutMs))
      if (isLast) socket.destroySoon()
      else if (isWritten) goOn()
      else socket.once('drain', goOn)
    }

    const goOn = () => {
      isAnswering = false
      if (isEnded) socket.destroySoon()
      if (!early) return
      const bytes = early
      early = null
      socket.resume()
      read(bytes)
    }

    const onData = (bytes: Buffer) => {
      if (!isAnswering) return read(bytes)
      early = bytes
      socket.pause()
    }

    const onEnd = () => {
      isEnded = true
      stopWaiting()
      if (!isAnswering) socket.destroySoon()
    }

    const onTimeout = () => socket.destroy()
    // Its 'close' follows.
    const onError = () => {}

    const leave = () => {
      stopWaiting()
      sockets.delete(socket)
    }

    const handOver = () => {
      leave()
      socket.off('data', onData).off('end', onEnd).off('timeout', onTimeout).off('close', leave).off('error', onError)
      socket.setTimeout(0)
      parse(socket)
      if (received.length > 0) socket.unshift(received)
    }

    sockets.add(socket)
    socket.on('data', onData).on('end', onEnd).on('timeout', onTimeout).on('close', leave).on('error', onError)
    socket.setTimeout(keepAliveTimeoutMs)
    deadlines.start(handOver)
  }

  server.on('connection', (socket: Socket) => {
    if (isTaken(socket)) listenTo(socket)
    else parse(socket)
  })
  return {
    cut() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** @returns what gives the server's own parser a connection, as it is given every one by itself until then. */
function takeParserOff(server: Server): (socket: Socket) => void {
  const [parse] = server.listeners('connection')
  if (!parse) throw new Error('The server has no parser')
  server.removeListener('connection', parse as () => void)
  return (socket) => parse.call(server, socket)
}

/** An answer as it goes over the wire, with the lines that Node would write; the last on its connection where nothing is kept alive. */
function answerText(answer: Problem, keepAliveTimeoutMs: number | null): string {
  const headers = answerHeaders(answer)
  let text = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n`
  for (let index = 0; index < headers.length; index += 2) text += `${headers[index]}: ${headers[index + 1]}\r\n`
  const connection =
    keepAliveTimeoutMs === null ? 'close' : `keep-alive\r\nKeep-Alive: timeout=${keepAliveTimeoutMs / 1000}`
  return `${text}Date: ${httpDate()}\r\nConnection: ${connection}\r\n\r\n${answer.body}`
}

let dateText = ''
let dateSecond = 0

/** Now, as HTTP writes it; made anew once a second. */
function httpDate(): string {
  const second = Math.floor(Date.now() / 1000)
  if (second !== dateSecond) {
    dateSecond = second
    dateText = new Date().toUTCString()
  }
  return dateText
}
