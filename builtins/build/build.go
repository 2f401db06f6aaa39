// Package build makes outputs of derivations valid in a store on the disk: it takes them
// from other stores, or builds them.
//
//	Builder   builds; New makes one
//	Target    a derivation, with the outputs that are wanted, or a store path
//	Report    what became of the targets
//	Error     why something could not be built
//	Event     what there is to tell while it is built
//
// The parts, one to a file:
//
//	goals      the graph of what is to be made valid, and its one goroutine
//	wanted     goals of derivations;  paths  goals of store paths;  repair  of what is damaged
//	realised   which paths outputs have that are known only when they are built
//	reject     what cannot be built on this machine
//	options    what attributes of a derivation ask of the builder
//	env        variables and files that the builder's program finds
//	attrs      structured attributes, as JSON and for a shell
//	attempt    one build, from the locks to the outputs
//	process    the builder's program: its output, and how long it may take
//	outputs    outputs become store objects
//	scan       references that are in files
//	check      what a derivation allows its outputs to be
//	shell      what a shell finds that stands in for the builder
//	log        the log of a build, and its lines as they are shown
//
// Package sandbox, below, starts processes. A program that uses a Builder must call
// sandbox.Main first.
//
// Behaviour, messages and the numbers of statuses are those of C++ Nix 2.34.8.
package build

// This file defines Builder, Options, and what they take and return.

