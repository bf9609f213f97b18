# A Rack application that knows nothing of WebSockets, as Rails without Action Cable does not.
run ->(_env) { [200, { 'Content-Type' => 'text/html' }, ['<!doctype html><title>app</title>']] }
