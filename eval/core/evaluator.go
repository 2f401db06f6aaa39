package core

// This file defines the evaluator: what all workers share, and the entry points.

import (
	"context"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/profile"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// A SearchPathEntry is one place where <prefix/…> is looked for.
type SearchPathEntry struct {
	Prefix string // "" for every name
	Path   string // as given; URLs are the host's business
}

// Limits bound what one evaluation may use. A zero field stands for the default.
type Limits struct {
	CallDepth int           // of calls within calls; default 10,000, as in the reference
	Steps     uint64        // of work: calls, and what builtins do to many elements; default: any number
	Memory    uint64        // bytes of values that are made, without those that were given back meanwhile; default: any number
	Time      time.Duration // default: any
}

// Options are what an Evaluator is made with. The zero Options is a sandbox:
// no builtins, no files, no environment, no store.
type Options struct {
	Builtins   []*Builtin        // not modified; default: none
	Host       world.Host        // default: a world without files
	Mounts     *world.Mounts     // in Host, which evaluations see some of; default: none
	Copier     Copier            // default: none; copying a path to the store is an error
	SearchPath []SearchPathEntry // of <…>
	// Unpack returns the folder that the archive at a URL, or channel:NAME, unpacks to,
	// for entries of the search path. Default: such an entry is ignored.
	Unpack   func(c *Call, url string) (string, error)
	Dir      string          // what relative paths of the search path are relative to; default "/"
	Features map[string]bool // experimental features, by the reference's names
	Pure     bool            // without builtins that depend on the machine
	// Restricted says that the environment is empty, and that only what
	// AllowedURIs allows may be fetched. What may be read is the host's business.
	Restricted  bool
	AllowedURIs []string // each allows itself and what is below
	// NoImportFromDerivation forbids to read outputs of derivations.
	NoImportFromDerivation bool
	// TraceImportFromDerivation warns of each output of a derivation that is read.
	TraceImportFromDerivation bool

	Owner  any              // what Evaluator.Owner returns
	System string           // builtins.currentSystem
	Now    func() time.Time // builtins.currentTime; default time.Now
	Home   string           // what ~ stands for in path literals
	Stderr io.Writer        // where trace and warn write; default: nowhere
	Limits Limits
	Heap   uint64 // bytes of values of all evaluations; default: what can be addressed, 32 GiB
	// Workers is how many evaluations there can be at the same time, up to 64;
	// more wait for their turn. Default: twice the processors, and 8 at least.
	Workers int
	// Cores is how many workers one evaluation may have, which evaluate together: see team.
	// Default: one.
	Cores int
	// Internal has the texts that <nix/NAME> finds, by NAME, where the search path
	// has nothing of that name. Default: none.
	Internal map[string]string

	// Profile gets what evaluations cost, by what was called. Default: none.
	Profile *profile.Profile
	// CountCalls says that calls of each function are counted: see Evaluator.CallCounts.
	CountCalls bool
	// CountExpressions says that the expressions in texts are counted.
	CountExpressions bool

	// Debugger stops evaluations. Default: none.
	Debugger *Debugger

	// OnImport, if not nil, is called with each file that is imported, before it is
	// evaluated.
	OnImport     func(path string)
	TraceVerbose bool // builtins.traceVerbose prints
	TraceCalls   bool // each call prints when it begins and ends
	AbortOnWarn  bool // builtins.warn is an error
	Lints        lang.Lints
}

// An Evaluator evaluates Nix expressions. Files that it has imported live as long as the
// evaluator; other values live as long as something refers to them.
//
// It may be used by several goroutines at once: each evaluation has a worker.
type Evaluator struct {
	opt      Options // with the defaults filled in; not changed after New
	config   *lang.Config
	heap     *heap.Heap
	contexts *contexts         // string contexts, by number
	codes    codeTable         // expressions that values refer to, by number
	failures failures          // errors that failed thunks refer to, by number
	names    names             // not changed after New
	globals  *globals          // of texts without other names; nil while New runs
	pending  string            // what paths begin with that stand for others: see Copier.Pending; "" if none does
	builtins []*Builtin        // by number, as values refer to them; not changed after New
	attrs    []heap.Entry      // of the set builtins
	numbers  map[string]uint32 // of builtins, by name; shared, so not changed

	pace      uint64        // factor of the sizes from which on loops collect: 1; 0 in tests
	gate      gate          // workers, and collections
	roots     rootTable     // values that Go programs keep
	externals externals     // Go values that heap values refer to, by number
	strings   symbolStrings // names as strings, one for each
	reader    reader

	links  *world.Links // of the host
	caches []Cache      // of the builtins, each once

	// The import caches. An entry is added once and not changed, so that a program sees a
	// file, a link or a search path as they were at first, whatever happens to them.
	mu      sync.RWMutex         // of the maps below
	files   map[string]heap.Lazy // resolved path to its value, or the thunk of that
	paths   map[string]string    // imported path to resolved path
	lookups map[string]string    // name in angle brackets to path
	entries map[string]bool      // entry of the search path to whether it exists
	fetched map[string]string    // entry of the search path that is a URL to where it is unpacked; "" if it cannot be had
	copied  map[string]string    // path to store path
}

// names are the symbols that evaluation gives a meaning.
type names struct {
	functor, toString, outPath, typ, drvPath, overrides, file, line, column lang.Symbol
}

// globals is a table of global names.
type globals struct {
	unit   *unit       // the code of constants that are not evaluated yet
	scope  *lang.Scope // name to slot
	values []heap.Lazy // by slot
	native []string    // by slot: the name of the builtin there, if an operator stands for it; or ""
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
	h, err := heap.New(opt.Heap)
	if err != nil {
		return nil, err
	}
	if opt.Host == nil {
		opt.Host = world.None()
	}
	if opt.Stderr == nil {
		opt.Stderr = io.Discard
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	opt.Host = world.Texts(opt.Host, world.InternalDir, opt.Internal)
	ev := &Evaluator{
		opt:      opt,
		pace:     1,
		heap:     h,
		contexts: newContexts(),
		files:    map[string]heap.Lazy{},
		paths:    map[string]string{},
		links:    world.NewLinks(opt.Host),
		lookups:  map[string]string{},
		entries:  map[string]bool{},
		fetched:  map[string]string{},
		copied:   map[string]string{},
	}
	if opt.Copier != nil {
		ev.pending = opt.Copier.Pending()
	}
	ev.builtins = ev.opt.Builtins
	if missing := missingCore(ev.builtins); len(missing) > 0 {
		ev.builtins = slices.Concat(ev.builtins, missing)
	}
	known := ev.vocabulary(len(opt.Builtins) == 0)
	ev.numbers = known.numbers
	ev.config = &lang.Config{Files: lang.NewFileSet(), Symbols: known.symbols.Fork()}
	ev.config.Pipes = opt.Features["pipe-operators"]
	ev.config.Lints = opt.Lints
	ev.config.Lints.NoHome = opt.Pure
	ev.gate.init(ev)
	ev.codes.init()
	ev.reader.worker = &worker{Space: h.Space(), ev: ev}
	ev.reader.worker.own = Call{w: ev.reader.worker, b: &Builtin{}}
	sym := ev.config.Symbols.Intern
	ev.names = names{
		functor: sym("__functor"), toString: sym("__toString"), outPath: sym("outPath"), typ: sym("type"),
		drvPath: sym("drvPath"), overrides: sym("__overrides"), file: sym("file"), line: sym("line"),
		column: sym("column"),
	}
	for _, b := range ev.builtins {
		if c := b.Cache; c != nil && !slices.Contains(ev.caches, c) {
			ev.caches = append(ev.caches, c)
		}
	}
	w := ev.gate.newWorker()
	w.begin(context.Background(), &ev.opt.Limits)
	ev.defineBuiltins(w, known)
	ev.gate.permanent = lang.Symbol(ev.config.Symbols.Len())
	w.end()
	ev.gate.account(w)
	ev.gate.idle = append(ev.gate.idle, w)
	return ev, nil
}

// Owner returns whom the evaluator works for.
func (ev *Evaluator) Owner() any { return ev.opt.Owner }

// Options returns what the evaluator was made with. It is not to be modified.
func (ev *Evaluator) Options() *Options { return &ev.opt }

// Symbols returns the names that values and texts have.
func (ev *Evaluator) Symbols() *lang.Symbols { return ev.config.Symbols }

// ContextOf returns what a context consists of.
func (ev *Evaluator) ContextOf(ctx Context) []ContextElem { return ev.contexts.list(ctx) }

// Copies returns which files were copied to the store since the last Forget: the
// file, by its path in the store.
func (ev *Evaluator) Copies() map[string]string {
	ev.mu.RLock()
	defer ev.mu.RUnlock()
	out := make(map[string]string, len(ev.copied))
	for from, to := range ev.copied {
		out[to] = from
	}
	return out
}

// Files returns the texts that were read, which know what positions mean.
func (ev *Evaluator) Files() *lang.FileSet { return ev.config.Files }
