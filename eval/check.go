package eval

// This file defines which options New refuses, since they cannot be meant.

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// check returns an error that says what is wrong with opt and what to write instead, and makes the paths that it has clean.
func (opt *Options) check() error {
	if opt.Host != nil && (opt.FS != nil || opt.Env != nil) {
		return errors.New("eval: Options.Host is the world in place of FS and Env: give one or the other")
	}
	if opt.Pure && opt.Allowed == nil && opt.Host == world.OS() {
		return errors.New("eval: Options.Pure with the files of the machine depends on them all: name those that may be looked at in Options.Allowed; []string{} is none, []string{\"/\"} all")
	}
	if opt.Allowed != nil {
		allowed := make([]string, len(opt.Allowed))
		for i, p := range opt.Allowed {
			if !strings.HasPrefix(p, "/") {
				return fmt.Errorf("eval: the path %q of Options.Allowed does not begin with a slash; for all files write \"/\", for none []string{}", p)
			}
			allowed[i] = world.Clean(p)
		}
		opt.Allowed = allowed
	}
	for _, p := range []struct{ option, path string }{{"Dir", opt.Dir}, {"Home", opt.Home}, {"StoreDir", opt.StoreDir}} {
		if p.path != "" && !strings.HasPrefix(p.path, "/") {
			return fmt.Errorf("eval: the path %q of Options.%s does not begin with a slash", p.path, p.option)
		}
	}
	for _, name := range opt.Features {
		if known := settings.FeatureNames(); !slices.Contains(known, name) {
			return fmt.Errorf("eval: %q of Options.Features is no experimental feature of Nix%s", name, suggest(name, known))
		}
	}
	if opt.Workers < 0 || opt.Workers > maxWorkers {
		return fmt.Errorf("eval: Options.Workers is %d: it is between 1 and %d, or 0 for the default", opt.Workers, maxWorkers)
	}
	if err := opt.Limits.check(); err != nil {
		return fmt.Errorf("eval: Options.Limits: %w", err)
	}
	return nil
}

// maxWorkers is how many evaluations there can be at the same time.
const maxWorkers = 64

// suggest returns a hint at the name that is nearest to a wrong one; "" if none is near.
func suggest(name string, known []string) string {
	near := lang.Similar(name, known)
	if len(near) == 0 {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", near[0])
}

// check returns an error for limits that cannot be meant.
func (l Limits) check() error {
	switch {
	case l.Time < 0:
		return fmt.Errorf("the time %v is negative; 0 is no limit", l.Time)
	case l.CallDepth < 0:
		return fmt.Errorf("the call depth %d is negative; 0 is the default", l.CallDepth)
	}
	return nil
}

// limitsOf returns the limits that ctx has for an evaluation; nil if there are none.
func limitsOf(ctx context.Context) (*core.Limits, error) {
	given, _ := ctx.Value(limitsKey{}).(*givenLimits)
	if given == nil {
		return nil, nil
	}
	return &given.limits, given.err
}

// givenLimits are the limits of a context.
type givenLimits struct {
	limits core.Limits
	err    error // why they cannot be meant, which each evaluation with them says
}
