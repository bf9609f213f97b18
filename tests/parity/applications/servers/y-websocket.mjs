/** y-websocket's own server, as its README starts it. */
process.env.HOST = '127.0.0.1'
process.env.PORT = process.argv[2]
await import('./node_modules/y-websocket/bin/server.cjs')
