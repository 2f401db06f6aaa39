package storecmd

// This file defines Packages: operands of commands in other packages, and what these do with them.

import (
	"context"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/eval"
)

// Packages are operands that name packages: store paths, outputs of flakes, or attributes of the
// expression that flags name.
type Packages struct{ installables }

// IsExpression reports whether operands are attributes of an expression.
func (p *Packages) IsExpression() bool { return p.File != "" || p.Expr != "" }

// Evaluated returns what an attribute of the expression stands for.
func (p *Packages) Evaluated(ctx context.Context, e *Env, s store.Store, word string) (Results, error) {
	return p.evaluate(ctx, e, s, []string{word})
}

// Within calls fn with an attribute of the expression, in a run of the evaluator. What that has put
// into the store is written afterwards.
func (p *Packages) Within(ctx context.Context, e *Env, s store.Store, word string, fn func(ctx context.Context, v eval.Value) error) error {
	return p.within(ctx, e, s, func(ctx context.Context, v eval.Value, args map[string]any) error {
		if word == "." {
			word = ""
		}
		v, err := v.SelectWith(ctx, word, args)
		if err != nil {
			return err
		}
		return fn(ctx, v)
	})
}

// PathResult returns the store object, or the outputs of a derivation, that an operand names by its
// path; ok is false if it is no store path.
func (e *Env) PathResult(s store.Store, word string) (r Results, ok bool, err error) {
	t, ok, err := e.parseTarget(s, word)
	return Results{t}, ok, err
}

// Derivation returns the derivation that results stand for, which must be one.
func (e *Env) Derivation(ctx context.Context, s store.Store, results Results, word string) (string, error) {
	drvs, err := e.derivations(ctx, s, results)
	if err == nil && len(drvs) != 1 {
		err = dropin.Failure("'%s' needs to evaluate to a single derivation, but it evaluated to %d derivations", word, len(drvs))
	}
	if err != nil {
		return "", err
	}
	return drvs[0], nil
}

// OutPaths makes results valid, and returns their paths in the order of the results and of the names
// of outputs.
func (e *Env) OutPaths(ctx context.Context, s store.Store, results Results) ([]string, error) {
	made, err := e.resolve(ctx, s, results, true)
	if err != nil {
		return nil, err
	}
	var out []string
	for i := range made {
		out = append(out, made[i].list()...)
	}
	return out, nil
}

// Outputs returns the paths of all outputs of a derivation, by their names.
func (e *Env) Outputs(ctx context.Context, s store.Store, drvPath string) (map[string]string, error) {
	return e.outputsOf(ctx, s, target{path: drvPath, built: true})
}

// Ensure says what is missing for targets to be valid, and makes them valid.
func (e *Env) Ensure(ctx context.Context, s store.Store, targets []store.Target) error {
	m, err := e.Missing(ctx, s, targets)
	if err != nil {
		return err
	}
	if err := e.PrintMissing(ctx, s, m); err != nil {
		return err
	}
	return PlainStatus(e.Realise(ctx, s, targets, m))
}

// WithBuilt returns a text of an evaluation with the paths of outputs of targets, which have been built,
// where placeholders stand for them.
func (e *Env) WithBuilt(ctx context.Context, s store.Store, targets []store.Target, text string) (string, error) {
	for _, t := range targets {
		if !t.Built {
			continue
		}
		p, err := s.Dir().Parse(t.Path)
		if err != nil {
			return "", err
		}
		for _, name := range t.Outputs {
			placeholder, err := storepath.UnknownOutput(p, name)
			if err != nil {
				return "", err
			}
			if !strings.Contains(text, placeholder.Text()) {
				continue
			}
			outputs, err := e.outputsOf(ctx, s, target{path: t.Path, built: true, outputs: []string{name}})
			if err != nil {
				return "", err
			}
			text = strings.ReplaceAll(text, placeholder.Text(), outputs[name])
		}
	}
	return text, nil
}

// Execute returns the error with which a command ends that makes the process another program, which
// sees the store where its paths say.
func (e *Env) Execute(s store.Store, program string, args, env []string) error {
	real := string(s.Dir())
	switch at := s.(type) {
	case *local.Store:
		real = at.RealDir()
	case *daemon.Store:
	default:
		return dropin.Failure("store '%s' is not a local store so it does not support command execution", e.Set.Text("store"))
	}
	return &dropin.Become{Path: program, Args: args, Env: env, Failed: "unable to execute '%s'", Store: string(s.Dir()), Real: real}
}

// UpdateProfile sets a profile to a store path; "" is none.
func (e *Env) UpdateProfile(ctx context.Context, s store.Store, profile, path string) error {
	if profile == "" {
		return nil
	}
	keeper, err := Keeper(s, "garbage collection")
	if err != nil {
		return err
	}
	return e.ProfileChange(e.Absolute(profile), false).Set(ctx, path, nil, keeper.AddRoot)
}
