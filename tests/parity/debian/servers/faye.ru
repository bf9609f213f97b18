# Faye's WebSocket for Ruby, on Puma or Thin.
require 'faye/websocket'

Faye::WebSocket.load_adapter('thin') if defined?(Thin)

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
