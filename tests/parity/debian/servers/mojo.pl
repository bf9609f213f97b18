# Mojolicious, each route with one fault or none.
use Mojolicious::Lite -signatures;

app->log->level('fatal');
websocket '/ws' => sub ($c) {
  $c->on(message => sub ($c, $message) { $c->send($message) });
};
websocket '/finishes' => sub ($c) { $c->finish(4001, 'unknown room') };
websocket '/dies' => sub ($c) { die "the handler failed\n" };
websocket '/nothing-attached' => sub ($c) { };
get '/page' => sub ($c) { $c->render(text => 'page') };
app->start;
