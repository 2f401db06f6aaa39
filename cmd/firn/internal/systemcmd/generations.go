package systemcmd

// This file defines the commands about generations that are there: rollback, list, diff and gc.

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/builtins/system/why"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// rollbackFlags say to which generation a command goes back.
type rollbackFlags struct {
	To int `placeholder:"N" help:"Switch to this generation. Default: the one before the current one."`
}

// errNoGenerations returns the error about a profile without generations.
func errNoGenerations() error { return dropin.Failure("there are no generations yet") }

// hasCurrent returns an error if the profile leads to none of its generations.
func (j *job) hasCurrent(s *system.State) error {
	if pathOf(s, s.Current) == "" {
		return dropin.Failure("the profile '%s' leads to none of its generations", j.profile)
	}
	return nil
}

// number returns the generation that is meant.
func (f *rollbackFlags) number(ctx context.Context, j *job) (int, error) {
	s, err := j.machine.Host.Look(ctx)
	if err != nil {
		return 0, err
	}
	if len(s.Generations) == 0 {
		return 0, errNoGenerations()
	}
	if f.To != 0 {
		return f.To, nil
	}
	if err := j.hasCurrent(s); err != nil {
		return 0, err
	}
	for _, g := range slices.Backward(s.Generations) {
		if g.Number < s.Current {
			return g.Number, nil
		}
	}
	return 0, dropin.Failure("there is no generation before the current one (%d)", s.Current)
}

// runRollback is rollback. An earlier run that ended in the middle is put in order first, since
// that decides which generation is the one before.
func (j *job) runRollback(ctx context.Context, f *rollbackFlags, p system.Plan) error {
	if j.local != nil {
		if err := j.allowed(); err != nil {
			return err
		}
	}
	o, err := j.machine.Recover(ctx)
	if err != nil {
		return err
	}
	if o != nil {
		j.tellLeft(o)
	}
	if p.Number, err = f.number(ctx, j); err != nil {
		return err
	}
	s, err := j.machine.Host.Look(ctx)
	if err != nil {
		return err
	}
	if pathOf(s, s.Current) != "" || pathOf(s, p.Number) == "" {
		lines, err := j.between(ctx, s, s.Current, p.Number)
		if err != nil {
			return err
		}
		j.tell(lines...)
	}
	return j.switchTo(ctx, p)
}

// SystemRollback switches to a generation that is there.
type SystemRollback struct {
	rollbackFlags
	placeFlags
	Specialisation string `short:"c" placeholder:"NAME" help:"Activate this specialisation of the generation."`
	Boot           bool   `help:"Do not activate it, but start it from now on."`
}

// Run switches.
func (c *SystemRollback) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.placeFlags.open(e)
	if err != nil {
		return err
	}
	p := system.Plan{Action: system.Switch, Specialisation: c.Specialisation}
	if c.Boot {
		p.Action = system.Boot
	}
	return j.runRollback(ctx, &c.rollbackFlags, p)
}

// HomeRollback switches to a generation that is there.
type HomeRollback struct {
	rollbackFlags
	homeFlags
}

// Run switches.
func (c *HomeRollback) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.homeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runRollback(ctx, &c.rollbackFlags, system.Plan{Action: system.Switch})
}

// listFlags say how generations are listed.
type listFlags struct {
	JSON bool `name:"json" help:"Print JSON."`
}

// A listed is a generation as it is listed.
type listed struct {
	Generation int    `json:"generation"`
	Date       string `json:"date"`
	Path       string `json:"path"`
	Label      string `json:"label,omitempty"`
	Source     string `json:"source,omitempty"`
	Current    bool   `json:"current"`
	Active     bool   `json:"active"`
}

// runList is list.
func (j *job) runList(ctx context.Context, f *listFlags) error {
	if err := j.tellState(ctx); err != nil {
		return err
	}
	s, err := j.machine.Host.Look(ctx)
	if err != nil {
		return err
	}
	list := []listed{}
	for _, g := range s.Generations {
		l := listed{
			Generation: g.Number, Date: g.Created.Format(time.DateTime), Path: g.Path,
			Current: g.Number == s.Current, Active: g.Path == s.Active,
		}
		r, err := j.record(g.Path)
		if err != nil {
			return err
		}
		if r != nil {
			l.Label, l.Source = r.Label, r.Source
		}
		list = append(list, l)
	}
	if f.JSON {
		text, err := json.MarshalIndent(list, "", "  ")
		j.Lines(string(text))
		return err
	}
	if len(list) == 0 {
		j.tell("there are no generations yet")
	}
	for _, l := range list {
		line := fmt.Sprintf("%4d   %s   %s", l.Generation, l.Date, l.Path)
		if l.Label != "" {
			line += "   " + l.Label
		}
		switch {
		case l.Current && l.Active:
			line += "   (current, active)"
		case l.Current:
			line += "   (current)"
		case l.Active:
			line += "   (active)"
		}
		j.Lines(line)
	}
	return nil
}

