/** PeerServer at the path of its documentation. */
import { PeerServer } from 'peer'

const [port, json = '{}'] = process.argv.slice(2)
PeerServer({ host: '127.0.0.1', port: Number(port), path: '/myapp', ...JSON.parse(json) })
