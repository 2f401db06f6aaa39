package store

// This file defines trees whose path in the store is not known yet.

import (
	"context"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/eval/world"
)

// pendingMark is how the hash part of the place of a pending tree begins: what follows is its number. That a
// hash begins so has a chance of one in 2^120.
const pendingMark = "zzzzzzzzzzzzzzzzzzzzzzzz"

// A Pending is a tree whose path in the store follows from a hash of all its files, which was not needed so far.
type Pending struct {
	Files world.Host // the tree is its "/"
	Name  string     // of the path in the store
	Shown string     // what messages call the tree
	// Settle returns the path. It is called when programs ask for that, and may be called again. Several
	// goroutines may call it at once.
	Settle func(ctx context.Context) (string, error)
	Data   any // for the caller of AddPending
}

// AddPending shows a tree at a place that stands for its path in the store, and returns the place.
func (v *View) AddPending(tree *Pending) string {
	p := v.places
	p.mu.Lock()
	if p.pending == nil {
		p.pending = map[string]*Pending{}
	}
	at := fmt.Sprintf("%s%08d-%s", v.Pending(), len(p.pending), tree.Name)
	p.pending[at] = tree
	p.mu.Unlock()
	p.add(at, place{tree.Files, tree.Shown})
	return at
}

// PendingAt returns the tree at a place; nil if there is none.
func (v *View) PendingAt(place string) *Pending {
	v.places.mu.Lock()
	defer v.places.mu.Unlock()
	return v.places.pending[place]
}

// Pending returns what the places of pending trees begin with.
func (v *View) Pending() string { return string(v.dir) + "/" + pendingMark }

// Settle returns a path as programs may see it: one in a pending tree with the tree's path in the store, and
// others as they are.
func (v *View) Settle(ctx context.Context, path string) (string, error) {
	if !strings.HasPrefix(path, v.Pending()) {
		return path, nil
	}
	top, rest := object(string(v.dir)+"/", path)
	p := v.PendingAt(top)
	if p == nil {
		return path, nil
	}
	out, err := p.Settle(ctx)
	return out + rest, err
}
