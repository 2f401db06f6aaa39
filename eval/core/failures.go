package core

// This file defines what failed thunks stand for: errors that are kept, until
// nothing needs them.

import (
	"errors"
	"slices"
	"sync"

	"github.com/firn-lang/firn/eval/heap"
)

// failures are the errors that failed thunks stand for, by number. A thunk keeps
// its error as the reference has it: with the frames that were added until
// tryEval caught it, or the evaluation ended. Until then, other evaluations see
// the frames that it had at first.
type failures struct {
	mu     sync.Mutex
	list   []failure // by number - 1
	free   []uint32  // numbers to use again
	count  int       // of the errors in list
	frames int       // of those errors; what is added while an error is under way counts later
	bytes  int       // of those errors, nearly
}

// A failure is an error and what refers to it.
type failure struct {
	err    *Error // nil if the number is free
	first  *Error // what it was at first; nil once nothing is added to err
	serial uint64 // of the evaluation that adds to err; 0 once nothing is added
	bytes  int    // of err, nearly
	thunks int    // that its evaluation can restore
}

// A failedThunk is a thunk that stands for a failure of the present evaluation.
type failedThunk struct {
	thunk  heap.Lazy
	number uint32
	was    heap.Claim // before it failed
}

// failing is which thunks an evaluation has made stand for errors. Until it ends, it can
// make them what they were.
type failing struct {
	failed     []failedThunk // of errors under way, or not caught; oldest first
	caught     []failedThunk // of errors that were caught, oldest first
	caughtSize int           // sum of what caught keeps, in the unit of maxCaught
	everCaught uint64        // length of caught, with what was forgotten
}

// Bounds of what failures keep. A thunk whose error is not kept is evaluated
// again, which shows in nothing but its frames and the time it takes.
const (
	maxFailures      = 1 << 17
	maxFailureFrames = 1 << 20

	// maxCaught bounds what one evaluation keeps of errors that were caught: a
	// frame or a thunk counts 1, an error caughtCost. Beyond it, the thunks of the
	// oldest become what they were. Without a collection during an evaluation,
	// that is how failures go to which nothing refers.
	maxCaught  = 1 << 14
	caughtCost = 16
)

// frameBytes is about how much memory a frame takes.
const frameBytes = 96

// keep makes l, which was evaluated and failed with e, a thunk that stands for e.
// It reports false if e is not kept; then l has to be what it was.
func (w *worker) keep(e *Error, l heap.Lazy, was heap.Claim) bool {
	if !e.Kind.kept() || w.debug != nil || w.ahead {
		return false
	}
	f := &w.ev.failures
	if e.number == 0 && (e.passes() || !f.add(w, e)) {
		return false
	}
	if k := was.Kind(); k == heap.App1 || k == heap.App2 {
		if !w.FailApp(l, was, e.number) {
			return true // another worker was faster
		}
	} else {
		w.Fail(l, e.number)
	}
	w.failed = append(w.failed, failedThunk{l, e.number, was})
	return true
}

// passes reports whether e may not happen another time, as its cause says.
func (e *Error) passes() bool {
	var t interface{ Transient() bool }
	return e.Cause != nil && errors.As(e.Cause, &t) && t.Transient()
}

// add gives e a number. It reports false if there are too many.
func (f *failures) add(w *worker, e *Error) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.count >= maxFailures || f.frames >= maxFailureFrames {
		return false
	}
	bytes := e.size()
	f.bytes += bytes
	w.Charge(uint64(bytes))
	first := *e
	if n := len(e.Frames); !slices.ContainsFunc(e.Frames[max(0, n-settled):], func(f Frame) bool { return f.Pos == latePos }) {
		first.Frames = e.Frames[:n:n] // behind which frames are added
	} else {
		first.Frames = slices.Clone(e.Frames)
	}
	entry := failure{err: e, first: &first, serial: w.serial, bytes: bytes}
	if n := len(f.free); n > 0 {
		e.number = f.free[n-1]
		f.free = f.free[:n-1]
		f.list[e.number-1] = entry
	} else {
		f.list = append(f.list, entry)
		e.number = uint32(len(f.list))
	}
	f.count++
	f.frames += len(e.Frames)
	return true
}

// size returns about how many bytes the texts and frames of e take.
func (e *Error) size() int {
	bytes := len(e.Msg) + frameBytes*len(e.Frames)
	for _, frame := range e.Frames {
		for _, arg := range frame.args {
			if text, ok := arg.(string); ok {
				bytes += len(text)
			}
		}
	}
	return bytes
}

// settle says that nothing will be added to the errors of those thunks. f.mu is
// held.
func (f *failures) settle(thunks []failedThunk) {
	for _, t := range thunks {
		entry := &f.list[t.number-1]
		if entry.first != nil {
			added := len(entry.err.Frames) - len(entry.first.Frames)
			f.frames += added
			f.bytes += frameBytes * added
			entry.bytes += frameBytes * added
			entry.serial, entry.first = 0, nil
		}
	}
}

// Try forces argument i. caught says that it failed with an error that tryEval
// catches; err is any other error. What was made for an error that is caught is given
// back, if nothing refers to it.
func (c *Call) Try(i int) (v heap.Value, caught bool, err error) {
	w := c.w
	mark, before := len(w.failed), w.everCaught
	if w.debug != nil {
		w.debug.trying++
		defer func() { w.debug.trying-- }()
	}
	visits, alone := w.alone()
	region := 0
	if alone {
		region = w.BeginRegion()
	}
	v, err = c.Arg(i).Value()
	if e, ok := err.(*Error); ok && e.Kind.Catchable() {
		if alone {
			w.giveBack(region, visits, mark, int(w.everCaught-before))
		}
		w.catch(mark)
		if e.number != 0 && w.ev.failures.unused(e.number, e) {
			e.number = 0
		}
		if e.number == 0 && w.debug == nil {
			w.reuse(e)
		}
		v, caught, err = 0, true, nil
	}
	if alone {
		w.EndRegion(region)
	}
	return v, caught, err
}

