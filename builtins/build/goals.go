package build

// This file defines goals: what is to be made valid, and what that has to wait for. One
// goroutine owns all goals of a call; work that takes time is done by others, which send
// it what came out.

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
	"time"
)

// A goal is something to be done: a target, an output of a derivation, the resolving or
// the building of one, or a store path.
type goal struct {
	name    string // for order: of equal work, the lesser name, which is the reference's, is done first
	waiters []*goal
	left    map[*goal]bool // what it waits for
	failed  int            // of those that it has waited for
	missing int            // of these, paths that no store has
	then    func()         // called when nothing is left
	done    bool
	err     *Error            // nil: success
	absent  bool              // it failed since no store has the path
	quiet   bool              // its error is told by what waits for it
	outputs map[string]string // of a derivation: paths by names; of a path, "" has itself
	becomes *recipe           // of the resolving of a derivation: what it is now; nil: what it was
	status  Status
	start   time.Time
	stop    time.Time
}

// A graph is the goals of one call of Realise.
type graph struct {
	b   *Builder
	ctx context.Context

	goals   map[string]*goal
	top     map[*goal]bool // not done yet
	awake   []*goal        // whose then is to be called
	builds  waiting        // goals that wait for a job
	fetches []*goal        // goals that wait for a job of another kind
	free    int            // jobs that could run
	fetch   int            // fetches that could run
	running int            // goroutines that have not sent what came out
	results chan func()
	sound   *soundness
	flags   exitFlags
	ended   bool  // a target failed, and nothing new begins
	fatal   error // ends the call
}

// maxFetches is how many paths are fetched at once.
const maxFetches = 16

// Realise makes targets valid. The error is that of ctx, or of the store; what could not
// be built is in the report.
func (b *Builder) Realise(ctx context.Context, targets []Target, mode Mode) (*Report, error) {
	if b.Begin != nil {
		defer b.Begin()()
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g := &graph{
		b: b, ctx: ctx, goals: map[string]*goal{}, top: map[*goal]bool{},
		free: max(b.Jobs, 1), fetch: maxFetches, results: make(chan func()), sound: &soundness{b: b},
	}
	top := make([]*goal, len(targets))
	for i, t := range targets {
		top[i] = g.target(t, mode)
		if !top[i].done {
			g.top[top[i]] = true
		}
	}
	g.run(cancel)
	if g.fatal != nil {
		return nil, g.fatal
	}
	report := &Report{Results: make([]Result, len(targets)), flags: g.flags, tell: b.tell}
	for i, t := range targets {
		report.Results[i] = Result{
			Target: t, Outputs: top[i].outputs, Err: top[i].err, Busy: !top[i].done, Status: top[i].status, Start: top[i].start, Stop: top[i].stop,
		}
	}
	return report, nil
}

// run works until all targets are done, or one has failed.
func (g *graph) run(cancel func()) {
	for len(g.top) > 0 && !g.ended && g.fatal == nil {
		if len(g.awake) > 0 {
			list := g.awake
			g.awake = nil
			slices.SortStableFunc(list, func(a, b *goal) int { return cmp.Compare(a.name, b.name) })
			for _, next := range list {
				if !next.done && g.fatal == nil && !g.ended {
					next.then()
				}
			}
			continue
		}
		g.dispatch()
		if g.running == 0 {
			break
		}
		select {
		case result := <-g.results:
			g.running--
			result()
		case <-g.ctx.Done():
			g.ended, g.fatal = true, context.Cause(g.ctx)
		}
	}
	cancel()
	for ; g.running > 0; g.running-- {
		<-g.results // what is interrupted cleans up
	}
}

// work has fn called by another goroutine, and end with what came out by that of the graph.
func (g *graph) work(fn func(ctx context.Context) error, end func(err error)) {
	g.running++
	go func() {
		err := fn(g.ctx)
		g.results <- func() { end(err) }
	}()
}

// dispatch starts work for which there are jobs.
func (g *graph) dispatch() {
	for len(g.builds) > 0 && g.free > 0 {
		next := heap.Pop(&g.builds).(*goal)
		g.free--
		next.then()
	}
	for len(g.fetches) > 0 && g.fetch > 0 {
		next := g.fetches[0]
		g.fetches = g.fetches[1:]
		g.fetch--
		next.then()
	}
}

// get returns the goal of a key, which is made by begin if it is new.
func (g *graph) get(key, name string, begin func(*goal)) *goal {
	if old := g.goals[key]; old != nil {
		return old
	}
	n := &goal{name: name}
	g.goals[key] = n
	n.then = func() { begin(n) }
	g.awake = append(g.awake, n)
	return n
}

// wait makes a goal wait for others, and then calls fn.
func (g *graph) wait(n *goal, others []*goal, fn func()) {
	n.then, n.left, n.failed, n.missing = fn, map[*goal]bool{}, 0, 0
	for _, o := range others {
		if o.done {
			n.count(o)
		} else if !n.left[o] {
			n.left[o] = true
			o.waiters = append(o.waiters, n)
		}
	}
	if len(n.left) == 0 || n.failed > 0 && !g.b.KeepGoing {
		n.left = nil
		g.awake = append(g.awake, n)
	}
}

// count notes the end of something that n waited for.
func (n *goal) count(o *goal) {
	if o.err != nil {
		n.failed++
		if o.absent {
			n.missing++
		}
	}
}

// finish ends a goal.
func (g *graph) finish(n *goal, err *Error) {
	n.done, n.err = true, err
	if err != nil && !n.absent {
		g.flags.add(err.Status)
		if !n.quiet && slices.ContainsFunc(n.waiters, func(w *goal) bool { return w.left[n] }) {
			g.b.tell(Event{Kind: Failed, Drv: err.Drv, Err: err})
		}
	}
	for _, w := range n.waiters {
		if !w.left[n] {
			continue // it has stopped waiting
		}
		delete(w.left, n)
		w.count(n)
		if len(w.left) == 0 || err != nil && !n.absent && !g.b.KeepGoing {
			w.left = nil
			g.awake = append(g.awake, w)
		}
	}
	n.waiters = nil
	if g.top[n] {
		delete(g.top, n)
		if err != nil && !g.b.KeepGoing {
			g.ended = true
		}
	}
}

// die ends the call.
func (g *graph) die(err error) {
	if g.fatal == nil {
		g.fatal = err
	}
}

// fail ends a goal with an error that is no reason to stop others, or stops the call if
// it is one.
func (g *graph) fail(n *goal, drvPath string, err error) {
	if g.ctx.Err() != nil {
		g.fatal = context.Cause(g.ctx)
		return
	}
	g.finish(n, asError(err, drvPath))
}

// waiting are builds that wait for a job, as a heap.
type waiting []*goal

func (w waiting) Len() int           { return len(w) }
func (w waiting) Less(i, j int) bool { return w[i].name < w[j].name }
func (w waiting) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *waiting) Push(x any)        { *w = append(*w, x.(*goal)) }
func (w *waiting) Pop() any {
	last := (*w)[len(*w)-1]
	*w = (*w)[:len(*w)-1]
	return last
}
