package eval

// This file defines Options and New, which assembles an evaluator from them.

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"math"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/registry"
	"github.com/firn-lang/firn/builtins/store"
	storesig "github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/memo"
	"github.com/firn-lang/firn/eval/profile"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// Options say what an Evaluator sees of the world, and what it may use. The zero Options
// is a sandbox: all builtins of the language, but no files, no environment, no store, no
// network and no clock.
type Options struct {
	// FS has the files: "/a/b" in Nix is "a/b" in FS. See Overlay for several
	// file systems at once, and OS for those of the machine. Default: no files.
	// Symbolic links are followed if it is an fs.ReadLinkFS.
	FS fs.FS
	// Host is the world in place of FS and Env, for worlds that need a context, or
	// whose files have other names. It may be called by several goroutines.
	Host Host
	// Env returns environment variables, for builtins.getEnv. Default: none.
	Env func(name string) string
	// Store returns the store that derivations and files are put into: Memory, or any
	// implementation of store.Store. New calls it once, with the world that evaluations
	// see, which stores on top of the world's own files need. Default: nothing is put
	// anywhere; store paths are computed, and their contents cannot be read.
	Store func(host Host) store.Store
	// StoreDir is the store directory if Store is nil. Default: /nix/store.
	StoreDir string

	// Fetch is the capability to fetch: from servers, with repositories of Git, with a
	// cache on the disk, as it was made. Several evaluators may have the same. Default:
	// nothing is fetched but files and archives that FS or Host has.
	Fetch *fetch.Fetcher
	// OpenCache is the capability of builtins.fetchClosure to copy from the binary cache at a
	// URL, which stays open. What is copied needs a signature by one of the keys, unless its
	// name follows from its contents, or the keys are nil. Default: nothing is copied.
	OpenCache func(ctx context.Context, url string) (store.Store, storesig.Keys, error)
	// Registries returns where a reference, such as nixpkgs, is looked up; limited leaves
	// out what depends on the user and the machine. Default: no
	// name is known.
	Registries func(ctx context.Context, ref *flakeref.Ref, limited bool) (*registry.List, error)

	// NamePlaces calls files of trees that were fetched in messages what they are called where
	// they come from. Default: as the reference does, which has paths in the store for some.
	NamePlaces bool

	// SearchPath is where <name> is looked for, in this order.
	SearchPath []SearchPathEntry
	// Dir is the folder where relative paths of SearchPath start. Default: "/".
	Dir string
	// Allowed are the paths that may be looked at, each with all below it. They begin with
	// a slash. Default, nil: all that FS or Host has; with Pure, it has to be said if Host
	// is OS().
	Allowed []string
	// AllowedURIs may be fetched although Allowed is set, each with all below it.
	AllowedURIs []string
	// Restriction is how errors end about a path that Allowed keeps out: "access to
	// absolute path '/x' is forbidden by …". Default: "by the program that evaluates it".
	Restriction string
	// Pure takes away what depends on the machine: currentTime, currentSystem,
	// the search path and environment variables. Without FS and Host, errors about files
	// say so. Fetching goes on: a file, tree or commit of FS or Host that a hash or a
	// revision pins is fetched although Allowed keeps it out.
	Pure bool
	// NoImportFromDerivation forbids to read the outputs of derivations.
	NoImportFromDerivation bool
	// TraceImportFromDerivation warns of each output of a derivation that is read.
	TraceImportFromDerivation bool

	System string           // builtins.currentSystem; default: ThisSystem()
	Now    func() time.Time // builtins.currentTime; default: 1970-01-01
	Home   string           // stands for ~ in paths; default: /

	// Functions are added to builtins.
	Functions []Function
	// Features are experimental features of Nix that are on, by its names for
	// them, such as "pipe-operators". Default: none.
	Features []string
	// NativeCode adds builtins.exec and builtins.importNative, for programs that ask
	// whether they are there. Calling them is an error.
	NativeCode bool
	// Lints says which literals the parser warns of, or refuses. Default: none.
	Lints lang.Lints

	// Trace and Warn get the text of builtins.trace, and of warnings. Both may be
	// called by several goroutines at once. Default: the text is thrown away.
	Trace, Warn func(text string)
	// Messages, if not nil, gets the same in place of Trace and Warn, as the lines that
	// nix-instantiate prints: each message in one Write, with a newline at its end. It may
	// be called by several goroutines at once.
	Messages io.Writer
	// TraceVerbose makes builtins.traceVerbose do what builtins.trace does.
	TraceVerbose bool
	// TraceCalls writes a line to Messages when a call begins and when it ends. It makes
	// calls slower.
	TraceCalls bool
	// AbortOnWarn makes builtins.warn an error.
	AbortOnWarn bool
	// OnImport, if not nil, is called with the path of each file that is imported, before
	// it is evaluated. It may be called by several goroutines at once.
	OnImport func(path string)

	// Record makes Reads possible.
	Record bool
	// Cache keeps results on the disk, from one process to the next: see Evaluator.Recall. One cache
	// may be that of several evaluators. It implies Record. Default: nothing is kept.
	Cache *memo.Cache

	// Limits are those of each evaluation that has none of its own: see
	// WithLimits.
	Limits Limits
	// Heap is how many bytes the values of all evaluations may take together.
	// Default: 32 GiB, or what the machine can address. When
	// three quarters are used, evaluations begin only after those under way have
	// ended and what is garbage was given back.
	Heap uint64
	// Workers is how many evaluations there can be at the same time, up to 64.
	// More wait for their turn. Default: twice the processors, and 8 at least.
	Workers int
	// Cores is how many workers, out of Workers, one evaluation may have, on as many processors:
	// they evaluate ahead what it will need. Value, error, and order of messages are those of an
	// evaluation with one, but Functions may be called by several goroutines at once, and earlier
	// than their turn. Limits of steps, profiles, counts and debuggers leave it one; a limit of memory is that of each
	// worker, and a Meter counts the first one alone. Default: 1.
	Cores int
	// Profile gets what evaluations cost, by the functions that they call; see package
	// profile. One profile may be that of several evaluators. It makes calls slower.
	// Default: none.
	Profile *profile.Profile
	// CountCalls makes CallCounts possible. It makes calls slower.
	CountCalls bool
	// CountExpressions counts the expressions of all texts: see Counts.Expressions.
	CountExpressions bool
	// Debugger stops evaluations; it can be that of one evaluator only. Default: none.
	Debugger *Debugger
}

