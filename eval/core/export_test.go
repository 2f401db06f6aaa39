package core

// This file defines access of tests to unexported parts.

// StackEstimate returns how much of Go's stack c's evaluation believes to use.
func (c *Call) StackEstimate() int { return c.w.stack }

// Counters returns how often functions and builtins were called, how many
// thunks of expressions were made, and how many attributes // copied.
func (ev *Evaluator) Counters() (calls, builtins, thunks, copied uint64) {
	s := ev.gate.workers[0].Load().stats
	return s.Calls, s.BuiltinCalls, s.Thunks, s.Copied
}

// Failures returns how many errors are kept for failed thunks, and their frames.
func (ev *Evaluator) Failures() (errors, frames int) {
	f := &ev.failures
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.count, f.frames
}

// CollectEagerly lets loops give memory back between any two steps.
func (ev *Evaluator) CollectEagerly() { ev.pace = 0 }
