package repl

// This file defines :profile.

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/profile"
	"github.com/firn-lang/firn/lang"
)

// mostFunctions bounds the list of :profile.
const mostFunctions = 15

// profile evaluates all of an expression, and lists the functions that cost most by
// themselves. A fresh evaluator, in which the session is done again, collects the profile: so
// nothing is known already, and the evaluator of the session stays without. :profile.
func (s *Session) profile(ctx context.Context, arg string) error {
	fresh := *s
	fresh.settings = &Settings{}
	*fresh.settings = *s.settings
	fresh.settings.Profile = profile.New(profile.Options{})
	fresh.settings.Debug, fresh.settings.debugger = false, nil
	ev, err := s.opt.New(fresh.settings)
	if err != nil {
		return err
	}
	if err := fresh.restart(ctx, ev); err != nil {
		return err
	}
	// What the session does is no part of it.
	before := costs(fresh.settings.Profile)
	v, err := fresh.eval(ctx, arg)
	if err == nil {
		err = v.DeepForce(ctx)
	}
	if err != nil {
		return err
	}
	return s.writeProfile(before, costs(fresh.settings.Profile))
}

// A cost is the cost of one function, without the functions that it calls.
type cost struct {
	name         string
	calls, bytes int64
	time         time.Duration
}

// costs returns the costs of functions by name and place.
func costs(p *profile.Profile) map[string]cost {
	out := map[string]cost{}
	for _, f := range p.Functions() {
		name := f.Name
		if f.Def.File != "" {
			name += fmt.Sprintf("  %s:%d", path.Base(f.Def.File), f.Def.Line)
		}
		c := out[name]
		c.name = name
		c.calls += int64(f.Calls)
		c.bytes += int64(f.Bytes)
		c.time += f.CPU
		out[name] = c
	}
	return out
}

// writeProfile prints the functions whose costs grew, most time first, and the sum of all.
func (s *Session) writeProfile(before, after map[string]cost) error {
	var list []cost
	var all cost
	for name, c := range after {
		c.calls -= before[name].calls
		c.bytes -= before[name].bytes
		c.time -= before[name].time
		all.calls += c.calls
		all.bytes += c.bytes
		all.time += c.time
		if c.calls > 0 || c.bytes > 0 {
			list = append(list, c)
		}
	}
	// Equal times are common, since the clock is coarse: then memory decides.
	slices.SortFunc(list, func(a, b cost) int {
		return cmp.Or(cmp.Compare(b.time, a.time), cmp.Compare(b.bytes, a.bytes), cmp.Compare(a.name, b.name))
	})
	w := tabwriter.NewWriter(s.opt.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "time\tcalls\tmemory\tfunction")
	row := func(c cost) {
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\n", c.time.Round(10*time.Microsecond), c.calls, size(uint64(max(c.bytes, 0))), c.name)
	}
	for _, c := range list[:min(len(list), mostFunctions)] {
		row(c)
	}
	if left := len(list) - mostFunctions; left > 0 {
		fmt.Fprintf(w, "\t\t\tand %d more\n", left)
	}
	all.name = "all"
	row(all)
	return w.Flush()
}

// hint returns a line that suggests names of the session for one that is not defined; ""
// for other errors. Reports know the names of builtins only.
func (s *Session) hint(e *eval.Error) string {
	name, ok := strings.CutPrefix(e.Msg, "undefined variable '")
	if !ok || e.Kind != eval.ErrUndefined {
		return ""
	}
	near := lang.Similar(strings.TrimSuffix(name, "'"), s.scope.names())
	if len(near) == 0 {
		return ""
	}
	return "did you mean " + strings.Join(near, ", ") + "? That is a name of this session.\n"
}
