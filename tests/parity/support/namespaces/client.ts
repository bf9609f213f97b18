/** A client that says `open`, answers pings, and stays: node client.ts <url> */
import { WebSocket } from 'ws'

const client = new WebSocket(process.argv[2] ?? '')
client.on('error', () => {})
client.on('open', () => process.stdout.write('open\n'))
client.on('close', () => process.exit(0))
