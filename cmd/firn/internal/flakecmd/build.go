package flakecmd

// This file defines nix build: outputs of flakes, attributes of expressions, and store paths.

import (
	"context"

	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// Build builds packages.
type Build struct {
	storecmd.Build
	lockFlags
}

// Run builds.
func (c *Build) Run(ctx context.Context, e *storecmd.Env) error {
	if c.PrintLogs {
		e.Log.BuildLogs = true
	}
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	words, err := c.Words(e)
	if err != nil {
		return err
	}
	if c.IsExpression() {
		results, err := c.Evaluated(ctx, e, s, words)
		if err != nil {
			return err
		}
		return c.Finish(ctx, e, s, results)
	}
	var results storecmd.Results
	var flakes *session // nil until an operand needs it
	for _, word := range words {
		found, isPath, err := e.PathResult(s, word)
		if err == nil && !isPath {
			if flakes == nil {
				flags := &evalFlags{EvalFlags: c.EvalFlags, store: true, build: true}
				if flakes, err = newSession(ctx, e, flags, &c.lockFlags); err != nil {
					return err
				}
			}
			found, err = flakes.result(ctx, word, &c.lockFlags)
		}
		if err != nil {
			return err
		}
		results = append(results, found...)
	}
	return c.Finish(ctx, e, s, results)
}

// result returns what an output of a flake stands for, whose derivation is written to the
// store.
func (s *session) result(ctx context.Context, word string, f *lockFlags) (found storecmd.Results, err error) {
	ref, _, _, err := storecmd.SplitOutputs(word)
	if err != nil {
		return nil, err
	}
	err = s.ev.Run(ctx, func(ctx context.Context) error {
		v, err := s.packageOutput(ctx, ref, f)
		if err == nil {
			found, err = storecmd.FlakeResult(ctx, v, word)
		}
		if err != nil {
			return err
		}
		return s.save(ctx)
	})
	return found, err
}
