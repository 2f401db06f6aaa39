package eval

// This file defines the evaluator and what can be evaluated.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/profile"
	"github.com/firn-lang/firn/eval/world"
)

// Options are what an Evaluator is made with. The zero Options is a sandbox: all
// builtins of the language, but no files, no environment, no store, no network
// and no clock.
type Options struct {
	// FS has the files: "/a/b" in Nix is "a/b" in FS. See Overlay for several
	// file systems at once, and OS for those of the machine. Default: no files.
	// Symbolic links are followed if it is an fs.ReadLinkFS.
	FS fs.FS
	// Host is the world in place of FS and Env, for those who need a context, or
	// whose files have other names. It may be called by several goroutines.
	Host Host
	// Env returns environment variables, for builtins.getEnv. Default: none.
	Env func(name string) string
	// Store is where derivations and files are put; see Memory. Default: nowhere.
	// Their paths are computed, and they cannot be read back.
	Store Store

	// SearchPath says where <name> is looked for, in this order.
	SearchPath []SearchPathEntry
	// Allowed are the paths that may be looked at, with all below them. nil
	// stands for all that FS or Host has.
	Allowed []string
	// Pure takes away what depends on the machine: currentTime, currentSystem,
	// the search path and environment variables.
	Pure bool

	System string           // builtins.currentSystem; default: what this program runs on
	Now    func() time.Time // builtins.currentTime; default: 1970-01-01
	Home   string           // what ~ is in paths; default: /

	// Functions are added to builtins.
	Functions []Function
	// Features are experimental features of Nix that are on, by its names for
	// them, such as "pipe-operators". Default: none.
	Features []string

	// Trace and Warn get the text of builtins.trace, and of warnings. Both may be
	// called by several goroutines at once. Default: it is thrown away.
	Trace, Warn func(text string)

	// Record makes Reads possible.
	Record bool

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
	// Profile gets what evaluations cost, by the functions that they call; see package
	// profile. One profile may be that of several evaluators. It makes calls slower.
	// Default: none.
	Profile *profile.Profile
	// Debugger stops evaluations; it can be that of one evaluator only. Default: none.
	Debugger *Debugger
}

// Limits bound what one evaluation may use. A zero field stands for the default.
// An evaluation that meets a limit ends with an Error of kind ErrLimit, or
// ErrStackOverflow for CallDepth, whose field Limit says which one it was. What it was
// evaluating is as before, and can be evaluated again.
type Limits struct {
	// Steps is how much work it may be. A call is a step; builtins that go through
	// much data count steps as well. A step takes a microsecond at most, mostly
	// far less. What was evaluated before needs no steps. Default: any number.
	Steps uint64
	// Memory is how many bytes of values it may make, including what is garbage
	// at its end. It is exact to a quarter of a mebibyte. Default: 4 GiB.
	Memory uint64
	// Time is how long it may take, with the time that its functions take but
	// without waiting for its turn. Default: any time.
	Time time.Duration
	// CallDepth is how many calls there may be within calls. Default: 10,000, as
	// in Nix.
	CallDepth int
}

const defaultMemory = 4 << 30

func (l Limits) core() core.Limits {
	if l.Memory == 0 {
		l.Memory = defaultMemory
	}
	return core.Limits{CallDepth: l.CallDepth, Steps: l.Steps, Memory: l.Memory, Time: l.Time}
}

type limitsKey struct{}

// WithLimits returns a context with which evaluations have these limits in place
// of those of their evaluator. An evaluation that a Function begins has those of the
// one that called it.
func WithLimits(ctx context.Context, limits Limits) context.Context {
	l := limits.core()
	return context.WithValue(ctx, limitsKey{}, &l)
}

// An Evaluator evaluates Nix programs. What it imports is evaluated once, and
// shared by all evaluations until Forget. It may be used by several goroutines at
// once; evaluations then run side by side, with the results that they would have
// one after the other.
//
// Memory of values that nobody refers to any more is used again, or given back,
// while no evaluation is under way; if there always is one, new ones wait for a
// short while to make that possible. An Evaluator that is no longer referenced,
// nor any Value of it, gives everything back. It needs no closing.
type Evaluator struct {
	core   *core.Evaluator
	store  *store.Store
	reads  *world.Recorder
	mounts *world.Mounts // nil without EvalFS
	world  Host          // without what records
}

