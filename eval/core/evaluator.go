package core

// This file defines the evaluator: what all workers share, and the entry points.

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A SearchPathEntry is one place where <prefix/…> is looked for.
type SearchPathEntry struct {
	Prefix string // "" for every name
	Path   string // as given; relative paths and URLs are the host's business
}

// Limits bound what an evaluation may use. A zero field stands for the default.
type Limits struct {
	CallDepth int    // of calls within calls; default 10,000, as in the reference
	Memory    uint64 // bytes of values; default: what can be addressed, 32 GiB
}

// Options are what an Evaluator is made with. The zero Options is a sandbox:
// no builtins, no files, no environment, no store.
type Options struct {
	Builtins   []Builtin         // default: none
	Host       Host              // default: a world without files
	Store      Store             // default: none; copying a path to it is an error
	SearchPath []SearchPathEntry // of <…>
	Features   map[string]bool   // experimental features, by the reference's names
	Pure       bool              // without builtins that depend on the machine
	// Restricted says that the environment is empty, and that only what
	// AllowedURIs allows may be fetched. What may be read is the host's business.
	Restricted  bool
	AllowedURIs []string // each allows itself and what is below
	// NoImportFromDerivation forbids to read outputs of derivations.
	NoImportFromDerivation bool

	System string           // builtins.currentSystem
	Now    func() time.Time // builtins.currentTime; default time.Now
	Home   string           // what ~ stands for in path literals
	Stderr io.Writer        // where trace and warn write; default: nowhere
	Limits Limits
	// Internal has the texts that <nix/NAME> finds, by NAME, where the search path
	// has nothing of that name. Default: none.
	Internal map[string]string

	TraceVerbose bool // builtins.traceVerbose prints
	AbortOnWarn  bool // builtins.warn is an error
	Lints        lang.Lints
}

// An Evaluator evaluates Nix expressions. What it imports and what it makes
// lives as long as it does.
//
// One evaluation at a time: calls wait for each other. After one that ended
// since the heap had no more memory at all, which is some way beyond
// Limits.Memory, there are no others: what was being evaluated then stays so.
type Evaluator struct {
	opt      Options
	config   *lang.Config
	heap     *heap.Heap
	contexts *contexts
	codes    codeTable
	failures failures
	names    names
	globals  *globals
	builtins []Builtin

	mu     sync.Mutex // held during an evaluation
	worker *worker
	full   bool        // the heap had no more memory; see do
	stop   atomic.Bool // the evaluation under way is to stop, or the heap is full
	cancel atomic.Bool // it is to stop since its context is done

	files   map[string]heap.Lazy // by resolved path: what it evaluates to
	paths   map[string]string    // resolved path, by what was imported
	dirs    map[string]string    // resolved path, by directory
	lookups map[string]string    // found in the search path, by name
	entries map[string]bool      // of the search path: whether it exists
	copied  map[string]string    // store path, by path that was copied
	strings []heap.Value         // by symbol: its name as a value
}

// names are the symbols that evaluation gives a meaning.
type names struct {
	functor, toString, outPath, typ, drvPath, overrides, file, line, column lang.Symbol
}

// globals is a table of global names: which there are, and what they are.
type globals struct {
	scope  *lang.Scope
	values []heap.Lazy
	native []string // of a builtin that operators use, its name; or ""
}

// New returns an evaluator.
func New(opt Options) (_ *Evaluator, err error) {
	defer func() {
		if r := recover(); r == heap.ErrFull {
			err = heap.ErrFull
		} else if r != nil {
			panic(r)
		}
	}()
	h, err := heap.New(opt.Limits.Memory)
	if err != nil {
		return nil, err
	}
	if opt.Host == nil {
		opt.Host = noHost{}
	}
	if opt.Stderr == nil {
		opt.Stderr = io.Discard
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Limits.CallDepth == 0 {
		opt.Limits.CallDepth = 10_000
	}
	opt.Host = internalHost{opt.Host, opt.Internal}
	ev := &Evaluator{
		opt:      opt,
		config:   lang.NewConfig(),
		heap:     h,
		contexts: newContexts(),
		files:    map[string]heap.Lazy{},
		paths:    map[string]string{},
		dirs:     map[string]string{},
		lookups:  map[string]string{},
		entries:  map[string]bool{},
		copied:   map[string]string{},
	}
	ev.config.Pipes = opt.Features["pipe-operators"]
	ev.config.Lints = opt.Lints
	h.OnLimit(func() { ev.stop.Store(true) })
	ev.worker = newWorker(ev)
	ev.codes.init(ev)
	sym := ev.config.Symbols.Intern
	ev.names = names{
		functor: sym("__functor"), toString: sym("__toString"), outPath: sym("outPath"), typ: sym("type"),
		drvPath: sym("drvPath"), overrides: sym("__overrides"), file: sym("file"), line: sym("line"),
		column: sym("column"),
	}
	ev.defineBuiltins()
	return ev, nil
}

// Options returns what the evaluator was made with. It is not to be modified.
func (ev *Evaluator) Options() *Options { return &ev.opt }

// Files returns the texts that were read, which know what positions mean.
func (ev *Evaluator) Files() *lang.FileSet { return ev.config.Files }

// do runs fn with the worker. It returns when fn does, or soon after ctx is
// done, or the heap is full.
func (ev *Evaluator) do(ctx context.Context, fn func(w *worker) error) (err error) {
	ev.mu.Lock()
	defer ev.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	w := ev.worker
	if ev.full {
		return w.errorf(ErrLimit, 0, "%s", heap.ErrFull)
	}
	ev.cancel.Store(false)
	ev.stop.Store(ev.heap.Exhausted())
	if ctx.Done() != nil {
		called := make(chan struct{})
		stop := context.AfterFunc(ctx, func() {
			ev.cancel.Store(true)
			ev.stop.Store(true)
			close(called)
		})
		defer func() {
			if !stop() {
				<-called // or it would interrupt the next evaluation
			}
		}()
	}
	w.start()
	defer func() {
		if r := recover(); r != nil {
			if r != heap.ErrFull {
				panic(r)
			}
			// Thunks that were being forced are black holes for ever: to restore
			// them would need a defer in every force. Of a full heap, which
			// gives nothing back, nothing could be evaluated anyway.
			ev.full = true
			err = w.errorf(ErrLimit, 0, "%s", heap.ErrFull)
		}
		if e, ok := err.(*Error); ok && e.Kind == ErrInterrupted && ctx.Err() != nil {
			e.Cause = ctx.Err()
		}
	}()
	return fn(w)
}
