// Package eval evaluates Nix expressions, lazily, to the values of C++ Nix 2.34.
//
// What to call first:
//
//	st := store.New("/nix/store", builtins.OSHost())
//	ev, err := eval.New(eval.Options{Builtins: builtins.All(st), Host: st.Host(), Store: st, Internal: builtins.InternalTexts()})
//	v, err := ev.EvalFile(ctx, "/etc/nixos/machine.nix")
//	err = ev.Run(ctx, func(c *eval.Call) error { return c.Print(os.Stdout, v.Heap()) })
//
// The zero Options is a sandbox: no builtins but what operators need, no files,
// no environment, no store.
//
// # How evaluation works
//
//	Evaluator  what an evaluation shares: heap, code, files, contexts, builtins
//	worker     what one goroutine carries through it; has the methods
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
// Calls within calls are counted, as in the reference. Beside that, the stack
// that recursion of any kind takes is estimated, and the heap knows its size:
// what goes on for ever ends with an error, not with the process. A context
// that is done is noticed at the next call. Beyond the limit the heap gives out
// memory for a while, so that there is time to end in order; when it cannot,
// allocation panics with heap.ErrFull, and the evaluator is of no use any more.
//
// # Files
//
//	evaluator.go define.go   the evaluator, entry points, how builtins get names
//	compile.go code.go       from the tree to nodes
//	expr.go operators.go     nodes
//	function.go early.go     calls
//	worker.go                forcing; limits
//	equal.go coerce.go       equality and order; conversions to strings and paths
//	context.go               what strings refer to
//	import.go host.go        files, the search path, the world
//	builtin.go call_*.go     what builtins can ask of the evaluator
//	print.go error.go render.go
package core
