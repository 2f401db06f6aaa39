package systemcmd

// This file defines what the commands do: evaluate, compare, build and switch.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/builtins/system/why"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval/ansi"
)

// tellLeft says what an earlier run has left that ended in the middle.
func (j *job) tellLeft(o *system.Outcome) { j.Log.Warn(o.String()) }

// tellState says, for a command that changes nothing, what an earlier run has left.
func (j *job) tellState(ctx context.Context) error {
	o, busy, err := j.machine.Left(ctx)
	switch {
	case err != nil:
		return err
	case busy:
		j.Log.Warn("another run is switching to a new generation now")
	case o != nil:
		j.tellLeft(o)
		if o.Undo || len(o.Stray) > 0 {
			j.Log.Warn("the next command that changes something puts the profile in order first")
		}
	}
	return nil
}

// record returns the record of a generation; nil if there is none.
func (j *job) record(storePath string) (*why.Record, error) {
	return why.Load(storePath, j.recordDirs...)
}

// saveRecord keeps the record of what was built. That it cannot be kept is a warning: the
// generation is as good without.
func (j *job) saveRecord(r *why.Record) {
	if r == nil {
		return
	}
	if err := r.Save(filepath.FromSlash(j.recordDirs[0])); err != nil {
		j.Log.Warn(fmt.Sprintf("what this generation consists of is not kept, so that others cannot be compared with it: %v", storecmd.FileError(err)))
	}
}

// current returns the store path that the profile leads to; "" if there is none.
func (j *job) current(ctx context.Context) (storePath string, number int, err error) {
	s, err := j.machine.Host.Look(ctx)
	if err != nil {
		return "", 0, err
	}
	for _, g := range s.Generations {
		if g.Number == s.Current {
			return g.Path, g.Number, nil
		}
	}
	return "", 0, nil
}

// style returns how a Diff is coloured.
func (j *job) style() why.Style {
	if !j.Log.Color() {
		return why.Style{}
	}
	return why.Style{Added: ansi.Green, Removed: ansi.Red, Changed: ansi.Magenta, Place: ansi.Bold, End: ansi.Normal}
}

// relative returns how a file is called: by a path from the current folder, if it is in there.
func (j *job) relative(file string) string {
	if rest, ok := strings.CutPrefix(file, strings.TrimSuffix(j.Dir, "/")+"/"); ok {
		return "./" + rest
	}
	return file
}

// compare returns how a generation differs from the current one, as lines; none if nothing does.
func (j *job) compare(ctx context.Context, to *evaluated) ([]string, error) {
	from, number, err := j.current(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case from == "":
		return []string{"There is no generation yet."}, nil
	case from == to.path:
		return []string{fmt.Sprintf("Nothing changes: generation %d is the same.", number)}, nil
	case to.record == nil:
		return []string{"The value is a derivation, and not a configuration: why it differs is not known."}, nil
	}
	before, err := j.record(from)
	if err != nil {
		return nil, err
	}
	if before == nil {
		return []string{fmt.Sprintf("Of generation %d there is no record: "+noRecord+".", number)}, nil
	}
	d := why.Compare(before, to.record, func(file string) *why.Source { return to.source(ctx, file) })
	if d.Empty() {
		return []string{fmt.Sprintf("No option differs from generation %d, and no part that firn compares.", number)}, nil
	}
	return append([]string{fmt.Sprintf("Changes from generation %d:", number)}, indented(d.Lines(j.style(), j.relative))...), nil
}

// indented returns lines with a margin.
func indented(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = "  " + line
	}
	return out
}

// build builds a generation, and keeps its record.
func (j *job) build(ctx context.Context, to *evaluated) error {
	s, err := j.Store(ctx)
	if err != nil {
		return err
	}
	targets := []store.Target{to.target()}
	m, err := j.Missing(ctx, s, targets)
	if err != nil {
		return err
	}
	if err := j.PrintMissing(ctx, s, m); err != nil {
		return err
	}
	if err := j.Realise(ctx, s, targets, m); err != nil {
		return err
	}
	j.saveRecord(to.record)
	return nil
}

// bootLoader is the variable by which NixOS installs the boot loader itself.
const bootLoader = "NIXOS_INSTALL_BOOTLOADER=1"

// switchTo switches the machine as a plan says, and tells what came of it.
func (j *job) switchTo(ctx context.Context, p system.Plan) error {
	if j.remote != nil && p.Path != "" {
		if err := j.CopyTo(ctx, j.remoteRef, []string{p.Path}, false); err != nil {
			return err
		}
	}
	if j.local != nil {
		if err := j.allowed(); err != nil {
			return err
		}
		// Files, since a pipe would end with this process; what a test has is copied at the end.
		stdout, stderr, done, err := j.files()
		if err != nil {
			return err
		}
		defer done()
		j.local.Stdout, j.local.Stderr = stdout, stderr
	}
	if j.kind == system.Home {
		env, remove, err := j.withPrograms()
		if err != nil {
			return err
		}
		defer remove()
		p.Env = append(p.Env, env...)
	}
	if err := j.machine.Switch(ctx, p, j.tellLeft); err != nil {
		return err
	}
	if p.Action == system.Switch || p.Action == system.Boot {
		_, number, err := j.current(ctx)
		if err != nil {
			return err
		}
		text := fmt.Sprintf("generation %d is active", number)
		if p.Action == system.Boot {
			text = fmt.Sprintf("generation %d is started the next time", number)
		}
		j.Log.Say(dropin.Notice, text)
	}
	return nil
}

// allowed returns an error if this user cannot switch the machine.
func (j *job) allowed() error {
	if j.kind == system.NixOS && os.Geteuid() != 0 {
		return dropin.Failure("only root can switch a machine; building, comparing and --target-host need no root")
	}
	return nil
}

// files returns the files that programs of generations write to: those of this process, or
// temporary ones, which done copies to its streams.
func (j *job) files() (stdout, stderr *os.File, done func(), err error) {
	if f, ok := j.Err.(*os.File); ok {
		return f, f, func() {}, nil // its standard output is no result of the command
	}
	f, err := os.CreateTemp("", "firn-activation-")
	if err != nil {
		return nil, nil, nil, err
	}
	return f, f, func() {
		text, _ := os.ReadFile(f.Name())
		_, _ = j.Err.Write(text)
		_ = f.Close()
		_ = os.Remove(f.Name())
	}, nil
}
