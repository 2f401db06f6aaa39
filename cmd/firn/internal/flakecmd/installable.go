package flakecmd

// This file defines installables that are outputs of flakes, for the commands of package
// storecmd.

import (
	"context"

	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
)

// Installables is the storecmd.FlakeFunc of the commands that take outputs of flakes.
func Installables(ctx context.Context, e *storecmd.Env, ef *storecmd.EvalFlags, lf *storecmd.LockFlags) (func(ctx context.Context, word string) (storecmd.Results, error), error) {
	flags := &lockFlags{LockFlags: *lf, config: true}
	s, err := newSession(ctx, e, &evalFlags{EvalFlags: *ef, store: true, build: true}, flags)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, word string) (storecmd.Results, error) { return s.result(ctx, word, flags) }, nil
}

// result returns what an output of a flake stands for, whose derivation is written to the
// store.
func (s *session) result(ctx context.Context, word string, f *lockFlags) (found storecmd.Results, err error) {
	ref, _, _, err := storecmd.SplitOutputs(word)
	if err != nil {
		return nil, err
	}
	err = s.ev.Run(ctx, func(ctx context.Context) error {
		out, err := s.packageOutput(ctx, ref, f)
		if err == nil && out.Kind() == eval.KindPath {
			out.Value, err = s.copied(ctx, out.Value)
		}
		if err == nil {
			found, err = storecmd.FlakeResult(ctx, out.Value, word, s.source(out, word))
		}
		if err != nil {
			return err
		}
		return s.save(ctx, found.Paths()...)
	})
	return found, err
}

// copied returns the store path, as a string, of what is at a path, which is copied to the store.
func (s *session) copied(ctx context.Context, path any) (eval.Value, error) {
	fn, err := s.ev.Eval(ctx, eval.Text{Name: "«string»", Source: `path: "${/. + path}"`, Dir: s.Dir})
	if err != nil {
		return fn, err
	}
	return fn.Call(ctx, path)
}

// source returns what a profile keeps of where a package comes from.
func (s *session) source(out output, word string) *profile.Source {
	_, names, explicit, _ := storecmd.SplitOutputs(word)
	if explicit && names == nil {
		names = []string{"*"}
	}
	p := parserOf(s.Env)
	return &profile.Source{OriginalURL: lock.URL(p, out.flake.Ref), URL: lock.URL(p, out.flake.Locked), AttrPath: out.attr, Outputs: names}
}
