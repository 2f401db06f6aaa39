package core

// This file defines helpers: workers that force, ahead of an evaluation, what it is about to
// need.

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A team is the helpers of one evaluation, on several processors. The worker of the evaluation,
// which leads, does all that it would do alone, in the same order. Where it is about to go
// through some values and needs each of them, it shares these; helpers force them from the far
// end, so that the leader finds them evaluated. So the value, the error and the order of
// messages are those of the evaluation without a team:
//
//   - What a helper forces is needed in any case, unless the leader fails before it gets there.
//   - What fails for a helper becomes what it was, and the leader finds out why.
//   - A helper does nothing that shows, such as a trace or a download: see Call.Effect.
//   - If a helper and others wait for each other, the helper gives up. The leader meets the
//     infinite recursion alone.
//
// Helpers share what they go through themselves, too. A helper that finds nothing to do for a
// while ends, and another one begins when there is something again, so that what is garbage can
// be given back while the leader is alone.
type team struct {
	ev     *Evaluator
	around context.Context    // of the evaluation, for what helpers ask the world
	ctx    context.Context    // done when the evaluation is
	cancel context.CancelFunc // of ctx
	limits Limits
	cores  int // workers that may be at work at the same time, the leader among them
	wg     sync.WaitGroup
	wake   chan struct{} // tells one helper that something was shared
	idle   atomic.Int32  // helpers that wait for wake

	mu      sync.Mutex // of the fields below
	shared  []*share   // oldest first; each has an owner that goes through it
	helpers int        // that there are
	blocked int        // workers, of all, that wait for a thunk
	ended   bool
}

// maxHelpers is how many helpers a team may have for each of its workers that may be at work.
const maxHelpers = 4

// A share is a list of values that its owner goes through, and of which it needs each.
type share struct {
	team  *team
	elems []heap.Lazy
	how   need
	flags Coercion     // for needText
	depth int          // of calls, where the owner is
	pos   lang.Pos     // where the values are needed
	at    atomic.Int64 // index up to which the owner has come
	end   int          // index behind the last element that no helper has taken; under team.mu
}

// A need is how far the values of a share are evaluated.
type need uint8

const (
	needValue need = iota // to weak head normal form
	needText              // to strings, as coerceToString makes them
	needJSON              // to what JSON is made of
	needAll               // deeply
)

// helperPatience is how long a helper waits for something to do.
const helperPatience = 500 * time.Microsecond

// errAhead is why a helper gives up.
var errAhead = errors.New("evaluated ahead of its time")

// newTeam returns the team that w leads, of n workers with itself; nil if it is to be alone.
// A team is alone if something counts, traces or bounds the steps that are taken.
func (ev *Evaluator) newTeam(ctx context.Context, limits *Limits, n int) *team {
	opt := &ev.opt
	if n <= 1 || limits.Steps > 0 || opt.Debugger != nil || ev.traced() || opt.CountCalls || opt.CountExpressions {
		return nil
	}
	t := &team{ev: ev, around: ctx, limits: Limits{CallDepth: limits.CallDepth, Memory: limits.Memory}, cores: n, wake: make(chan struct{}, 1)}
	t.ctx, t.cancel = context.WithCancel(ctx)
	return t
}

// end stops the helpers, and waits for them.
func (t *team) end() {
	t.cancel()
	t.mu.Lock()
	t.ended = true
	t.mu.Unlock()
	t.wg.Wait()
}

// share lets helpers force elems, each of which w is going to force in turn, as how says. The
// caller must call come with the index of each element when it comes to it, and close at the end.
// elems must not change meanwhile. The share is nil if there are no helpers, or nothing for them.
func (w *worker) share(elems []heap.Lazy, how need, flags Coercion, pos lang.Pos) *share {
	t := w.team
	if t == nil || len(elems) < 2 || how == needValue && w.Known(elems[len(elems)-1]) != 0 {
		return nil
	}
	s := &share{team: t, elems: elems, how: how, flags: flags, depth: w.depth, pos: pos, end: len(elems)}
	t.mu.Lock()
	t.shared = append(t.shared, s)
	t.recruit()
	t.mu.Unlock()
	if w.ahead {
		w.drain(s)
	}
	return s
}

// drain forces the elements of a share from the far end, as far as others have not taken them. A
// helper does so before it goes through them: the worker that it helps may come to the same list, from
// the front, and the two would force the same elements at the same time, of which those that map and the like
// made are not claimed.
func (w *worker) drain(s *share) {
	t := w.team
	for t.ctx.Err() == nil {
		t.mu.Lock()
		l := s.take()
		t.mu.Unlock()
		if l == 0 || !w.forceElement(s, l) {
			return
		}
	}
}

// take takes the last element that nobody has taken; 0 if the owner is there already. The caller
// must hold team.mu.
func (s *share) take() heap.Lazy {
	if s.end-1 <= int(s.at.Load()) {
		return 0
	}
	s.end--
	return s.elems[s.end]
}

// recruit gets one more worker to work, if there may be one. t.mu is held.
func (t *team) recruit() {
	switch {
	case t.ended:
	case t.idle.Load() > 0:
		select {
		case t.wake <- struct{}{}:
		default:
		}
	case t.helpers+1-t.blocked < t.cores && t.helpers < maxHelpers*t.cores:
		t.helpers++
		t.wg.Add(1)
		go t.help()
	}
}

// block is told that a worker waits for a thunk: another one may work meanwhile. The caller must
// call unblock.
func (t *team) block() {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.blocked++
	if len(t.shared) > 0 {
		t.recruit()
	}
}

// unblock is told that it goes on.
func (t *team) unblock() {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.blocked--
}

