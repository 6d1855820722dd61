package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// A route is one call of the client: where it goes, what may be sent along, what comes back.
type route struct {
	name    string
	method  string
	path    *regexp.Regexp
	options reflect.Type // nil where the call takes none
	answer  reflect.Type // nil where nothing comes back
}

func find(routes []route, request *http.Request) (*route, []string) {
	for i := range routes {
		if routes[i].method == request.Method && routes[i].path.MatchString(request.URL.EscapedPath()) {
			return &routes[i], nil
		}
	}
	return nil, []string{"no call of the client goes to " + request.Method + " " + request.URL.EscapedPath()}
}

// judgeQuery: every parameter is an option of the call, of its type.
func (r *route) judgeQuery(query url.Values) []string {
	var wrong []string
	known := map[string]reflect.Type{}
	if r.method == http.MethodGet && r.options != nil {
		members(r.options, known)
	}
	for name, values := range query {
		kind, ok := known[strings.TrimSuffix(name, "[]")]
		if !ok {
			wrong = append(wrong, r.name+" takes no parameter "+name)
			continue
		}
		for _, value := range values {
			if !fits(kind, value) {
				wrong = append(wrong, fmt.Sprintf("%s: %s=%s is no %s", r.name, name, value, kind))
			}
		}
	}
	return wrong
}

// members collects the names that a struct has in a query, those of embedded structs included.
func members(of reflect.Type, known map[string]reflect.Type) {
	for i := 0; i < of.NumField(); i++ {
		field := of.Field(i)
		if field.Anonymous {
			members(field.Type, known)
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("url"), ",")
		kind := field.Type
		for kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		known[name] = kind
	}
}

func fits(kind reflect.Type, value string) bool {
	switch kind.Kind() {
	case reflect.Int, reflect.Int64:
		_, err := strconv.ParseInt(value, 10, 64)
		return err == nil
	case reflect.Bool:
		_, err := strconv.ParseBool(value)
		return err == nil
	default:
		return true
	}
}

// judgeBody: what is sent is an object of which every member is an option of the call, of its JSON type.
func (r *route) judgeBody(body []byte) []string {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	if r.method == http.MethodGet || r.options == nil {
		return []string{r.name + " takes no body"}
	}
	return r.strictly("it is sent", body, r.options)
}

// judgeAnswer: a success is the type that the client gives back, with no member that it does not know.
func (r *route) judgeAnswer(status int, said []byte) []string {
	if status >= 300 {
		return nil
	}
	if r.answer == nil || len(said) == 0 {
		if r.answer == nil && len(said) == 0 {
			return nil
		}
		return []string{fmt.Sprintf("%s answers with %v, here with %d bytes", r.name, r.answer, len(said))}
	}
	return r.strictly("it answers", said, r.answer)
}

func (r *route) strictly(what string, text []byte, into reflect.Type) []string {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(reflect.New(into).Interface()); err != nil {
		return []string{fmt.Sprintf("%s: what %s is not %v: %v", r.name, what, into, err)}
	}
	return nil
}
