package flakecmd

// This file defines the evaluator of a command, and what it fetches with.

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/flake/registry"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
	"github.com/firn-lang/firn/eval"
)

// evalFlags say how flakes, and expressions beside them, are evaluated.
type evalFlags struct {
	storecmd.EvalFlags

	store bool // the command writes the derivations that are evaluated to the store
	build bool // also if it is one of firn's own
}

// A session is an evaluator for flakes. Evaluation is pure unless the flags say otherwise.
type session struct {
	*storecmd.Env
	ev         *eval.Evaluator
	get        *fetch.Fetcher
	registries *setup.Registries
	args       []setup.Arg    // for functions
	written    *stores.Target // what is evaluated; nil if it is kept in memory
	make       func() error   // makes the evaluator of the settings; nil if that is the caller's
}

// newSession returns the session of a command. The flakes of --inputs-from are opened.
func newSession(ctx context.Context, e *storecmd.Env, ef *evalFlags, lf *lockFlags) (*session, error) {
	pure := "true"
	if ef.Impure {
		pure = "false"
	}
	if err := e.Set.Set("pure-eval", pure); err != nil {
		return nil, err
	}
	if e.Name != "nix" || e.Set.RequireFeature("flakes") == nil { // nix has to be told that flakes are wanted
		if err := e.Set.Option("extra-experimental-features", "flakes fetch-tree"); err != nil {
			return nil, err
		}
	}
	s := &session{Env: e, args: ef.Arguments()}
	flags := &registry.Registry{}
	if err := s.overrides(ctx, ef, flags); err != nil {
		return nil, err
	}
	var st store.Store // that is written to; nil for none
	ref := cmp.Or(ef.EvalStore, e.Set.Text("store"))
	if ef.store && (e.Name == "nix" || ef.build) { // firn's own commands leave the store as it is
		var err error
		if st, err = e.OpenStore(ctx, ref); err != nil {
			return nil, err
		}
	}
	s.make = func() (err error) {
		opt := setup.Options(e.Streams, e.Set, &setup.Flags{Include: ef.Include, ReadWrite: true})
		opt.Messages = &e.Log
		opt.NamePlaces = e.Name != "nix" // which has paths in the store for some of them
		if st != nil && !st.ReadOnly() {
			s.written = e.Target(st, ref)
			s.written.Use(&opt)
		}
		s.get = opt.Fetch
		s.registries = setup.NewRegistries(e.Streams, e.Set, opt.Fetch, flags, e.Log.Warn)
		opt.Registries = s.registries.For
		s.ev, err = eval.New(opt)
		return err
	}
	if err := s.make(); err != nil {
		return nil, err
	}
	return s, s.inputsFrom(ctx, lf, flags)
}

// save writes the derivations that were evaluated to the store, and paths that were; also what
// these refer to.
func (s *session) save(ctx context.Context, paths ...string) error {
	if s.written == nil {
		return nil
	}
	return s.written.SavePaths(ctx, paths...)
}

// overrides adds what --override-flake says to a registry.
func (s *session) overrides(ctx context.Context, f *evalFlags, to *registry.Registry) error {
	for _, text := range f.OverrideFlake {
		from, target, _ := strings.Cut(text, "=")
		a, err := s.reference(ctx, from)
		if err != nil {
			return err
		}
		b, err := s.reference(ctx, target)
		if err != nil {
			return err
		}
		a.Dir = ""
		to.Entries = append(to.Entries, registry.Entry{From: a, To: b})
	}
	return nil
}

// inputsFrom adds the inputs of the flakes of --inputs-from to a registry.
func (s *session) inputsFrom(ctx context.Context, f *lockFlags, to *registry.Registry) error {
	for _, text := range f.InputsFrom {
		ref, err := s.reference(ctx, text)
		if err != nil {
			return err
		}
		flake, err := s.open(ctx, ref, readingOnly())
		if err != nil {
			return err
		}
		for name := range flake.Lock.Root.Inputs {
			n, err := flake.Lock.Find(lock.Path{name})
			if err != nil {
				return err
			}
			if n == nil || n == flake.Lock.Root {
				continue
			}
			from, err := parserOf(s.Env).FromAttrs(flakeref.Attrs{"type": "indirect", "id": name}, true)
			if err != nil {
				return err
			}
			to.Entries = append(to.Entries, registry.Entry{From: from, To: n.Locked})
		}
	}
	return nil
}

// reference reads a reference of the command line, which has no fragment.
func (s *session) reference(ctx context.Context, text string) (*flakeref.Ref, error) {
	ref, fragment, err := parseRef(ctx, s.Env, text)
	if err == nil && fragment != "" {
		err = failf("flake-reference", "unexpected fragment '%s' in flake reference '%s'", fragment, text)
	}
	return ref, err
}

// noRegistries reports whether names are not looked up.
func (s *session) noRegistries(f *lockFlags) bool {
	return f.NoUseRegistries || f.NoRegistries || !s.Set.Bool("use-registries")
}

// resolve looks a reference up in the registries.
func (s *session) resolve(ctx context.Context, ref *flakeref.Ref) (*flakeref.Ref, error) {
	list, err := s.registries.For(ctx, ref, false)
	if err != nil {
		return nil, err
	}
	return list.Lookup(ref, false, parserOf(s.Env))
}

// fetch fetches the tree of a reference that was looked up, and returns the reference with
// what became known: all attributes but the hash of the tree, unless the scheme has it.
func (s *session) fetch(ctx context.Context, ref *flakeref.Ref) (*fetch.Tree, *flakeref.Ref, error) {
	in := *ref
	in.Dir = ""
	tree, err := s.get.Fetch(ctx, &in, &fetch.Env{Host: s.Host, Warn: func(format string, args ...any) { s.Log.Warn(fmt.Sprintf(format, args...)) }})
	var locked *flakeref.Ref
	if err == nil {
		attrs := maps.Clone(tree.Attrs)
		if _, ok := attrs["revCount"]; !ok && tree.RevCount != nil {
			attrs["revCount"], err = tree.RevCount(ctx)
		}
		if err == nil {
			locked, err = parserOf(s.Env).FromAttrs(attrs, false)
		}
	}
	if err != nil {
		return nil, nil, &dropin.Traced{Frame: fmt.Sprintf("while fetching the input '%s'", lock.URL(parserOf(s.Env), &in)), Err: err}
	}
	return tree, locked, nil
}