// SystemList lists generations.
type SystemList struct {
	placeFlags
	listFlags
}

// Run lists them.
func (c *SystemList) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.placeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runList(ctx, &c.listFlags)
}

// HomeList lists generations.
type HomeList struct {
	homeFlags
	listFlags
}

// Run lists them.
func (c *HomeList) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.homeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runList(ctx, &c.listFlags)
}

// diffFlags name two generations.
type diffFlags struct {
	Old      int  `arg:"" optional:"" help:"The number of a generation. Default: the one before the current one."`
	New      int  `arg:"" optional:"" help:"The number of another one. Default: the current one."`
	Packages bool `help:"Print versions of all that they need, too."`
}

// runDiff is diff.
func (j *job) runDiff(ctx context.Context, f *diffFlags) error {
	if err := j.tellState(ctx); err != nil {
		return err
	}
	s, err := j.machine.Host.Look(ctx)
	if err != nil {
		return err
	}
	if len(s.Generations) == 0 {
		return errNoGenerations()
	}
	before, after := f.Old, f.New
	if after == 0 {
		if err := j.hasCurrent(s); err != nil {
			return err
		}
		after = s.Current
	}
	if before == 0 {
		for _, g := range s.Generations {
			if g.Number < after {
				before = g.Number
			}
		}
		if before == 0 {
			return dropin.Failure("there is no generation before %d", after)
		}
	}
	lines, err := j.between(ctx, s, before, after)
	if err != nil {
		return err
	}
	j.Lines(lines...)
	if !f.Packages {
		return nil
	}
	st, err := j.Store(ctx)
	if err != nil {
		return err
	}
	closures, err := storecmd.ClosureDiff(ctx, st, pathOf(s, before), pathOf(s, after))
	j.Lines(indented(closures)...)
	return err
}

// pathOf returns the store path of a generation; "" if there is none.
func pathOf(s *system.State, number int) string {
	for _, g := range s.Generations {
		if g.Number == number {
			return g.Path
		}
	}
	return ""
}

// noRecord says why a generation has no record.
const noRecord = "it was not made by firn, or from a derivation that is no configuration"

// between returns how two generations differ, as lines.
func (j *job) between(ctx context.Context, s *system.State, before, after int) ([]string, error) {
	var records [2]*why.Record
	var paths [2]string
	for i, number := range []int{before, after} {
		paths[i] = pathOf(s, number)
		if paths[i] == "" {
			return nil, fmt.Errorf("%w: %d", system.ErrNoGeneration, number)
		}
		var err error
		if records[i], err = j.record(paths[i]); err != nil {
			return nil, err
		}
	}
	if paths[0] == paths[1] {
		return []string{fmt.Sprintf("Generations %d and %d are the same.", before, after)}, nil
	}
	title := fmt.Sprintf("Changes from generation %d to %d:", before, after)
	if records[0] == nil || records[1] == nil {
		number := before
		if records[0] != nil {
			number = after
		}
		lines := []string{fmt.Sprintf("Of generation %d there is no record: "+noRecord+". What packages they need differs:", number)}
		st, err := j.Store(ctx)
		if err != nil {
			return nil, err
		}
		closures, err := storecmd.ClosureDiff(ctx, st, paths[0], paths[1])
		return append(lines, indented(closures)...), err
	}
	d := why.Compare(records[0], records[1], j.module)
	if d.Empty() {
		return []string{title, "  No option differs, and no part that firn compares."}, nil
	}
	return append([]string{title}, indented(d.Lines(j.style(), j.relative))...), nil
}

// module returns a module of a recorded generation; nil, since its tree may be another one
// meanwhile. What modules read is not known then, but what they declare and define is.
func (j *job) module(string) *why.Source { return nil }

// SystemDiff compares generations.
type SystemDiff struct {
	diffFlags
	placeFlags
}

// Run compares them.
func (c *SystemDiff) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.placeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runDiff(ctx, &c.diffFlags)
}

// HomeDiff compares generations.
type HomeDiff struct {
	diffFlags
	homeFlags
}