// Limits bound what one evaluation may use. A zero field stands for the default.
// An evaluation that exceeds a limit ends with an Error of kind ErrLimit, or
// ErrStackOverflow for CallDepth, whose field Limit says which one it was. What it was
// evaluating is as before, and can be evaluated again.
type Limits struct {
	// Steps is how much work it may be. A call is a step; builtins that go through
	// much data count steps as well. A step takes a microsecond at most, mostly
	// far less. What was evaluated before needs no steps. Default: any number.
	Steps uint64
	// Memory is how many bytes of values it may make, including what is garbage
	// at its end. It is exact to a quarter of a mebibyte. Default: 4 GiB. Unlimited
	// leaves the bound to Options.Heap.
	Memory uint64
	// Time is how long it may take, with the time that its functions take but
	// without waiting for its turn. Default: any time.
	Time time.Duration
	// CallDepth is how many calls there may be within calls. Default: 10,000, as
	// in Nix.
	CallDepth int
}

// Unlimited, as Limits.Memory, stands for any number of bytes.
const Unlimited = math.MaxUint64

const defaultMemory = 4 << 30

// core returns the limits as package core has them.
func (l Limits) core() core.Limits {
	switch l.Memory {
	case 0:
		l.Memory = defaultMemory
	case Unlimited:
		l.Memory = 0
	}
	return core.Limits{CallDepth: l.CallDepth, Steps: l.Steps, Memory: l.Memory, Time: l.Time}
}

type limitsKey struct{}

// WithLimits returns a context with which evaluations have these limits in place
// of those of their evaluator. An evaluation that a Function begins has those of the
// one that called it. With limits that are negative, no evaluation begins.
func WithLimits(ctx context.Context, limits Limits) context.Context {
	given := &givenLimits{limits: limits.core()}
	if err := limits.check(); err != nil {
		given.err = fmt.Errorf("eval: WithLimits: %w", err)
	}
	return context.WithValue(ctx, limitsKey{}, given)
}

