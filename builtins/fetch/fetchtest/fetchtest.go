// Package fetchtest has a fetch.HTTP for tests: a table of answers, without a network.
package fetchtest

// This file defines Web.

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/fetch"
)

// An Answer is what a URL has.
type Answer struct {
	Body      string
	ETag      string
	Modified  string
	Immutable string
	Redirect  string // to another URL; the rest is that one's
	Status    int    // of an answer that is no success; 0 is success
	Err       error  // in place of an answer
	Broken    bool   // the transfer breaks after the body
}

// ErrBroken is the error of a transfer that breaks.
var ErrBroken = errors.New("the transfer broke")

// A Web is servers. It may be used by several goroutines at once.
type Web struct {
	mu       sync.Mutex
	answers  map[string]Answer
	requests []fetch.Request
}

// New returns a Web with answers, by URL. Other URLs are answered with status 404.
func New(answers map[string]Answer) *Web { return &Web{answers: answers} }

// Set changes what a URL has.
func (w *Web) Set(url string, a Answer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[url] = a
}

// Requests returns what was asked since the last call, without what redirects led to.
func (w *Web) Requests() []fetch.Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.requests
	w.requests = nil
	return out
}

// Get implements fetch.HTTP.
func (w *Web) Get(ctx context.Context, req *fetch.Request) (*fetch.Response, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests = append(w.requests, *req)
	urls := []string{req.URL}
	a, ok := w.answers[req.URL]
	for ok && a.Redirect != "" {
		urls = append(urls, a.Redirect)
		a, ok = w.answers[a.Redirect]
	}
	switch {
	case !ok:
		return nil, &fetch.StatusError{URL: req.URL, Status: 404}
	case a.Err != nil:
		return nil, a.Err
	case a.Status != 0:
		return nil, &fetch.StatusError{URL: req.URL, Status: a.Status, Body: a.Body}
	}
	res := &fetch.Response{
		Body: io.NopCloser(strings.NewReader(a.Body)), URLs: urls,
		ETag: a.ETag, Modified: a.Modified, Immutable: a.Immutable,
	}
	if a.Broken {
		res.Body = io.NopCloser(io.MultiReader(strings.NewReader(a.Body), brokenReader{}))
	}
	if a.ETag != "" && a.ETag == req.Validator || a.ETag == "" && a.Modified != "" && a.Modified == req.Modified {
		res.NotModified, res.Body = true, io.NopCloser(strings.NewReader(""))
	}
	return res, nil
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, ErrBroken }