import (
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A Mode says what is done with outputs that are valid already.
type Mode uint8

// The modes.
const (
	Normal Mode = iota // they are left alone
	Repair             // those that are damaged are made again
	Check              // they are built once more, and compared
)

// Sandboxing says which derivations are built in a sandbox.
type Sandboxing uint8

// The values of the setting sandbox.
const (
	NoSandbox Sandboxing = iota
	Relaxed              // all but fixed-output ones, and those that ask for none
	Always
)

// Options say how a Builder builds.
type Options struct {
	Store *local.Store
	// Substitutes are where outputs are looked for before they are built; nil: nowhere.
	Substitutes store.Substituter

	System       string   // of the machine, as "x86_64-linux"
	OtherSystems []string // that it can run programs of as well
	Features     []string // of the machine, as "kvm"
	Experimental []string // experimental features that are on, as "ca-derivations"

	Jobs      int  // how many builds run at once; 0: none is done here
	Cores     int  // NIX_BUILD_CORES; 0 is the number of processors
	KeepGoing bool // a failure does not stop what does not need it
	// KeepFailed leaves the build folder of a build that failed, and an output that
	// differs in the mode Check.
	KeepFailed bool
	// Fallback builds what could not be fetched although a store has it.
	Fallback bool

	Timeout   time.Duration // of a build; 0 is none
	MaxSilent time.Duration // without output; 0 is none
	MaxLog    int64         // bytes of output; 0 is any amount
	// NameLimits says that the error of a build that takes too long names the derivation and the
	// setting, as that of the reference does not.
	NameLimits bool

	Sandbox      Sandboxing
	SandboxPaths []SandboxPath // besides what the derivation depends on
	SandboxBuild string        // the build folder as a builder in a sandbox sees it; "" is /build
	SandboxShm   string        // the size of /dev/shm; "" is 50%
	// SandboxFallback builds without a sandbox where the system has none, with a warning.
	SandboxFallback bool
	CertFile        string   // certificates that builders with a network see; "" is none
	NoFilter        bool     // system calls are not filtered
	NewPrivileges   bool     // set-id programs have an effect
	HostPrefixes    []string // below which derivations may ask for files with __impureHostDeps

	BuildDir    string // has the build folders; "" is builds in the state folder
	NoLog       bool   // no log is kept
	PlainLog    bool   // logs are not compressed
	LogLines    int    // how many lines of the log an error has
	ShownLog    bool   // lines are shown as they come, so that errors need none
	LogCommand  string // prints a log, as "nix log"
	PostHook    string // a program that is run after each build; "" is none
	HookEnv     []string
	AlwaysFetch bool // the attribute allowSubstitutes has no meaning

	// Download, if not nil, returns what is at a URL, for builtin:fetchurl.
	Download func(ctx context.Context, url string) (io.ReadCloser, error)
	Mirrors  []string // URLs below which files are called ALGORITHM/HASH

	// Keys, if not nil, returns the keys that sign what was built.
	Keys func() ([]signature.SecretKey, error)
	// Begin, if not nil, is called before anything is built, and what it returns when
	// nothing is any more.
	Begin func() (end func())
	// Getenv returns variables of the caller, for impureEnvVars.
	Getenv func(string) string
	// Event, if not nil, is told what happens, by one goroutine at a time.
	Event func(Event)
}

// A SandboxPath is a file or folder that builders see.
type SandboxPath struct {
	Target, Source string
	Optional       bool // it need not be there
}

// An Event is something to tell.
type Event struct {
	Kind EventKind
	Drv  string // the derivation; "" if it is about none
	Text string
	Err  *Error // of Failed

	Interrupted bool // of Ended: the builder was stopped, since the user wanted it
}

// An EventKind says what an Event is about.
type EventKind uint8

// The kinds of events.
const (
	Started EventKind = iota // Text says what
	Line                     // a line of the log
	Ended                    // the build is over
	Failed                   // Err is the reason why what needs the derivation cannot be built either
	Note                     // something that matters
	Warning
	Copying // a path is fetched: Text is what the reference says
	Step    // something else is done: Text says what
	Phase   // of the build
)

// A Target is what is wanted: outputs of a derivation, or a store path.
type Target = store.Target

// TargetName returns a target as the command nix names it: PATH, or PATH^OUTPUT,...
func TargetName(t Target) string {
	name := strings.Join(append([]string{t.Path}, t.Via...), "^")
	switch {
	case !t.Built:
		return t.Path
	case t.Outputs == nil:
		return name + "^*"
	}
	return name + "^" + strings.Join(t.Outputs, ",")
}

// A Result is what became of a Target.
type Result struct {
	Target  Target
	Outputs map[string]string // paths, by the names of outputs; of a store path, "" has itself
	Err     *Error            // nil: all is valid
	Busy    bool              // another target failed before this one was done
	Status  Status            // of success
	Start   time.Time         // of the build; zero if there was none
	Stop    time.Time
}

// A Report is what became of targets, in their order.
type Report struct {
	Results []Result
	flags   exitFlags
	tell    func(Event)
}

// ExitStatus returns the exit status of a command that failed.
func (r *Report) ExitStatus() int { return r.flags.status() }

// Failed returns the results that are no success.
func (r *Report) Failed() []*Result {
	var out []*Result
	for i := range r.Results {
		if r.Results[i].Err != nil || r.Results[i].Busy {
			out = append(out, &r.Results[i])
		}
	}
	return out
}

// A Builder builds. Several goroutines may use it at once; each call has jobs of its own.
type Builder struct {
	Options
	dir     storepath.Dir
	objects store.Store // Store; of a Shell, any store

	events sync.Mutex // held while Event is called

	mu      sync.Mutex
	refs    map[string][]string        // references of valid paths; guarded by mu
	drvs    map[string]*drv.Derivation // by path; guarded by mu
	modulos map[string]*drv.Modulo     // by path; guarded by mu

	sandboxNote sync.Once // the warning that there is none
}

// New returns a Builder.
func New(o Options) *Builder {
	if o.SandboxBuild == "" {
		o.SandboxBuild = "/build"
	}
	if o.SandboxShm == "" {
		o.SandboxShm = "50%"
	}
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	return &Builder{Options: o, dir: o.Store.Dir(), objects: o.Store, refs: map[string][]string{}, drvs: map[string]*drv.Derivation{}, modulos: map[string]*drv.Modulo{}}
}

// Build implements store.Builder.
func (b *Builder) Build(ctx context.Context, drvPath string, outputs []string) error {
	if len(outputs) == 0 {
		outputs = nil
	}
	report, err := b.Realise(ctx, []Target{{Path: drvPath, Built: true, Outputs: outputs}}, Normal)
	if err != nil {
		return err
	}
	return report.Err()
}

var _ store.Builder = (*Builder)(nil)

// tell tells an event.
func (b *Builder) tell(e Event) {
	if b.Event == nil {
		return
	}
	b.events.Lock()
	defer b.events.Unlock()
	b.Event(e)
}

// derivation returns the derivation at a valid path. Callers must not modify it.
func (b *Builder) derivation(ctx context.Context, path string) (*drv.Derivation, error) {
	b.mu.Lock()
	d := b.drvs[path]
	b.mu.Unlock()
	if d != nil {
		return d, nil
	}
	d, err := store.ReadDerivation(ctx, b.objects, path)
	if err != nil {
		return nil, err
	}
	for _, feature := range d.Features() {
		if err := b.require(feature); err != nil {
			return nil, err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drvs[path] = d
	return d, nil
}

// references returns what a valid path refers to.
func (b *Builder) references(ctx context.Context, path string) ([]string, error) {
	b.mu.Lock()
	refs, ok := b.refs[path]
	b.mu.Unlock()
	if ok {
		return refs, nil
	}
	refs, err := b.objects.References(ctx, path)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refs[path] = refs
	return refs, nil
}

// addClosure adds a path, and all that it refers to, to a set.
func (b *Builder) addClosure(ctx context.Context, set map[string]bool, path string) error {
	if set[path] {
		return nil
	}
	set[path] = true
	for list := []string{path}; len(list) > 0; {
		next := list[len(list)-1]
		list = list[:len(list)-1]
		refs, err := b.references(ctx, next)
		if err != nil {
			return err
		}
		for _, ref := range refs {
			if !set[ref] {
				set[ref] = true
				list = append(list, ref)
			}
		}
	}
	return nil
}

// sorted returns the elements of a set.
func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }
