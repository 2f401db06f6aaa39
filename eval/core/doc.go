// Package core evaluates Nix expressions, lazily, to the values of C++ Nix 2.34. It
// is what builtins are made with, and the command; programs that embed firn use
// package eval, whose interface stays as it is, while this one may change.
//
//	st := store.New("/nix/store", world.OS())
//	ev, err := core.New(core.Options{Builtins: builtins.All(st), Host: st.Host(), Copier: st, Internal: builtins.InternalTexts()})
//	err = ev.Run(ctx, func(c *core.Call) error {
//		v, err := c.Import("/etc/nixos/machine.nix", 0)
//		…
//		return c.Print(os.Stdout, v)
//	})
//
// The zero Options is a sandbox: no builtins but what operators need, no files,
// no environment, no store.
//
// # How evaluation works
//
//	Evaluator  what an evaluation shares: heap, code, files, contexts, builtins
//	gate       which evaluation runs when: workers, and collections between evaluations
//	worker     what one evaluation carries through it; has the methods
//	heap       where values, thunks and environments lie; see package heap
//	code       an expression that thunks and closures refer to by number
//	node       an expression prepared for execution; has a method eval
//	Call       a call of a builtin, and the way from it to the evaluator
//
// A text becomes a tree (package lang), whose variables are resolved to places.
// What is evaluated becomes nodes (compile.go): a body at a time, when a thunk
// is forced or a function called for the first time, so that of a large file
// only what is needed is prepared.
//
// A node can be evaluated, to weak head normal form, or delayed. Delaying makes
// a thunk, of one word: code and environment. It makes none where the result is
// at hand: for literals and variables; and the thunk of a function becomes it
// without being evaluated. An argument that a function looks at before it does
// anything else is evaluated before the call (early.go), and an environment that
// nothing refers to any more when its call returns is used again
// (heap.FreeCallEnv).
//
// Functions of several arguments, x: y: z: …, are one function; applied to
// fewer, it is a Partial. Operators are functions that can be replaced
// lexically, and native where they were not.
//
// # Failure
//
// A failure inside the evaluator is the zero Value, or false; the worker keeps
// the Error. On the way up, frames are added to it: what was being evaluated.
// Builtins see ordinary Go errors. A thunk whose evaluation failed keeps its
// failure, but for an interruption or a limit, of calls, stack or memory, after
// which it can be forced again. tryEval catches what ErrorKind.Catchable says.
//
// # Limits
//
// A worker has credit for some steps: a call takes one, and so do builtins for every
// so many elements. When it is used up, check looks at what may end the evaluation:
// its context, time, steps and memory, and the limit of the heap. Memory beyond the
// budget leaves no credit, so that it is noticed at the next step. Before something
// large is made, checkSize asks whether there is room.
//
// Calls within calls are counted, as in the reference. Beside that, the stack
// that recursion of any kind takes is estimated: what goes on for ever ends with an
// error, not with the process.
//
// A loop that has no way to return a failure panics with errStopped; see rescue.
// That, and heap.ErrFull, leave thunks claimed by a worker that is gone. A worker that
// needs one restores it, and so does the next collection.
//
// # Several workers
//
// Evaluations of one Evaluator run side by side, each with a worker, which has its own
// part of the heap. A thunk is claimed with one compare-and-swap; a worker that finds it
// claimed by another one waits (await), and workers that wait for each other have
// met an infinite recursion. Applications that map and the like make are not
// claimed: the first result counts. Everything else that workers share is immutable,
// or in tables with locks.
//
// With Options.Cores, several workers evaluate together: where one is about to go through
// values of which it needs each, others force these from the far end (team.go). The one that
// leads does what it would do alone, so that value, error and messages are the same.
//
// # Collections
//
// While no evaluation is under way, what nothing refers to is given back, in the heap
// and in the tables beside it (collect.go). Roots are what Go code holds, the files
// that were imported, and the global names. Code belongs to units, mostly source texts;
// a unit is alive as long as something in the heap refers to any piece of its code.
// The gate decides when: as soon as there is twice as much as the last collection
// left. If evaluations are under way then, new ones wait until those have ended, but
// for a tenth of a second at most: after that the collection is put off.
//
// # Debugger
//
// With Options.Debugger, every expression is prepared as a node around the one that it
// would be otherwise. Those keep a stack: a frame for each body under way, with the
// expression in it and its environment. Names of variables are found where something
// stops, by the scopes of the tree around the expression. No argument is evaluated
// early then, and no thunk keeps its failure. What is evaluated at a stop is part of
// the evaluation, as what a builtin begins, and does not stop.
//
// # Files
//
//	evaluator.go define.go         the evaluator; how builtins get names
//	entry.go run.go worker.go      the ways in; how an evaluation runs; what a worker is
//	raise.go limits.go depth.go guest.go observe.go waiting.go failures.go   its parts
//	team.go                        workers that evaluate together
//	gate.go drain.go growth.go collect.go roots.go   workers; collections; what Go code holds
//	compile.go code.go early.go    from the tree to nodes; code by number
//	expr.go variable.go interp.go attrset.go select.go operators.go   nodes
//	function.go thunk.go deep.go   calls; forcing, to weak head normal form and deeply
//	equal.go coerce.go context.go  equality and order; conversions; what strings refer to
//	names.go copy.go               symbols as text; large strings and lists
//	builtin.go call.go operand.go attrpath.go   what builtins are, and can ask for
//	text.go import.go searchpath.go view.go   texts, files, the search path, the world
//	error.go errorcode.go errordata.go cycle.go   errors as data
//	print.go render.go color.go    values and errors as text
//	stats.go trace.go              counts, and what profiles and traces are told of calls
//	debug.go debug_node.go debug_frame.go   the debugger
package core