// New returns an evaluator. The error says what is wrong with opt, or that there
// is no address space.
func New(opt Options) (*Evaluator, error) {
	ev := &Evaluator{}
	host := opt.Host
	if host == nil {
		host = world.FromFS(opt.FS, opt.Env)
	}
	switch {
	case opt.Allowed != nil:
		host = world.Restrict(host, "by the program that evaluates it", opt.Allowed...)
	case opt.Pure && opt.FS == nil && opt.Host == nil:
		host = world.Restrict(host, "in pure evaluation mode")
	}
	// What EvalFS is given may be looked at in any case.
	ev.mounts = world.NewMounts(host)
	host, ev.world = ev.mounts, ev.mounts
	if opt.Record {
		ev.reads = world.NewRecorder(host)
		host = ev.reads
	}
	if opt.Store == nil {
		ev.store = store.NewReadOnly("", host)
	} else {
		ev.store = store.New(opt.Store.Dir(), host)
		ev.store.OnAdd(opt.Store.Add)
	}
	list := builtins.All(ev.store)
	for i := range opt.Functions {
		b, err := opt.Functions[i].builtin()
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(list, func(other core.Builtin) bool { return other.Name == b.Name }) {
			return nil, fmt.Errorf("eval: there is a builtin %q already", b.Name)
		}
		list = append(list, b)
	}
	features := map[string]bool{}
	for _, name := range opt.Features {
		features[name] = true
	}
	if features["flakes"] {
		features["fetch-tree"] = true // which is part of it
	}
	if opt.System == "" {
		opt.System = systemName()
	}
	if opt.Now == nil {
		opt.Now = func() time.Time { return time.Unix(0, 0) }
	}
	var debugger *core.Debugger
	if opt.Debugger != nil {
		debugger = &opt.Debugger.core
	}
	var err error
	ev.core, err = core.New(core.Options{
		Builtins:   append(list, calls...),
		Owner:      ev,
		Host:       ev.store.Host(),
		Store:      ev.store,
		SearchPath: searchPath(opt.SearchPath),
		Features:   features,
		Pure:       opt.Pure,
		System:     opt.System,
		Now:        opt.Now,
		Home:       opt.Home,
		Stderr:     &sink{trace: opt.Trace, warn: opt.Warn},
		Limits:     opt.Limits.core(),
		Heap:       opt.Heap,
		Workers:    opt.Workers,
		Profile:    opt.Profile,
		Debugger:   debugger,
		Internal:   builtins.InternalTexts(),
		// No network: every URI would have to be allowed.
		Restricted: opt.Allowed != nil,
	})
	if err != nil {
		return nil, err
	}
	return ev, nil
}

// FromCore returns an evaluator made with the options of package core, for those
// who need more than Options has. Its world is opt.Host, so it has no EvalFS. st is
// the store that its builtins put things into, reads what records the reads of the
// host below; both may be nil.
func FromCore(opt core.Options, st *store.Store, reads *world.Recorder) (*Evaluator, error) {
	ev := &Evaluator{store: st, reads: reads, world: opt.Host}
	if reads != nil {
		ev.world = reads.Host()
	}
	if st == nil {
		ev.store = store.NewReadOnly("", opt.Host)
	}
	opt.Owner = ev
	opt.Builtins = append(slices.Clone(opt.Builtins), calls...)
	var err error
	ev.core, err = core.New(opt)
	return ev, err
}

// Within evaluates in fn, with what package core has, and returns what that comes to;
// for those who need more than Value has.
func (ev *Evaluator) Within(ctx context.Context, fn func(c *core.Call) (heap.Value, error)) (Value, error) {
	return ev.value(ctx, fn)
}

// Core returns what evaluates; for those who need more than Evaluator has.
func (ev *Evaluator) Core() *core.Evaluator { return ev.core }

// A sink turns what the evaluator writes, a message at a time, into calls.
type sink struct{ trace, warn func(string) }

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

