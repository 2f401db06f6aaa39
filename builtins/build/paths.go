package build

// This file defines the goals of store paths: they are there, or are fetched.

import (
	"context"
	"errors"
	"fmt"

	"github.com/firn-lang/firn/builtins/store"
)

// path returns the goal of a store path.
func (g *graph) path(path string) *goal {
	return g.get("path "+path, key("a", path), func(n *goal) { g.beginPath(n, path) })
}

// beginPath looks for a path here, and in other stores.
func (g *graph) beginPath(n *goal, path string) {
	n.outputs, n.status = map[string]string{"": path}, AlreadyValid
	err := g.b.Store.AddTempRoot(g.ctx, path)
	valid := false
	if err == nil {
		valid, err = g.b.Store.IsValid(g.ctx, path)
	}
	switch {
	case err != nil:
		g.fail(n, "", err)
	case valid:
		g.finish(n, nil)
	case g.b.Substitutes == nil:
		n.absent = true
		g.finish(n, noSubstituter(path))
	default:
		n.then = func() { g.fetchPath(n, path) }
		g.fetches = append(g.fetches, n)
	}
}

// noSubstituter returns the error that no store has a path.
func noSubstituter(path string) *Error {
	return &Error{Status: NoSubstituters, Msg: fmt.Sprintf("path '%s' is required, but there is no substituter that can build it", path)}
}

// fetchPath fetches a path, for which there is a job.
func (g *graph) fetchPath(n *goal, path string) {
	g.work(func(ctx context.Context) error { return g.b.fetch(ctx, path) }, func(err error) {
		g.fetch++
		n.status = Substituted
		g.fetched(n, path, err)
	})
}

// fetched ends the goal of a path, of which other stores were asked.
func (g *graph) fetched(n *goal, path string, err error) {
	n.absent = errors.Is(err, store.ErrInvalid)
	switch {
	case n.absent:
		g.finish(n, noSubstituter(path))
	case err != nil:
		g.fail(n, "", err)
	default:
		g.finish(n, nil)
	}
}

// fetch takes a path, and what it refers to, from other stores. That none has it is a
// store.ErrInvalid.
func (b *Builder) fetch(ctx context.Context, path string) error {
	_, err := b.Substitutes.Fetch(ctx, b.Store, []string{path}, store.Copying{Path: func(path, from string) {
		b.tell(Event{Kind: Copying, Text: fmt.Sprintf("copying path '%s' from '%s'", path, from)})
	}})
	return err
}
