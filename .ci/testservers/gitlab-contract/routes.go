package main

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"reflect"
	"regexp"
	"runtime"
	"strings"

	gitlab "gitlab.com/gitlab-org/api/client-go"
)

// What stands in a call for the project, a number and a text of the caller's; in a pattern it becomes a wildcard.
const (
	project = "PROJECT/PATH"
	number  = 424242
	text    = "SOMETEXT"
)

// calls are what Mergeway may ask of GitLab: methods of the client's services. Where they go is learned by calling them.
func calls(c *gitlab.Client) []any {
	return []any{
		c.Users.CurrentUser,
		c.Users.ListUsers,
		c.ProjectMembers.GetInheritedProjectMember,
		c.Groups.ListGroupMembers,
		c.MergeRequests.ListProjectMergeRequests,
		c.MergeRequests.GetMergeRequest,
		c.MergeRequests.CreateMergeRequest,
		c.MergeRequests.UpdateMergeRequest,
		c.MergeRequests.GetMergeRequestDiffVersions,
		c.MergeRequests.ListMergeRequestDiffs,
		c.MergeRequestApprovals.GetConfiguration,
		c.MergeRequestApprovals.GetApprovalState,
		c.Notes.ListMergeRequestNotes,
		c.Notes.CreateMergeRequestNote,
		c.Notes.UpdateMergeRequestNote,
		c.Notes.DeleteMergeRequestNote,
		c.AwardEmoji.CreateMergeRequestAwardEmojiOnNote,
		c.Discussions.CreateMergeRequestDiscussion,
		c.Commits.SetCommitStatus,
		c.Commits.ListMergeRequestsByCommit,
		c.Commits.CreateCommit,
		c.RepositoryFiles.GetFile,
	}
}

// recorder answers every request with nothing, and keeps the last.
type recorder struct{ last *http.Request }

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	r.last = request
	return &http.Response{
		StatusCode: http.StatusOK,
		Header:     http.Header{"Content-Type": {"application/json"}},
		Body:       io.NopCloser(bytes.NewReader([]byte("null"))),
		Request:    request,
	}, nil
}

// learn makes every call once, and takes its method, path and types from it.
func learn() []route {
	seen := &recorder{}
	client, err := gitlab.NewClient("token",
		gitlab.WithBaseURL("http://gitlab.test"),
		gitlab.WithHTTPClient(&http.Client{Transport: seen}),
		gitlab.WithCustomRetryMax(0))
	if err != nil {
		log.Fatal(err)
	}
	var routes []route
	for _, call := range calls(client) {
		method := reflect.ValueOf(call)
		kind := method.Type()
		learned := route{name: name(method)}
		var arguments []reflect.Value
		for i := 0; i < kind.NumIn()-1; i++ { // the last are functions that change a request
			arguments = append(arguments, stand(kind.In(i), &learned))
		}
		seen.last = nil
		method.Call(arguments)
		if seen.last == nil {
			log.Fatalf("%s asked nothing", learned.name)
		}
		learned.method = seen.last.Method
		learned.path = pattern(seen.last.URL.EscapedPath())
		if kind.NumOut() == 3 {
			learned.answer = kind.Out(0)
		}
		routes = append(routes, learned)
	}
	return routes
}

// stand makes something to call with; a struct of options is kept as what may be sent.
func stand(kind reflect.Type, learned *route) reflect.Value {
	switch {
	case kind.Kind() == reflect.Pointer && kind.Elem().Kind() == reflect.Struct:
		learned.options = kind.Elem()
		return reflect.New(kind.Elem())
	case kind.Kind() == reflect.Int64 || kind.Kind() == reflect.Int:
		return reflect.ValueOf(number).Convert(kind)
	case kind.Kind() == reflect.String:
		return reflect.ValueOf(text).Convert(kind)
	default:
		return reflect.ValueOf(project)
	}
}

func pattern(path string) *regexp.Regexp {
	quoted := regexp.QuoteMeta(path)
	for _, part := range []string{"PROJECT%2FPATH", "424242", "SOMETEXT"} {
		wildcard := "[^/]+"
		if part == "424242" {
			wildcard = "[0-9]+"
		}
		quoted = strings.ReplaceAll(quoted, regexp.QuoteMeta(part), wildcard)
	}
	return regexp.MustCompile("^" + quoted + "$")
}

func name(method reflect.Value) string {
	full := runtime.FuncForPC(method.Pointer()).Name()
	full = full[strings.LastIndex(full, "/")+1:]
	return strings.TrimSuffix(full, "-fm")
}
