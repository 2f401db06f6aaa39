package flakecmd

// This file defines how commands about machines and homes get at outputs of flakes.

import (
	"context"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
)

// ConfigurationFlags say how a configuration is evaluated.
type ConfigurationFlags struct {
	evalFlags
	lockFlags
}

// An OutputOf is an output of a flake while it is looked at.
type OutputOf struct {
	Evaluator *eval.Evaluator
	Value     eval.Value
	URL       string                   // of the flake, locked
	Shown     func(file string) string // what the user calls a file of the flake
}

// Output calls fn with the output of a flake that REF#NAME means, and writes the derivations to the
// store that fn has evaluated. NAME is one in a set of outputs, or the path of an attribute of it;
// without it, the first of defaults counts that there is.
func (f *ConfigurationFlags) Output(ctx context.Context, e *storecmd.Env, word, set string, defaults []string, fn func(ctx context.Context, out OutputOf) error) error {
	f.store, f.build, f.config = true, true, true
	s, err := newSession(ctx, e, &f.evalFlags, &f.lockFlags)
	if err != nil {
		return err
	}
	return s.ev.Run(ctx, func(ctx context.Context) error {
		ref, name, err := parseRef(ctx, e, word)
		if err != nil {
			return err
		}
		if name != "" && !strings.HasPrefix(name, set+".") {
			name = Quoted(set, name)
		}
		found, err := s.outputAt(ctx, ref, name, &f.lockFlags, nil, defaults)
		if err != nil {
			return err
		}
		flake := found.flake
		if err := flake.Settle(ctx); err != nil { // files of it are shown by its path
			return err
		}
		out := OutputOf{Evaluator: s.ev, Value: found.Value, URL: lock.URL(parserOf(s.Env), flake.Locked)}
		dir, isLocal := sourceDir(flake.Ref)
		out.Shown = func(file string) string {
			rest, ok := strings.CutPrefix(file, flake.StorePath+"/")
			switch {
			case ok && isLocal:
				return path.Join(dir, rest)
			case ok:
				return lock.URL(parserOf(s.Env), flake.Ref) + "/" + rest
			}
			return file
		}
		if err := fn(ctx, out); err != nil {
			return err
		}
		return s.save(ctx)
	})
}

// Quoted returns an attribute path of a set and a name in it, which may have dots.
func Quoted(set, name string) string {
	if strings.HasPrefix(name, `"`) {
		return set + "." + name
	}
	return set + `."` + name + `"`
}