// shareAttrs is share, for attributes.
func (w *worker) shareAttrs(attrs []heap.Entry, how need, pos lang.Pos) *share {
	if w.team == nil || len(attrs) < 2 {
		return nil
	}
	elems := make([]heap.Lazy, len(attrs))
	for i, e := range attrs {
		elems[i] = e.Value
	}
	return w.share(elems, how, 0, pos)
}

// come says that the owner has come to element i.
func (s *share) come(i int) {
	if s != nil {
		s.at.Store(int64(i))
	}
}

// close says that the owner needs no more.
func (s *share) close() {
	if s == nil {
		return
	}
	t := s.team
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := len(t.shared) - 1; i >= 0; i-- {
		if t.shared[i] == s {
			t.shared = append(t.shared[:i], t.shared[i+1:]...)
			return
		}
	}
}

// next takes a value that is to be forced; nil if there is none for a while. Old shares come
// first: what they lead to is the most.
func (t *team) next() (*share, heap.Lazy) {
	for {
		t.mu.Lock()
		if t.helpers+1-t.blocked > t.cores { // one that was blocked goes on
			t.mu.Unlock()
			return nil, 0
		}
		for _, s := range t.shared {
			if l := s.take(); l != 0 {
				t.mu.Unlock()
				return s, l
			}
		}
		t.mu.Unlock()
		t.idle.Add(1)
		timer := time.NewTimer(helperPatience)
		select {
		case <-t.wake:
			timer.Stop()
			t.idle.Add(-1)
		case <-t.ctx.Done():
			timer.Stop()
			t.idle.Add(-1)
			return nil, 0
		case <-timer.C:
			t.idle.Add(-1)
			return nil, 0
		}
	}
}

// help is a helper: it forces what is shared until there is nothing for a while.
func (t *team) help() {
	defer t.wg.Done()
	defer func() {
		t.mu.Lock()
		t.helpers--
		t.mu.Unlock()
	}()
	g := &t.ev.gate
	w := g.join()
	if w == nil {
		return
	}
	defer g.leave(w)
	w.begin(t.around, &t.limits)
	defer w.end()
	w.team, w.ahead = t, true
	w.status.ahead.Store(true)
	defer func() {
		w.team, w.ahead = nil, false
		w.status.ahead.Store(false)
	}()
	done := false
	var err error
	defer w.rescue(&done, &err) // the leader comes to the same
	_ = w.run(t.ctx, func(w *worker) error {
		for t.ctx.Err() == nil {
			s, l := t.next()
			if s == nil {
				break
			}
			w.forceAhead(s, l)
		}
		return nil
	})
	done = true
}

// forceAhead forces an element of a share. A failure leaves everything as it was.
func (w *worker) forceAhead(s *share, l heap.Lazy) {
	w.depth, w.err = s.depth, nil
	if !w.enterCall(s.pos) {
		return
	}
	defer func() { w.depth, w.raised = 0, raised{spares: w.spares, spare: w.spare} }()
	w.forceElement(s, l)
}

// forceElement forces an element as far as the share needs it, and reports whether it could.
func (w *worker) forceElement(s *share, l heap.Lazy) bool {
	switch s.how {
	case needText:
		_, _, ok := w.coerceToString(l, s.pos, s.flags, "")
		return ok
	case needAll:
		return w.deepForce(l)
	case needJSON:
		return w.forceJSON(l, s.pos)
	}
	return w.force(l, s.pos) != 0
}

// forceJSON forces what the JSON of l is made of.
func (w *worker) forceJSON(l heap.Lazy, pos lang.Pos) bool {
	v := w.force(l, pos)
	if v == 0 || !w.enterCall(pos) {
		return false
	}
	defer func() { w.depth-- }()
	if !w.enter(frameGo) {
		return false
	}
	defer w.leave(frameGo)
	switch k := w.KindOf(v); {
	case k == heap.List:
		s := w.share(w.Elems(v), needJSON, 0, pos)
		defer s.close()
		for i, l := range w.Elems(v) {
			s.come(i)
			if !w.forceJSON(l, pos) {
				return false
			}
		}
	case k.IsAttrs():
		if w.Find(v, w.ev.names.toString) != 0 || w.Find(v, w.ev.names.outPath) != 0 {
			_, _, ok := w.coerceToString(heap.Lazy(v), pos, 0, "")
			return ok
		}
		for _, e := range w.All(v) {
			if !w.forceJSON(e.Value, pos) {
				return false
			}
		}
	}
	return true
}

// A Share is what a builtin shares with the helpers of its evaluation.
type Share struct{ s *share }

// ShareText lets helpers coerce elems to strings with flags, while the builtin comes to them in
// turn, which it must do: it needs each. elems must not change until Close.
func (c *Call) ShareText(elems []heap.Lazy, flags Coercion) Share {
	return Share{c.w.share(elems, needText, flags, c.pos)}
}

// ShareValues is ShareText, for weak head normal form.
func (c *Call) ShareValues(elems []heap.Lazy) Share {
	return Share{c.w.share(elems, needValue, 0, c.pos)}
}

// ShareJSON is ShareText, for what JSON is made of.
func (c *Call) ShareJSON(elems []heap.Lazy) Share {
	return Share{c.w.share(elems, needJSON, 0, c.pos)}
}

// Shares reports whether sharing is of any use.
func (c *Call) Shares() bool { return c.w.team != nil }

// Come says that the builtin has come to element i.
func (s Share) Come(i int) { s.s.come(i) }

// Close ends the share.
func (s Share) Close() { s.s.close() }

// Effect is to be called before a builtin does something that can be observed, and that is to
// happen once and in the order of evaluation: a message, a download, a build. The error ends an
// evaluation that is ahead of its time.
func (c *Call) Effect() error {
	if c.w.ahead {
		return interrupted(errAhead)
	}
	return nil
}
