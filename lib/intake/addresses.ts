/** Lines that name the address of a WebSocket: alone, printed, in a command or in source code. */

/** A line of its own, the member of a socket that was printed (`url: 'wss://app.example/ws',`), or a client’s command. */
const ADDRESS =
  /^\s{0,40}(?:GET |["']?_?ur[li]["']?[:=] ?["']?|(?:[$#>] )?(?:wscat (?:-\w )?(?:-c|--connect)|websocat(?: -\w{1,3}){0,3}) ["']?)?(wss?:\/\/[^\s'"]{1,2048})(?:["'],?)?(?:\s{1,20}(?:status:?\s{0,4})?(?:101|HTTP\/1\.1 101)(?: Switching Protocols)?)?\s{0,20}$/i

/** Where a program opens its connection: `new WebSocket("wss://app.example/ws")`, `websockets.connect('ws://…')`. */
const IN_CODE =
  /^(?![^\n]{0,200}\b(?:[Ee]rror|[Ff]ailed|[Ee]xception)\b)[^\n'"`]{0,200}?\b(?:WebSocket(?:App|Client|Subject|Manager)?|ReconnectingWebSocket|ClientWebSocket|ConnectAsync|create_connection|connect(?:_async|Async)?|Dial(?:Context)?|websocket|webSocket|ws_connect|io|URI|Uri)(?:\.create|\.parse)?\((?:[\w.]{1,40}, ){0,2}(?:new (?:URL|Uri|URI)\()?['"`](wss?:\/\/[^\s'"`]{1,2048})['"`]/

export const SAYS_OF_ADDRESS = 'the address of a WebSocket'

/** Undefined where the line names none, or tells more than an address. */
export const addressIn = (line: string): string | undefined => (ADDRESS.exec(line) ?? IN_CODE.exec(line))?.[1]
