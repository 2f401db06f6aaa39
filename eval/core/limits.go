package core

// This file defines the limits of steps, memory and time, and what ends an evaluation.

import (
	"context"
	"fmt"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A meter is what may end an evaluation.
//
// Steps are counted down in Credit of the heap, where loops of the heap count too. The
// steps taken are spent + grant - Credit. When Credit is below zero, check looks at all
// limits, and grants more.
type meter struct {
	ctx      context.Context // of the evaluation, done at deadline too; of the guest in a nested one
	limits   Limits
	spent    uint64    // steps before the present grant
	grant    int       // steps that were granted last, at most quantum
	stop     *stopper  // what ends it besides limits; nil if ctx cannot be done
	deadline time.Time // of limits.Time; no meaning if that is 0
	cancel   func()    // releases the timer of deadline; nil if there is none
}

// begin starts the clock.
func (m *meter) begin(ctx context.Context, limits *Limits) {
	m.ctx, m.limits, m.spent = ctx, *limits, 0
	if limits.Time > 0 {
		m.deadline = time.Now().Add(limits.Time)
		m.ctx, m.cancel = context.WithDeadline(ctx, m.deadline)
	}
}

// end stops the clock.
func (m *meter) end() {
	if m.cancel != nil {
		m.cancel()
		m.cancel = nil
	}
	m.ctx = nil
}

// A stopper ends an evaluation when its context is done. The context is asked: to be told by it
// would take six allocations for each evaluation.
type stopper struct {
	ctx   context.Context
	outer *stopper // of the evaluation around this one; or nil
}

// cause returns why the evaluation is to stop; nil if it is not.
func (s *stopper) cause() error {
	for ; s != nil; s = s.outer {
		if s.ctx.Err() != nil {
			return causeOf(s.ctx)
		}
	}
	return nil
}

// timedOut reports whether the limit of time has passed. It does not wait for the timer of
// ctx, which may be late while all processors are busy.
func (m *meter) timedOut() bool { return m.limits.Time > 0 && !time.Now().Before(m.deadline) }

// quantum is how many steps there are between two looks at what may end the
// evaluation. A step takes up to a microsecond or two.
const quantum = 1000

// allow lets the worker do some steps before it comes back to check.
func (w *worker) allow() {
	w.grant = quantum
	if max := w.limits.Steps; max > 0 && max-w.spent < quantum {
		w.grant = int(max - w.spent)
	}
	w.Credit = w.grant
}

// tick counts steps, and fails if the evaluation is to stop.
func (w *worker) tick(n int) bool {
	w.Credit -= n
	return w.Credit >= 0 || w.check(0)
}

// check fails if the evaluation is to stop. It is called when there is no credit.
func (w *worker) check(pos lang.Pos) bool {
	w.spent += uint64(w.grant - w.Credit)
	w.grant, w.Credit = 0, 0
	limits := &w.limits
	switch {
	case w.timedOut():
		w.err = w.limitError(LimitTime, pos, fmt.Sprintf("the evaluation took longer than its limit of %v", limits.Time))
		return false
	case w.stop.cause() != nil:
		w.err = interrupted(w.stop.cause())
		w.err.Pos, w.err.files = pos, w.ev.config.Files
		return false
	case w.Overdrawn():
		w.err = w.memoryError(pos)
		return false
	case w.ev.heap.Exhausted():
		w.err = w.limitError(LimitHeap, pos, heap.ErrFull.Error())
		return false
	case limits.Steps > 0 && w.spent >= limits.Steps:
		w.spent = limits.Steps
		w.err = w.limitError(LimitSteps, pos, fmt.Sprintf("the evaluation took more steps than its limit of %d", limits.Steps))
		return false
	}
	w.allow()
	return true
}

// memoryError returns the error of an evaluation whose memory is used up.
func (w *worker) memoryError(pos lang.Pos) *Error {
	return w.limitError(LimitMemory, pos, fmt.Sprintf("the evaluation needs more memory than its limit of %d bytes", w.limits.Memory))
}

// limitError returns the error of an evaluation that met a limit.
func (w *worker) limitError(limit Limit, pos lang.Pos, msg string) *Error {
	e := w.errorf(CodeLimit, pos, "%s", msg)
	e.Limit = limit
	return e
}

// checkSize fails if words more words do not fit into what may be used.
func (w *worker) checkSize(words uint64) bool {
	switch {
	case w.limits.Memory > 0 && !w.Affords(words):
		w.err = w.memoryError(0)
		return false
	case !w.ev.heap.Fits(words):
		w.err = w.limitError(LimitHeap, 0, heap.ErrFull.Error())
		return false
	}
	// Taking that much takes time.
	return w.tick(int(words / 1024))
}

// work counts the steps of a loop of the heap.
func (w *worker) work(n int) {
	if !w.tick(n) {
		panic(errStopped)
	}
}

// Tick counts n units of work, each of about a microsecond or less, and returns
// an error if the evaluation is to stop. Loops over the parts of a value call it,
// but for what they evaluate: that is counted already. It costs next to nothing.
func (c *Call) Tick(n int) error {
	if c.w.Credit -= n; c.w.Credit >= 0 || c.w.check(c.pos) {
		return nil
	}
	return c.w.take()
}

// CheckInterrupt returns an error if the evaluation is to stop: Tick that always
// looks.
func (c *Call) CheckInterrupt() error {
	if c.w.check(c.pos) {
		return nil
	}
	return c.w.take()
}

// CheckSize returns an error if words more words of 8 bytes are too many for
// the heap. It is to be asked before something large is made.
func (c *Call) CheckSize(words uint64) error {
	if c.w.checkSize(words) {
		return nil
	}
	if c.w.err.Pos == 0 {
		c.w.err.Pos = c.pos
	}
	return c.w.take()
}

// Used returns how many steps the evaluation has taken, and how many bytes of values it made.
func (c *Call) Used() (steps, bytes uint64) {
	w := c.w
	return w.spent + uint64(w.grant-w.Credit), w.Taken()
}

// Charge counts bytes that are kept outside of the heap, as if they were in it,
// and returns an error if they are too many.
func (c *Call) Charge(bytes int) error {
	if err := c.CheckSize(uint64(bytes)/8 + 1); err != nil {
		return err
	}
	c.w.Charge(uint64(bytes))
	return nil
}
