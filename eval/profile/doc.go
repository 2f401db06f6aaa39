// Package profile says what evaluations cost, and which functions of a Nix program
// are why: processor time, memory and calls.
//
//	p := profile.New(profile.Options{})
//	ev, err := core.New(core.Options{…, Profile: p})
//	…
//	err = p.WritePprof(file)  // for go tool pprof
//	err = p.WriteFolded(file) // for flame graphs, as the reference's eval-profiler
//	list := p.Functions()     // for programs
//
// # What is measured
//
// Each worker of an evaluator tells a Stack when a call begins and when it ends. A
// Stack is the calls under way, and a tree of the stacks that there were: a node for
// each, whose parent is the stack without the innermost call. At each beginning and
// end, what was counted since the last one belongs to the node that was innermost
// meanwhile. So calls, objects and bytes are exact: their sums over the tree are what
// the evaluator counts as a whole, to the last one.
//
// Time is sampled. A timer ticks; the first beginning or end after a tick takes all
// the processor time that the process took since the last time, and gives it to what
// was innermost until then. So the sum is the processor time of the process, with Go's
// garbage collector and whatever else it did during evaluations. What takes long without
// a call, a builtin that hashes a file for instance, has its time, however long. To ask
// for the time at each call would take longer than many calls.
//
// Nix is lazy: a thunk belongs to the stack that needs its value first, which is not
// where it stands in the text. The reference's profiler has it the same way.
//
// # What a frame is
//
//	function     what was called, where it is defined, and where it was called
//	builtin      builtins.NAME; of derivationStrict, "derivation NAME"
//	functor      a set with __functor
//	file         a file that is read and evaluated, by import or the command line
//
// A call of several arguments, f x y, is one frame, as in the reference. Functions are
// the same frame wherever they were called from, in pprof's form; in folded stacks each
// place of a call is a frame of its own.
//
// # How much is kept
//
// A program that calls itself in two places has as many stacks as it has calls. Beyond
// maxNodes of them, there are no new ones: a call of what is in the stack already goes back
// to there, or to where something in the stack has called it before; others are recorded as
// if they were the only one, below a frame "…". Sums, and what each function costs by itself,
// stay exact.
//
// In pprof's form, stacks that cost less than a 5000th of all, in each respect, with all
// that they call, are cut in the middle: they keep their six innermost calls, and those
// outer ones that cost more. A frame "…" is where the others were, unless all of those are
// elsewhere in the stack. What functions cost by themselves stays exact; what they cost with
// all that they call is less by what is below such frames. Of a NixOS machine, with 1.2 million stacks, that makes 400,000 samples in a
// file of 3 MB, and the largest of those numbers are less by one in a hundred or so.
//
// # What it takes
//
// Nothing where no profile is asked for: an expression is prepared for execution with
// nodes that tell of calls, or with those that do not. With a profile, the evaluation of a
// NixOS machine takes 1.7 times the time, about a tenth of a microsecond more for each call,
// and 300 MB more. Calls from builtins look whether there is a profile.
package profile
