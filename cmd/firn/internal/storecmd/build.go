package storecmd

// This file defines how targets are made valid for a command: they are fetched, or built.

import (
	"context"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/wire"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// Announce says what has to be built or fetched for targets to be valid.
func (e *Env) Announce(ctx context.Context, s store.Store, targets []store.Target) error {
	m, err := e.Missing(ctx, s, targets)
	if err != nil {
		return err
	}
	return e.PrintMissing(ctx, s, m)
}

// Build makes targets valid, and says nothing of what it is about to do.
func (e *Env) Build(ctx context.Context, s store.Store, targets []store.Target) error {
	m, err := e.Missing(ctx, s, targets)
	if err != nil {
		return err
	}
	return e.Realise(ctx, s, targets, m)
}

// Realise makes targets valid, of which so much is missing; progress is shown. A target
// that could not be made valid is an error, with an exit status that says how.
func (e *Env) Realise(ctx context.Context, s store.Store, targets []store.Target, m *store.Missing) error {
	return e.RealiseAs(ctx, s, targets, m, build.Normal)
}

// RealiseOutputs is Realise. It returns the paths of the outputs of each target that is a
// derivation; nil if the store does not tell them.
func (e *Env) RealiseOutputs(ctx context.Context, s store.Store, targets []store.Target, m *store.Missing) ([]map[string]string, error) {
	report, err := e.Report(ctx, s, targets, m, build.Normal)
	if err != nil || report == nil {
		return nil, err
	}
	if err := report.Err(); err != nil {
		return nil, err
	}
	made := make([]map[string]string, len(targets))
	for i := range report.Results {
		made[i] = report.Results[i].Outputs
	}
	return made, nil
}

// RealiseAs is Realise, in a mode.
func (e *Env) RealiseAs(ctx context.Context, s store.Store, targets []store.Target, m *store.Missing, mode build.Mode) error {
	report, err := e.Report(ctx, s, targets, m, mode)
	if err != nil || report == nil {
		return err
	}
	return report.Err()
}

// Report is RealiseAs for commands that look at each target: what could not be built is in the
// report. That is nil if the store is not one that builds here; then all is valid.
func (e *Env) Report(ctx context.Context, s store.Store, targets []store.Target, m *store.Missing, mode build.Mode) (*build.Report, error) {
	if served, ok := s.(*daemon.Store); ok {
		modes := map[build.Mode]wire.BuildMode{build.Normal: wire.BuildNormal, build.Check: wire.BuildCheck, build.Repair: wire.BuildRepair}
		return nil, served.Realise(ctx, targets, modes[mode])
	}
	b, builds := s.Builder().(*build.Builder)
	if err := e.fetch(ctx, s, m.Wanted); err != nil && (!builds || ctx.Err() != nil) {
		return nil, err
	}
	if builds {
		// The builder asks again for what could not be fetched, and knows what to do without.
		from, err := e.Substituter(ctx, s)
		if err != nil {
			return nil, err
		}
		b.Substitutes = from
		if len(m.Build) > 0 {
			defer e.showBuilds(len(m.Build))()
		}
		return b.Realise(ctx, targets, mode)
	}
	if len(m.Build) > 0 {
		return nil, dropin.Failure("%s", "Unable to build with a primary store that isn't a local store; "+
			"either pass a different '--store' or enable remote builds.\n\n"+
			"For more information check 'man nix.conf' and search for '/machines'.")
	}
	return nil, checkValid(ctx, s, targets)
}

// checkValid returns an error if a target is not valid.
func checkValid(ctx context.Context, s store.Store, targets []store.Target) error {
	for _, t := range targets {
		valid, err := s.IsValid(ctx, t.Path)
		switch {
		case err != nil:
			return err
		case valid:
		case t.Built:
			return dropin.Failure("failed to obtain derivation of '%s'", t.Path)
		default:
			return unobtainable(t.Path)
		}
	}
	return nil
}
