// Servers on the three WebSocket packages of Go, each path with one fault or none.
package main

import (
	"context"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"time"

	"github.com/gorilla/websocket"
	xnet "golang.org/x/net/websocket"
	nhooyr "nhooyr.io/websocket"
)

var upgrader = websocket.Upgrader{}

func gorilla(then func(*websocket.Conn)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		socket, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer socket.Close()
		then(socket)
	}
}

func echo(socket *websocket.Conn) {
	for {
		kind, message, err := socket.ReadMessage()
		if err != nil || socket.WriteMessage(kind, message) != nil {
			return
		}
	}
}

// What many a middleware for logging is: a writer that hides http.Hijacker.
type recorder struct {
	http.ResponseWriter
}

func xnetEcho(socket *xnet.Conn) {
	for {
		var text string
		if xnet.Message.Receive(socket, &text) != nil || xnet.Message.Send(socket, text) != nil {
			return
		}
	}
}

func nhooyrEcho(options *nhooyr.AcceptOptions) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		socket, err := nhooyr.Accept(w, r, options)
		if err != nil {
			return
		}
		defer socket.Close(nhooyr.StatusInternalError, "the handler returned")
		for {
			kind, message, err := socket.Read(context.Background())
			if err != nil || socket.Write(context.Background(), kind, message) != nil {
				return
			}
		}
	}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/ws", gorilla(echo))
	mux.HandleFunc("/tree/", gorilla(echo))
	mux.HandleFunc("/returns", gorilla(func(*websocket.Conn) {}))
	mux.HandleFunc("/panics", gorilla(func(*websocket.Conn) { panic("the handler failed") }))
	mux.HandleFunc("/panics-before", func(http.ResponseWriter, *http.Request) { panic("the handler failed") })
	mux.HandleFunc("/waits", gorilla(func(socket *websocket.Conn) {
		socket.SetReadDeadline(time.Now().Add(time.Second))
		echo(socket)
	}))
	mux.HandleFunc("/chat", func(w http.ResponseWriter, r *http.Request) {
		chat := websocket.Upgrader{Subprotocols: []string{"chat"}}
		socket, err := chat.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer socket.Close()
		if socket.Subprotocol() == "" {
			socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1002, "subprotocol required"), time.Now().Add(time.Second))
			return
		}
		echo(socket)
	})
	mux.HandleFunc("/wrapped", func(w http.ResponseWriter, r *http.Request) { gorilla(echo)(recorder{w}, r) })
	mux.Handle("/timeout-handler", http.TimeoutHandler(gorilla(echo), time.Second, "timed out"))
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("page")) })
	mux.HandleFunc("/unauthorized", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "Unauthorized", http.StatusUnauthorized)
	})
	mux.Handle("/xnet", xnet.Handler(xnetEcho))
	mux.Handle("/xnet-returns", xnet.Handler(func(*xnet.Conn) {}))
	mux.Handle("/xnet-strict", xnet.Server{Handler: xnetEcho, Handshake: func(_ *xnet.Config, r *http.Request) error {
		if r.Header.Get("Origin") != "https://app.example" {
			return xnet.ErrBadWebSocketOrigin
		}
		return nil
	}})
	mux.HandleFunc("/nhooyr", nhooyrEcho(nil))
	mux.HandleFunc("/nhooyr-wrapped", func(w http.ResponseWriter, r *http.Request) { nhooyrEcho(nil)(recorder{w}, r) })
	mux.HandleFunc("/nhooyr-returns", func(w http.ResponseWriter, r *http.Request) {
		socket, err := nhooyr.Accept(w, r, nil)
		if err == nil {
			socket.Close(nhooyr.StatusInternalError, "the handler returned")
		}
	})
	address := "127.0.0.1:" + os.Args[1]
	mux.Handle("/down/", httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: "127.0.0.1:1"}))
	self := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: address})
	mux.Handle("/via/", http.StripPrefix("/via", self))
	server := &http.Server{Addr: address, Handler: mux}
	panic(server.ListenAndServe())
}
