package core

// This file defines counters of an evaluator.

import (
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// Counts says what evaluations did. Where it counts what the language says, the
// numbers are those of the reference: calls, selections, updates and
// concatenations of a program are the same in both. What it takes to do that is
// this evaluator's own: thunks, copies, memory.
type Counts struct {
	Calls        uint64 // of functions; a call of x: y: … is two
	BuiltinCalls uint64 // with those that are operators: - * / < > <= >= <…>
	Selects      uint64 // of attributes: one for each name of a path, and each name of inherit (…)
	Updates      uint64 // operands of //, as the reference counts: a // b are two
	Copied       uint64 // attributes that // copied
	Concats      uint64 // by ++ and concatLists
	Thunks       uint64 // of expressions
	Avoided      uint64 // expressions that were delayed without a thunk, since they were values or variables
	Files        uint64 // source texts that were read from files
	Expressions  uint64 // in the texts that were parsed, if Options.CountExpressions asked for it
	Made         heap.Counts
}

// add adds what other counts.
func (c *Counts) add(other *Counts) {
	c.Calls += other.Calls
	c.BuiltinCalls += other.BuiltinCalls
	c.Selects += other.Selects
	c.Updates += other.Updates
	c.Copied += other.Copied
	c.Concats += other.Concats
	c.Thunks += other.Thunks
	c.Avoided += other.Avoided
	c.Files += other.Files
	c.Expressions += other.Expressions
	c.Made.Add(&other.Made)
}

// count returns what w did since there is w.
func (w *worker) count() Counts {
	c := w.stats
	c.Made = w.Made()
	return c
}

// Stats says how large an evaluator is, and what it did.
type Stats struct {
	Counts              Counts // of the evaluations that have ended
	HeapUsed, HeapLimit uint64 // bytes
	Text                uint64 // bytes of source text
	Caches              uint64 // bytes of what builtins keep between calls
	Files               int    // in the import cache
	Roots               int
	Symbols, Code       int
	Contexts, Failures  int
	Workers             int
	Collections         int
	PutOff              int           // collections that had to wait for another time
	Pause, LongestPause time.Duration // of collections
}

// Stats returns the present numbers.
func (ev *Evaluator) Stats() Stats {
	g := &ev.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	is := g.size()
	ev.roots.mu.Lock()
	roots := len(ev.roots.all)
	ev.roots.mu.Unlock()
	ev.mu.RLock()
	files := len(ev.files)
	ev.mu.RUnlock()
	st := Stats{
		HeapUsed: is.heap, HeapLimit: ev.heap.Limit(), Text: is.text, Caches: is.caches, Files: files, Roots: roots,
		Symbols: is.symbols, Code: is.codes, Contexts: is.contexts, Failures: is.failures,
		Workers: g.made, Collections: g.stats.collections, PutOff: g.stats.putOff,
		Pause: g.stats.pause, LongestPause: g.stats.longest,
	}
	for i := range g.made {
		st.Counts.add(&g.counts[i])
	}
	return st
}

// CallCounts says how often each function and each builtin was called, if
// Options.CountCalls asked for it.
type CallCounts struct {
	Functions []FunctionCount
	Builtins  map[string]uint64 // by name; of those that were called
}

// A FunctionCount says how often a function was called. Those of x: y: … are two.
type FunctionCount struct {
	Name  string // what it is bound to; or ""
	Pos   lang.Position
	Count uint64
}

// CountConcat counts a concatenation of lists.
func (c *Call) CountConcat() { c.w.stats.Concats++ }
