package lock

// This file defines how trees are fetched before they are needed.

import (
	"context"
	"strconv"
	"sync"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
)

// A prefetcher fetches trees, several at once and each once.
type prefetcher struct {
	ctx     context.Context
	fetcher Fetcher
	slots   chan struct{}
	group   sync.WaitGroup
	jobs    map[string]*job // by what is fetched; used by the goroutine of Compute only
}

// A job is a tree that is being fetched.
type job struct {
	done chan struct{} // closed when tree and err are set
	tree *Tree
	err  error
}

// newPrefetcher returns a prefetcher of n trees at once; 0 means 8.
func newPrefetcher(ctx context.Context, f Fetcher, n int) *prefetcher {
	if n <= 0 {
		n = 8
	}
	return &prefetcher{ctx: ctx, fetcher: f, slots: make(chan struct{}, n), jobs: map[string]*job{}}
}

// start begins to fetch a tree, unless that was done before.
func (p *prefetcher) start(ref *flakeref.Ref, use Registries) *job {
	key := ref.All().String() + strconv.Itoa(int(use))
	if j := p.jobs[key]; j != nil {
		return j
	}
	j := &job{done: make(chan struct{})}
	p.jobs[key] = j
	p.group.Add(1)
	go func() {
		defer p.group.Done()
		defer close(j.done)
		select {
		case p.slots <- struct{}{}:
			defer func() { <-p.slots }()
			j.tree, j.err = p.fetcher.Fetch(p.ctx, ref, use)
		case <-p.ctx.Done():
			j.err = p.ctx.Err()
		}
	}()
	return j
}

// get returns a tree, and waits for it if need be.
func (p *prefetcher) get(ref *flakeref.Ref, use Registries) (*Tree, error) {
	j := p.start(ref, use)
	<-j.done
	return j.tree, j.err
}

// wait returns when no goroutine is left.
func (p *prefetcher) wait() { p.group.Wait() }
