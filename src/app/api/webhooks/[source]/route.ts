import { receiveRequest } from '../receive-request'

type Context = { params: Promise<{ source: string }> }

async function receive(request: Request, { params }: Context): Promise<Response> {
  const { source } = await params
  return receiveRequest(request, source)
}

export {
  receive as DELETE,
  receive as GET,
  receive as HEAD,
  receive as OPTIONS,
  receive as PATCH,
  receive as POST,
  receive as PUT,
}
