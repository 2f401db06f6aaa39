package core

// This file defines observers of evaluations: counters, traces, profiles, the debugger.

// observers is what counts, traces and debugs the evaluations of a worker. Each is nil if
// no option asks for it, and costs nothing then: code is prepared without the nodes that
// would tell it.
type observers struct {
	stats Counts     // since the worker was made, but for what the heap counts
	trace *tracer    // is told of calls, for profiles and trace lines
	tally *tally     // counts the calls of each function and builtin
	debug *debugging // stops at breakpoints and errors
}

// begin prepares for an evaluation; first is the one that makes the evaluator.
func (o *observers) begin(first bool) {
	if o.trace != nil {
		o.trace.begin()
	}
	if o.debug != nil {
		o.debug.begin(first)
	}
}

// end ends what begin began.
func (o *observers) end() {
	if o.trace != nil {
		o.trace.end()
	}
}
