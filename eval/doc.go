// Package eval is the Nix language for Go programs: lazy, pure, with the values,
// messages and derivation paths of C++ Nix 2.34, and without Nix, cgo or global
// state.
//
// Three lines evaluate a program, in a sandbox:
//
//	ev, err := eval.New(eval.Options{})
//	v, err := ev.EvalString(ctx, `{ ports = map (n: 8000 + n) [ 1 2 3 ]; }`)
//	text, err := v.JSON(ctx)
//
// What to call first:
//
//	New          an Evaluator: its world, its limits, functions of yours
//	EvalFile     evaluates a file, EvalString a text, EvalFS a file of an embed.FS
//	Compile      a Program, to be run with many inputs
//	Decode       a Value into a struct; Encode the other way
//	Func, Func1  functions of Go that programs can call
//	WithLimits   limits for untrusted programs; errors.As with *Error says which was met
//
// # Values
//
// A Value is a handle on a value of an Evaluator. Its parts are evaluated when they
// are asked for, once: Select, Force, Call and Decode do that, with a context.
// Elems, Attrs and Attr look at the parts without evaluating them. Values are
// immutable.
//
// # The world
//
// The zero Options is a sandbox. Files come from an fs.FS, several of them with
// Overlay, or from OS, the machine; the environment, the clock, the store and where
// traces go are fields of Options. All of it is one Evaluator's: nothing is
// global. Reads lists what was read, for caches and for watching files; WithReads does
// it for some evaluations, and WithMeter sums what they cost. Mount and EvalFS add files that some evaluations see. Package
// eval/world has what these worlds are made of.
//
// # Untrusted programs
//
// Limits bound the steps, time, memory and depth of calls of each evaluation, and
// Options.Heap the memory of all. A done context ends an evaluation within
// milliseconds, also in the middle of a sort or a regular expression. After that,
// and after any other error, the Evaluator and its Values are as good as before.
//
// # Errors
//
// An evaluation that fails returns an *Error: its Code and Kind are for programs, Render
// prints it as Nix does, and Explain says what to do about it. Functions of Go may return
// any error, and an *Error to fail as a builtin does.
//
// # Tools
//
// Prompts and command lines need more than values: Run makes several steps one evaluation,
// with limits in common; Text, Delay and EvalMain evaluate what a user types or names;
// Parse and FindFile look at programs without evaluating them; Print, Format and Snapshot
// write values; Derivations finds what can be built; a Debugger stops. The firn command
// and its prompt are written against this package alone.
//
// # Servers
//
// One Evaluator serves all goroutines. Evaluations run side by side; what one has
// evaluated, such as an imported file, the others have. It gives back memory that
// is no longer referenced, so that it can run for ever: see Stats.
//
// # How it works
//
// Package eval/core evaluates; values lie in a heap of their own, package
// eval/heap, where Go's collector does not look. What C++ Nix does differently is
// in RATIONALE.md at the top of the repository.
package eval
