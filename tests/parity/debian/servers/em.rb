# em-websocket, each path with one fault or none.
require 'em-websocket'

EM.run do
  EM::WebSocket.run(host: '127.0.0.1', port: ARGV[0].to_i) do |socket|
    socket.onopen do |handshake|
      socket.close(4000, 'unknown path') if handshake.path == '/closes'
    end
    socket.onmessage { |message| socket.send(message) }
  end
end
