package lang

import "runtime"

// This file defines how recursion takes several small stacks in place of one large one.

// OnNewStack calls fn on the stack of a new goroutine, and returns when fn does. A panic, or
// runtime.Goexit, goes on in the caller.
//
// It is for what recurses deeply. Go enlarges a stack by copying it, each frame with care:
// for 100 MiB that takes a tenth of a second, in which the goroutine does nothing else.
func OnNewStack(fn func()) {
	var failure any
	returned, panicked := false, false
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if !returned {
				failure = recover()
				panicked = failure != nil
			}
		}()
		fn()
		returned = true
	}()
	<-done
	switch {
	case panicked:
		panic(failure)
	case !returned:
		runtime.Goexit()
	}
}

const (
	stackLevels = 4096 // of recursion, on one stack: 2 to 4 MiB
	stackSlack  = 16   // see levels.spread
)

// levels counts how deep a recursion is, and spreads it over several stacks.
type levels struct {
	depth int // levels in use
	full  int // depth from which on another stack is taken
	limit int // the most that full may become
}

// begin starts at depth 0.
func (l *levels) begin() { *l = levels{full: stackLevels, limit: 2 * stackLevels} }

// spread calls fn on another stack, which has room for as many levels as the first one. When
// fn is done, this one takes a few levels more, so that a long list at the last of them does
// not need a stack for each element.
func (l *levels) spread(fn func()) {
	full, limit := l.full, l.limit
	l.full, l.limit = l.depth+stackLevels, l.depth+2*stackLevels
	defer func() { l.full, l.limit = min(full+stackSlack, limit), limit }()
	OnNewStack(fn)
}
