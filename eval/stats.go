package eval

// This file defines the numbers that an evaluator reports of itself.

import (
	"time"

	"github.com/firn-lang/firn/lang"
)

// Stats says how large an Evaluator is, and what its evaluations did.
type Stats struct {
	Counts Counts // of the evaluations that have ended

	HeapUsed  uint64 // bytes of values
	HeapLimit uint64 // bytes that values may take: Options.Heap
	Text      uint64 // bytes of source text
	Caches    uint64 // bytes of what builtins keep between calls: compiled regular expressions
	Files     int    // that were imported and are remembered
	Roots     int    // groups of Values that Go programs hold
	Symbols   int    // different names
	Code      int    // expressions that were prepared to be evaluated
	Contexts  int    // different string contexts
	Failures  int    // errors that parts of values stand for
	Workers   int    // evaluations that there were at the same time, at most

	Collections  int           // of values
	PutOff       int           // collections that had to wait, since evaluations were under way
	Pause        time.Duration // in which no evaluation could begin, in all
	LongestPause time.Duration
}

// Counts says what evaluations did. Where a number is about the language, such as that
// of calls, it is the number that C++ Nix counts for the same program.
type Counts struct {
	Calls        uint64 // of functions; a call of x: y: … is two
	BuiltinCalls uint64 // with those of the operators - * / < > <= >= and <…>
	Selects      uint64 // of attributes: one for each name of a path, and each name of inherit (…)
	Updates      uint64 // operands of //, as C++ Nix counts: a // b are two
	Copied       uint64 // attributes that // copied
	Concats      uint64 // by ++ and concatLists
	Thunks       uint64 // of expressions
	Avoided      uint64 // expressions that were delayed without a thunk, since they were values or variables
	Files        uint64 // source texts that were read from files
	Expressions  uint64 // in the texts that were parsed, with Options.CountExpressions

	Objects    uint64 // values, thunks and environments
	Bytes      uint64 // of these
	Lists      uint64
	Elements   uint64 // of all lists
	Sets       uint64
	Attributes uint64 // of all sets, without those of sets that they share
	Envs       uint64 // environments, without those that were used again
	Variables  uint64 // of all environments
}

// Stats returns the present numbers.
func (ev *Evaluator) Stats() Stats {
	is := ev.core.Stats()
	c := &is.Counts
	return Stats{
		Counts: Counts{
			Calls: c.Calls, BuiltinCalls: c.BuiltinCalls, Selects: c.Selects, Updates: c.Updates, Copied: c.Copied,
			Concats: c.Concats, Thunks: c.Thunks, Avoided: c.Avoided, Files: c.Files, Expressions: c.Expressions,
			Objects: c.Made.Objects, Bytes: c.Made.Bytes, Lists: c.Made.Lists, Elements: c.Made.Elements,
			Sets: c.Made.Sets, Attributes: c.Made.Attributes, Envs: c.Made.Envs, Variables: c.Made.Slots,
		},
		HeapUsed: is.HeapUsed, HeapLimit: is.HeapLimit, Text: is.Text, Caches: is.Caches, Files: is.Files, Roots: is.Roots,
		Symbols: is.Symbols, Code: is.Code, Contexts: is.Contexts, Failures: is.Failures, Workers: is.Workers,
		Collections: is.Collections, PutOff: is.PutOff, Pause: is.Pause, LongestPause: is.LongestPause,
	}
}

// CallCounts says how often each function and each builtin was called.
type CallCounts struct {
	Functions []FunctionCount
	Builtins  map[string]uint64 // by name; of those that were called
}

// A FunctionCount says how often a function was called. Those of x: y: … are two.
type FunctionCount struct {
	Name     string // of the attribute or variable that it is bound to; "" if there is none
	Position lang.Position
	Count    uint64
}

// CallCounts returns the counts of calls, with Options.CountCalls.
func (ev *Evaluator) CallCounts() CallCounts {
	counts := ev.core.CallCounts()
	out := CallCounts{Builtins: counts.Builtins}
	for _, f := range counts.Functions {
		out.Functions = append(out.Functions, FunctionCount{f.Name, f.Pos, f.Count})
	}
	return out
}

// Names returns the names that the texts and values of the evaluator have, in the order in
// which they were met first.
func (ev *Evaluator) Names() []string {
	t := ev.core.Symbols()
	var out []string
	for i := 1; i < t.Len(); i++ {
		if name := t.Name(lang.Symbol(i)); name != "" {
			out = append(out, name)
		}
	}
	return out
}