// New returns an evaluator. The error says what is wrong with opt, or that there
// is no address space.
func New(opt Options) (*Evaluator, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	opt.guardFuncs()
	ev := &Evaluator{}
	if opt.Messages == nil {
		opt.Messages = guardedWriter{&sink{trace: opt.Trace, warn: opt.Warn}}
	}
	ev.remember(&opt)
	if err := ev.see(&opt); err != nil {
		return nil, err
	}
	ev.flakes = ev.newFlakes(&opt)
	list, err := ev.builtins(&opt)
	if err != nil {
		return nil, err
	}
	if opt.System == "" {
		opt.System = ThisSystem()
	}
	if opt.Now == nil {
		opt.Now = func() time.Time { return time.Unix(0, 0) }
	}
	ev.core, err = core.New(core.Options{
		Builtins: list,
		Owner:    ev,

		Host:       ev.store.Host(),
		Mounts:     ev.mounts,
		Copier:     ev.store,
		SearchPath: searchPath(opt.SearchPath),
		Unpack:     builtins.Unpacker(ev.store, ev.fetching(&opt)),
		Dir:        opt.Dir,
		Internal:   builtins.InternalTexts(),

		Pure:                   opt.Pure,
		Restricted:             opt.Allowed != nil && !opt.Pure, // which forbids more
		AllowedURIs:            opt.AllowedURIs,
		NoImportFromDerivation: opt.NoImportFromDerivation,

		TraceImportFromDerivation: opt.TraceImportFromDerivation,

		System:   opt.System,
		Now:      opt.Now,
		Home:     opt.Home,
		Features: opt.features(),
		Lints:    opt.Lints,

		Stderr:       opt.Messages,
		TraceVerbose: opt.TraceVerbose,
		TraceCalls:   opt.TraceCalls,
		AbortOnWarn:  opt.AbortOnWarn,
		OnImport:     opt.OnImport,

		Limits:           opt.Limits.core(),
		Heap:             opt.Heap,
		Workers:          opt.Workers,
		Cores:            opt.Cores,
		Profile:          opt.Profile,
		CountCalls:       opt.CountCalls,
		CountExpressions: opt.CountExpressions,
		Debugger:         opt.Debugger.prepared(),
	})
	if err != nil {
		return nil, err
	}
	return ev, nil
}

// see makes the world and the store that evaluations see: the files that opt has, as far as
// they may be looked at, with those of EvalFS and those of the store, recorded if opt asks for that.
func (ev *Evaluator) see(opt *Options) error {
	host := opt.Host
	if host == nil {
		host = world.FromFS(opt.FS, opt.Env)
	}
	host = guardedHost{host}
	switch {
	case opt.Allowed != nil:
		mode := opt.Restriction
		if mode == "" {
			mode = "by the program that evaluates it"
		}
		host = world.Restrict(host, mode, opt.Allowed...)
	case opt.Pure && opt.FS == nil && opt.Host == nil:
		host = world.Restrict(host, "in pure evaluation mode")
	}
	// What EvalFS is given may be looked at in any case.
	ev.mounts = world.NewMounts(host)
	st, err := storeOf(opt, ev.mounts)
	if err != nil {
		return err
	}
	ev.asked = st
	if !opt.Record && opt.Cache == nil {
		ev.store = store.NewView(st, ev.mounts)
		ev.world = ev.store.Host()
		return nil
	}
	// Recorded is what evaluations see, the store's files among it: below the store, it would be
	// what the store reads to answer them.
	ev.store = store.NewViewThrough(st, ev.mounts, func(seen Host) Host {
		ev.world = seen
		ev.reads = world.NewRecorder(seen)
		return ev.reads
	}, func(st store.Store) store.Store { return recordedStore{st, ev.reads} })
	return nil
}

// builtins returns the declarations of all builtins, which put what they make into the store.
func (ev *Evaluator) builtins(opt *Options) ([]*core.Builtin, error) {
	list := builtins.With(ev.store, ev.fetching(opt))
	for i := range opt.Functions {
		b, err := opt.Functions[i].builtin()
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(list, func(other *core.Builtin) bool { return other.Name == b.Name }) {
			return nil, fmt.Errorf("eval: there is a builtin %q already", b.Name)
		}
		list = append(list, &b)
	}
	return append(list, calls...), nil
}

// features returns the experimental features that are on.
func (opt *Options) features() map[string]bool {
	features := map[string]bool{}
	for _, name := range opt.Features {
		features[name] = true
	}
	if features["flakes"] {
		features["fetch-tree"] = true // which is part of it
	}
	return features
}

// ThisSystem returns the kind of the machine that this program runs on, as Nix names it:
// "x86_64-linux".
func ThisSystem() string {
	arch := map[string]string{"amd64": "x86_64", "arm64": "aarch64", "386": "i686"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	return arch + "-" + runtime.GOOS
}

// A sink turns the messages that an evaluator writes, one at a time, into calls.
type sink struct{ trace, warn func(string) } // nil throws the text away

// Write implements io.Writer.
func (s *sink) Write(text []byte) (int, error) {
	msg := strings.TrimSuffix(string(text), "\n")
	if t, ok := strings.CutPrefix(msg, "trace: "); ok {
		if s.trace != nil {
			s.trace(t)
		}
	} else if s.warn != nil {
		msg = strings.TrimPrefix(msg, "evaluation ")
		s.warn(strings.TrimPrefix(msg, "warning: "))
	}
	return len(text), nil
}