// systemName returns the kind of this machine as Nix names it.
func systemName() string {
	arch := map[string]string{"amd64": "x86_64", "arm64": "aarch64", "386": "i686"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	return arch + "-" + runtime.GOOS
}

// run evaluates in fn, with the limits that ctx has.
func (ev *Evaluator) run(ctx context.Context, fn func(c *core.Call) error) error {
	limits, _ := ctx.Value(limitsKey{}).(*core.Limits)
	return public(ev.core.RunWithin(ctx, limits, fn))
}

// value evaluates in fn, and returns what that comes to.
func (ev *Evaluator) value(ctx context.Context, fn func(c *core.Call) (heap.Value, error)) (out Value, err error) {
	err = ev.run(ctx, func(c *core.Call) error {
		v, err := fn(c)
		if err == nil {
			out = ev.keep(heap.Lazy(v))
		}
		return err
	})
	return out, err
}

// Run calls fn with a context with which all evaluations are part of one: they have its
// limits together, and begin without waiting for a turn. fn must use that context only on
// its goroutine and only until it returns. Run returns the error of fn.
func (ev *Evaluator) Run(ctx context.Context, fn func(ctx context.Context) error) error {
	return ev.run(ctx, func(c *core.Call) (err error) {
		c.Guest(func(ctx context.Context) {
			err = guard(func() error { return fn(ctx) })
		})
		return err
	})
}

// EvalString evaluates a program. Messages call it "«string»", and relative
// paths in it start at "/". To evaluate it more than once, use Compile.
//
// As all that evaluates, it returns an *Error unless ctx was done before it began.
// It evaluates the outside of the value only: the parts are evaluated when they
// are asked for.
func (ev *Evaluator) EvalString(ctx context.Context, source string) (Value, error) {
	return ev.value(ctx, func(c *core.Call) (heap.Value, error) { return c.EvalText("«string»", source, "/") })
}

// EvalFile evaluates the file at a path, or default.nix in the folder there, once:
// the next time it returns what it has.
func (ev *Evaluator) EvalFile(ctx context.Context, name string) (Value, error) {
	return ev.value(ctx, func(c *core.Call) (heap.Value, error) { return c.Import(path.Join("/", name), 0) })
}

// EvalMain evaluates the file that EvalFile does, as the one that a command line names:
// each time anew, and without a step for it in the traces of errors.
func (ev *Evaluator) EvalMain(ctx context.Context, name string) (Value, error) {
	return ev.value(ctx, func(c *core.Call) (heap.Value, error) { return c.EvalMain(path.Join("/", name)) })
}

// EvalFS is EvalFile for a file in another file system than that of the
// evaluator, such as an embed.FS. Programs see its files below a folder of their
// own, "/«fs»/1" for the first one.
//
// A file system that was used before is known by being equal or, for maps and
// pointers, the same. It is kept as long as the evaluator lives.
func (ev *Evaluator) EvalFS(ctx context.Context, fsys fs.FS, name string) (Value, error) {
	if ev.mounts == nil {
		return Value{}, errors.New("eval: an evaluator of FromCore has no EvalFS")
	}
	return ev.EvalFile(ctx, path.Join(ev.mounts.Mount(fsys), path.Join("/", name)))
}

// A Program is a program that was parsed, and can be evaluated with different
// inputs. It may be used by several goroutines at once.
type Program struct {
	fn     Value
	inputs []string
}

// Compile parses a program, in which inputs are variables. name is what messages
// call it; if that is an absolute path, relative paths start there. All errors of
// its text are found.
func (ev *Evaluator) Compile(ctx context.Context, name, source string, inputs ...string) (*Program, error) {
	dir := "/"
	if path.IsAbs(name) {
		dir = path.Dir(name)
	}
	fn, err := ev.value(ctx, func(c *core.Call) (heap.Value, error) { return c.CompileText(name, source, dir, inputs) })
	if err != nil {
		return nil, err
	}
	return &Program{fn, append([]string(nil), inputs...)}, nil
}

// Run evaluates the program. inputs has a value for each of its inputs, and no
// others: see Encode for what it may be.
func (p *Program) Run(ctx context.Context, inputs map[string]any) (Value, error) {
	for _, name := range p.inputs {
		if _, ok := inputs[name]; !ok {
			return Value{}, fmt.Errorf("eval: the program has no value for its input %q", name)
		}
	}
	if len(inputs) > len(p.inputs) {
		return Value{}, fmt.Errorf("eval: the program has the inputs %q, but there are %d values", p.inputs, len(inputs))
	}
	return p.fn.Call(ctx, inputs)
}

// Evaluator returns whose program it is.
func (p *Program) Evaluator() *Evaluator { return p.fn.ev }

// Forget makes the evaluator forget what it knows of files, so that they are read
// again, and what was read so far. Values that were made of them stay as they are.
func (ev *Evaluator) Forget() {
	ev.core.Forget()
	if ev.reads != nil {
		ev.reads.Forget()
	}
}

// Collect gives back now what nobody refers to, without waiting until it is worth
// it. It waits for the evaluations under way; so it must not be called by a
// function that an evaluation calls. The error is that of ctx.
func (ev *Evaluator) Collect(ctx context.Context) error { return ev.core.Collect(ctx) }
