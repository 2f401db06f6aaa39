package fetch

// This file defines HTTP, the capability to talk to servers.

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// HTTP downloads. It may be used by several goroutines at once. Programs that
// embed firn may have one of their own; tests have one without a network.
type HTTP interface {
	// Get asks for a URL with the scheme http or https, and follows redirects. A
	// status that is no success is a *StatusError. The caller must close the body
	// of the response; a transfer that breaks is an error of its Read.
	Get(ctx context.Context, req *Request) (*Response, error)
}

// A Request is what Get asks for.
type Request struct {
	URL    string
	Header map[string]string // beside those that Get sets; nil if there are none
	// Validator is the ETag of what the caller has already; "" if it has nothing.
	Validator string
	// Modified is the Last-Modified of what the caller has already, for servers
	// without an ETag.
	Modified string
	// Warn is told of retries; nil for none.
	Warn func(format string, args ...any)
}

// A Response is what a server sent.
type Response struct {
	Body        io.ReadCloser // empty if NotModified
	NotModified bool          // what the caller has is still right
	URLs        []string      // that of the request, and those that it was redirected to
	ETag        string        // "" if there is none
	Modified    string        // the header Last-Modified
	Immutable   string        // the URL of a Link header with rel="immutable"; "" if there is none
	ContentType string
}

// A StatusError says that a server answered with something else than a success.
type StatusError struct {
	URL    string
	Status int
	Body   string // the first part of it
	Advice string // a sentence on what to do; "" if there is none
}

func (e *StatusError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "unable to download '%s': HTTP error %d", e.URL, e.Status)
	if e.Advice != "" {
		b.WriteString("; " + e.Advice)
	} else if text := plainBody(e.Body); text != "" {
		b.WriteString("\n\nresponse body:\n\n" + text)
	}
	return b.String()
}

// ErrorCode returns the code that evaluators give the error.
func (e *StatusError) ErrorCode() string { return "download" }

// plainBody returns the answer of a server if it is short and for people: not a
// page, whose text nobody finds between its tags.
func plainBody(body string) string {
	body = strings.TrimSpace(body)
	const most = 500
	if len(body) > most || strings.HasPrefix(body, "<") {
		return ""
	}
	return body
}

// An OfflineError says that a server could not be asked.
type OfflineError struct {
	URL string
	Err error // nil if asking is not allowed
}

func (e *OfflineError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("cannot fetch '%s': fetching is not supported here", e.URL)
	}
	return fmt.Sprintf("unable to download '%s': %v", e.URL, e.Err)
}

// Unwrap returns the reason.
func (e *OfflineError) Unwrap() error { return e.Err }

// ErrorCode returns the code that evaluators give the error.
func (e *OfflineError) ErrorCode() string { return "download" }
