# Faye's WebSocket for Ruby, on Puma or Thin.
require 'faye/websocket'

if defined?(Thin)
  Faye::WebSocket.load_adapter('thin')
else
  # Faye starts the reactor with the first handshake, and two at once start two.
  Thread.new { EventMachine.run }
  sleep 0.01 until EventMachine.reactor_running?
end

run(lambda do |env|
  unless env['PATH_INFO'].start_with?('/ws', '/chat', '/closes') && Faye::WebSocket.websocket?(env)
    next [404, { 'Content-Type' => 'text/plain' }, ["Not found\n"]]
  end

  protocols = env['PATH_INFO'].start_with?('/chat') ? ['chat'] : nil
  socket = Faye::WebSocket.new(env, protocols)
  socket.on(:open) { socket.close(1000, '') } if env['PATH_INFO'].start_with?('/closes')
  socket.on(:message) { |event| socket.send(event.data) }
  socket.rack_response
end)