// giveBack gives back what was made in region, for an error that was caught. Since the region
// began, thunks failed from w.failed[mark] on, and the last ones of w.caught.
func (w *worker) giveBack(region int, visits uint64, mark, last int) {
	start, large := w.RegionStart(region), false
	w.undisturbed(visits, func() {
		if w.DropRegion(region) {
			w.dropFailures(mark, last, func(l heap.Lazy) bool { return l < start })
		} else {
			large = w.RegionBytes(region) > tryLarge*w.ev.pace
		}
	})
	if large {
		w.collectRegion(region, visits, func(*heap.Marker) {}, new(uint64))
	}
}

// dropFailures forgets thunks that are not alive, of w.failed[mark:] and of the last ones
// of w.caught.
func (w *worker) dropFailures(mark, last int, alive func(heap.Lazy) bool) {
	w.failed = w.failed[:mark+len(slices.DeleteFunc(w.failed[mark:], func(t failedThunk) bool { return !alive(t.thunk) }))]
	f := &w.ev.failures
	f.mu.Lock()
	defer f.mu.Unlock()
	from := max(0, len(w.caught)-last)
	kept := w.caught[:from]
	for _, t := range w.caught[from:] {
		if alive(t.thunk) {
			kept = append(kept, t)
		} else {
			w.uncount(t)
		}
	}
	w.caught = kept
}

// catch says that the errors of what failed since there were mark failed thunks
// were caught. What is too much of what was caught so far is forgotten: its thunks
// can be evaluated again.
func (w *worker) catch(mark int) {
	thunks := w.failed[mark:]
	if len(thunks) == 0 {
		return
	}
	f := &w.ev.failures
	f.mu.Lock()
	defer f.mu.Unlock()
	f.settle(thunks)
	for _, t := range thunks {
		entry := &f.list[t.number-1]
		if entry.thunks == 0 {
			w.caughtSize += caughtCost + len(entry.err.Frames)
		}
		entry.thunks++
	}
	w.caughtSize += len(thunks)
	w.caught = append(w.caught, thunks...)
	w.everCaught += uint64(len(thunks))
	w.failed = w.failed[:mark]
	n := 0
	for ; w.caughtSize > maxCaught; n++ {
		w.forget(w.caught[n])
	}
	w.caught = w.caught[n:] // append copies what is left now and then
}

// forget makes a failed thunk what it was, and drops its error if that was the
// last one. The lock of the failures is held.
func (w *worker) forget(t failedThunk) {
	w.Restore(t.thunk, t.was)
	w.uncount(t)
}

// uncount is forget, of a thunk that is no more.
func (w *worker) uncount(t failedThunk) {
	f := &w.ev.failures
	w.caughtSize--
	entry := &f.list[t.number-1]
	if entry.thunks--; entry.thunks == 0 {
		w.caughtSize -= caughtCost + len(entry.err.Frames)
		w.reuse(entry.err)
		f.drop(t.number)
	}
}

// drop makes number n free. f.mu is held.
func (f *failures) drop(n uint32) {
	entry := &f.list[n-1]
	f.count--
	f.frames -= len(entry.err.Frames)
	f.bytes -= entry.bytes
	*entry = failure{}
	f.free = append(f.free, n)
}

// unused drops number n of the error e if no thunk that was caught stands for it, and reports
// whether n is no longer that of e. The thunks of an error under way are not counted. The
// number may be free by now, or that of another error, which stays.
func (f *failures) unused(n uint32, e *Error) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch entry := &f.list[n-1]; {
	case entry.err == nil:
		return true
	case entry.err != e || entry.thunks > 0:
		return false
	}
	f.drop(n)
	return true
}

// endFailures ends what the evaluation may still do with its failures.
func (w *worker) endFailures() {
	if len(w.failed) > 0 {
		w.ev.failures.mu.Lock()
		w.ev.failures.settle(w.failed)
		w.ev.failures.mu.Unlock()
	}
	w.failed, w.caught, w.caughtSize = nil, nil, 0
	w.spares, w.spare = nil, 0
}

// failure returns a copy of the error that l stands for, to which frames can be
// added; nil if l, which was that failure, is a thunk again.
func (w *worker) failure(l heap.Lazy, n uint32) *Error {
	f := &w.ev.failures
	f.mu.Lock()
	defer f.mu.Unlock()
	if was := w.Peek(l); was.Kind() != heap.FailedThunk || was.Failure() != n {
		return nil
	}
	entry := &f.list[n-1]
	from := entry.err
	if entry.serial != 0 && entry.serial != w.serial {
		from = entry.first
	}
	e := *from
	e.Frames = slices.Clone(e.Frames) // they may be settled
	e.Cycle = slices.Clone(e.Cycle)
	e.number = 0
	return &e
}

// len returns how many there are; a long text counts as many.
func (f *failures) len() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.count + f.bytes>>12
}

// retain forgets all failures but those of which alive says that they are.
func (f *failures) retain(alive func(n uint32) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.frames, f.bytes = 0, 0
	for i := range f.list {
		entry := &f.list[i]
		if entry.err == nil {
			continue
		}
		if n := uint32(i + 1); !alive(n) {
			*entry = failure{}
			f.free = append(f.free, n)
			f.count--
			continue
		}
		f.frames += len(entry.err.Frames)
		f.bytes += entry.bytes
	}
}
