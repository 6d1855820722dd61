// A judge of what is said to GitLab and what a stand-in for it answers: a proxy that lets everything through and reports,
// in the header sl-violations, what GitLab's own Go client does not know. GitLab's OpenAPI description is in no package;
// its client is, and its types name every option, every member and their JSON types.
//
//	gitlab-contract UPSTREAM   listens on a free port, prints its URL, and ends with its standard input
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
)

func main() {
	upstream, err := url.Parse(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	routes := learn()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s is listening, with %d routes\n", listener.Addr(), len(routes))
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	log.Fatal(http.Serve(listener, judging(routes, upstream)))
}

// judging forwards a request and judges it and its answer.
func judging(routes []route, upstream *url.URL) http.Handler {
	proxy := httputil.NewSingleHostReverseProxy(upstream)
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			http.Error(writer, err.Error(), http.StatusBadGateway)
			return
		}
		request.Body = io.NopCloser(bytes.NewReader(body))
		found, wrong := find(routes, request)
		if found != nil {
			wrong = append(wrong, found.judgeQuery(request.URL.Query())...)
			wrong = append(wrong, found.judgeBody(body)...)
		}
		// One per request: a shared one would race.
		each := *proxy
		each.ModifyResponse = func(answer *http.Response) error {
			if found != nil {
				said, err := io.ReadAll(answer.Body)
				if err != nil {
					return err
				}
				answer.Body = io.NopCloser(bytes.NewReader(said))
				wrong = append(wrong, found.judgeAnswer(answer.StatusCode, said)...)
			}
			if len(wrong) > 0 {
				report, err := json.Marshal(wrong)
				if err != nil {
					return err
				}
				answer.Header.Set("sl-violations", string(report))
			}
			return nil
		}
		each.ServeHTTP(writer, request)
	})
}