// Run compares them.
func (c *HomeDiff) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.homeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runDiff(ctx, &c.diffFlags)
}

// gcFlags say which generations are deleted.
type gcFlags struct {
	Keep      int    `placeholder:"N" help:"Keep the N generations before the current one."`
	OlderThan string `placeholder:"AGE" help:"Delete only those that were replaced that long ago, such as 14d."`
	DryRun    bool   `help:"Only say what would be deleted."`
}

// choose returns the numbers of the generations that gc deletes: neither the current one, nor one
// that is active.
func (j *job) choose(f *gcFlags, s *system.State) ([]int, error) {
	if f.Keep < 0 {
		return nil, dropin.Usage("--keep takes the number of generations to keep, and not %d", f.Keep)
	}
	if len(s.Generations) > 0 && pathOf(s, s.Current) == "" {
		// Which generation is needed is not known: all would be old.
		return nil, dropin.Failure("the profile '%s' leads to none of its generations, so that none is deleted; "+
			"make it lead to one with 'firn %s switch' or 'firn %s rollback --to %d' first",
			j.profile, j.command(), j.command(), s.Generations[len(s.Generations)-1].Number)
	}
	list := make([]profile.Generation, len(s.Generations))
	for i, g := range s.Generations {
		list[i] = profile.Generation{Number: g.Number, Created: g.Created}
	}
	old := profile.Old(list, s.Current)
	if f.OlderThan != "" {
		age, err := profile.ParseDays(f.OlderThan)
		if err != nil {
			return nil, dropin.Usage("%s", err)
		}
		old = profile.OlderThan(list, s.Current, time.Now().Add(-age))
	}
	if f.Keep > 0 {
		beyond := profile.Beyond(list, s.Current, f.Keep+1)
		old = slices.DeleteFunc(old, func(g profile.Generation) bool {
			return !slices.ContainsFunc(beyond, func(b profile.Generation) bool { return b.Number == g.Number })
		})
	}
	var numbers []int
	for _, g := range old {
		if pathOf(s, g.Number) != s.Active {
			numbers = append(numbers, g.Number)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// runGC is gc.
func (j *job) runGC(ctx context.Context, f *gcFlags) error {
	if f.DryRun {
		s, err := j.machine.Host.Look(ctx)
		if err != nil {
			return err
		}
		numbers, err := j.choose(f, s)
		for _, n := range numbers {
			j.Lines(fmt.Sprintf("would delete generation %d", n))
		}
		return err
	}
	if j.local != nil {
		if err := j.allowed(); err != nil {
			return err
		}
	}
	deleted, err := j.machine.Delete(ctx, j.tellLeft, func(s *system.State) ([]int, error) { return j.choose(f, s) })
	if err != nil {
		return err
	}
	if len(deleted) > 0 && j.kind == system.NixOS {
		// The menu of the boot loader must not lead to what is about to be collected.
		_, number, err := j.current(ctx)
		if err == nil && number != 0 {
			err = j.switchTo(ctx, system.Plan{Action: system.Boot, Number: number})
		}
		if err != nil {
			return fmt.Errorf("nothing is collected, since the menu of the boot loader may still have what was deleted: %w", err)
		}
	}
	if j.remote != nil {
		_, err := j.shell(ctx, "nix-collect-garbage", nil, j.Text)
		return err
	}
	s, err := j.Store(ctx)
	if err != nil {
		return err
	}
	if err := j.Collect(ctx, s, store.Collection{Action: store.Garbage}, true); err != nil {
		return err
	}
	return j.prune(ctx, s)
}

// prune deletes records of what was collected.
func (j *job) prune(ctx context.Context, s store.Store) error {
	return why.Prune(filepath.FromSlash(j.recordDirs[0]), func(base string) bool {
		valid, err := s.IsValid(ctx, path.Join(string(s.Dir()), base))
		return valid || err != nil
	})
}

// SystemGC deletes old generations.
type SystemGC struct {
	gcFlags
	placeFlags
}

// Run deletes them.
func (c *SystemGC) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.placeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runGC(ctx, &c.gcFlags)
}

// HomeGC deletes old generations.
type HomeGC struct {
	gcFlags
	homeFlags
}

// Run deletes them.
func (c *HomeGC) Run(ctx context.Context, e *storecmd.Env) error {
	j, err := c.homeFlags.open(e)
	if err != nil {
		return err
	}
	return j.runGC(ctx, &c.gcFlags)
}
