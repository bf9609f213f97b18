// Tells Why1006 that a connection of this server ended: go run main.go
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	now := time.Now()
	sender := fmt.Sprintf(`"id":"%d","at":%d,"instance":"%d","service":"chat"`, now.UnixNano(), now.Unix(), os.Getpid())
	connection := `"client_id":"c-1","endpoint":"/socket","duration_ms":61000,"pings":2,"pongs":1`
	end := `"kind":"disconnected","close_code":1006,"reason":"","initiator":"network"`
	body := strings.NewReader("{" + sender + "," + connection + "," + end + "}")
	request, _ := http.NewRequest("POST", os.Getenv("WHY1006_URL")+"/api/ingest", body)
	request.Header.Set("Content-Type", "application/x-ndjson")
	request.Header.Set("Authorization", "Bearer "+os.Getenv("WHY1006_TOKEN"))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	answer, _ := io.ReadAll(response.Body)
	fmt.Println(response.StatusCode, string(answer))
}
