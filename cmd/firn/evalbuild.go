package main

// This file defines the store of an evaluation that builds what expressions import from derivations.

import (
	"context"
	"strings"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
	"github.com/firn-lang/firn/eval"
)

// builds reports whether the command line names a store in which something can be built.
func (c *evalCmd) builds() bool { return c.Store != "" && !strings.HasPrefix(c.Store, "dummy:") }

// useStore makes an evaluator put things into the store of the command line, if that names one, and
// build there what is imported. The caller must call done.
func (r *evalRun) useStore(ctx context.Context, opt *eval.Options) (done func() error, err error) {
	if !r.builds() {
		return func() error { return nil }, nil
	}
	if err := r.set.Set("store", r.Store); err != nil {
		return nil, err
	}
	p := dropin.New("firn", r.world)
	p.Set = r.set
	if r.Quiet {
		p.Log.Level, p.Log.BuildLogs = dropin.Error, false
	}
	e := storecmd.NewEnv(p)
	s, err := e.Store(ctx)
	if err != nil {
		_ = e.Close()
		return nil, err
	}
	stores.NewTarget(s, r.Store).Use(opt)
	return e.Close, nil
}
