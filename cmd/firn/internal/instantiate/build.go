package instantiate

// This file defines nix-build: derivations are built, and links to their outputs are made.

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
)

// BuildMain runs nix-build with the arguments behind its name, and returns the exit status.
func BuildMain(args []string, s *setup.Streams) int {
	p := &program{Program: dropin.New("nix-build", s), build: &building{link: "result"}}
	p.RepairFlag = &p.build.repair
	return p.End(p.run(args))
}

// A building is what nix-build is asked for besides what nix-instantiate is.
type building struct {
	link   string // of the first output
	noLink bool
	dryRun bool
	repair bool // what is damaged is made again
	mode   build.Mode
	wanted []wanted
}

// A wanted is an output of a derivation.
type wanted struct{ drvPath, output string }

// buildFlags are the flags of nix-build itself.
func (p *program) buildFlags() []dropin.Flag {
	b := p.build
	outLink := func(args []string) error { b.link, b.noLink = args[0], false; return nil }
	return []dropin.Flag{
		{Name: "help", Help: "Print this text.", Apply: func([]string) error { return errHelp }},
		{Name: "version", Help: "Print the version of Nix that this program behaves as.", Apply: func([]string) error { return p.PrintVersion() }},
		{Name: "expr", Short: 'E', Help: "The operands are expressions, not files.", Apply: dropin.On(&p.exprs)},
		{Name: "attr", Short: 'A', Args: "path", Help: "Build this attribute, as in a.b.0; may be given several times.", Apply: func(args []string) error {
			p.attrs = append(p.attrs, args[0])
			return nil
		}},
		{Name: "out-link", Short: 'o', Args: "path", Help: "Make this link to the output, in place of result.", Apply: outLink},
		{Name: "no-out-link", Alias: "no-link", Help: "Make no link.", Apply: dropin.On(&b.noLink)},
		{Name: "dry-run", Help: "Say what would be built or fetched, and stop.", Apply: dropin.On(&b.dryRun)},
		{Name: "check", Help: "Build once more what is there, and compare.", Apply: func([]string) error { b.mode = build.Check; return nil }},
		{Name: "run-env", Help: "Do what nix-shell does.", Apply: func([]string) error {
			if p.shell == nil {
				p.shell = newShelling(p)
			}
			return nil
		}},
		{Name: "add-drv-link", Help: "Has no meaning any more.", Apply: dropin.Nothing},
		{Name: "indirect", Help: "Has no meaning any more.", Apply: dropin.Nothing},
		{Name: "drv-link", Args: "path", Help: "Has no meaning any more.", Apply: dropin.Nothing},
	}
}

// derivationOf returns the derivation that an operand names: its path in the store, or a
// link that leads there; "" if it names none. An output may follow it, behind an
// exclamation mark.
func (p *program) derivationOf(name string) (found wanted, ok bool) {
	real := filepath.FromSlash(path.Clean(p.Absolute(name)))
	if to, err := filepath.EvalSymlinks(real); err == nil {
		real = to
	}
	drvPath, output, _ := strings.Cut(filepath.ToSlash(real), "!")
	dir := p.target.Store.Dir()
	if parsed, err := dir.Parse(drvPath); err != nil || !parsed.IsDerivation() {
		return wanted{}, false
	}
	return wanted{drvPath, output}, true
}

// realise builds what was evaluated, makes links, and prints the paths.
func (p *program) realise(ctx context.Context) error {
	b := p.build
	s, err := p.env.Store(ctx)
	if err != nil {
		return err
	}
	if err := p.copyDerivations(ctx, s); err != nil {
		return err
	}
	var targets []build.Target
	for i := range b.wanted {
		w := &b.wanted[i]
		if w.output == "" {
			if w.output, err = defaultOutput(ctx, s, w.drvPath); err != nil {
				return err
			}
		}
		targets = append(targets, build.Target{Path: w.drvPath, Built: true, Outputs: []string{w.output}})
	}
	m, err := p.env.Missing(ctx, s, targets)
	if err != nil {
		return err
	}
	if err := p.env.PrintMissing(ctx, s, m); err != nil || b.dryRun {
		return err
	}
	mode := b.mode
	if b.repair {
		mode = build.Repair
	}
	if err := p.env.RealiseAs(ctx, s, targets, m, mode); err != nil {
		return err
	}
	return p.linkOutputs(ctx, s)
}

// defaultOutput returns the name of the output that is meant if none is named.
func defaultOutput(ctx context.Context, s store.Store, drvPath string) (string, error) {
	d, err := store.ReadDerivation(ctx, s, drvPath)
	if err != nil {
		return "", err
	}
	if names, ok := d.LookupEnv("outputs"); ok {
		if first, _, _ := strings.Cut(strings.TrimSpace(names), " "); first != "" && d.Output(first) != nil {
			return first, nil
		}
	}
	if d.Output("out") == nil && len(d.Outputs) > 0 {
		return d.Outputs[0].Name, nil
	}
	return "out", nil
}

// copyDerivations copies derivations from the store of the evaluation to the one that
// builds, if that is another one.
func (p *program) copyDerivations(ctx context.Context, s store.Store) error {
	if p.evalStore == "" {
		return nil
	}
	var paths []string
	for _, w := range p.build.wanted {
		paths = append(paths, w.drvPath)
	}
	_, err := store.Copy(ctx, s, p.target.Store, paths, store.Copying{})
	return err
}

// linkOutputs makes links to outputs, and prints their paths. The first derivation has the
// link itself, others have numbers; outputs but out have their name behind that.
func (p *program) linkOutputs(ctx context.Context, s store.Store) error {
	var order []string // derivations
	var paths []string
	for _, w := range p.build.wanted {
		if !slices.Contains(order, w.drvPath) {
			order = append(order, w.drvPath)
		}
		outputs, err := store.OutputPaths(ctx, s, w.drvPath)
		if err != nil {
			return err
		}
		out := outputs[w.output]
		if out == "" { // as of an impure derivation, which the reference does not survive
			return &store.UnknownOutputError{Drv: w.drvPath, Output: w.output}
		}
		paths = append(paths, out)
		keeper := s.Keeper()
		if p.build.noLink || keeper == nil {
			continue
		}
		link := path.Clean(p.Absolute(p.build.link))
		if n := slices.Index(order, w.drvPath); n > 0 {
			link += fmt.Sprintf("-%d", n+1)
		}
		if w.output != "out" {
			link += "-" + w.output
		}
		if err := keeper.AddRoot(ctx, link, out); err != nil {
			return err
		}
	}
	for _, out := range paths {
		if _, err := p.Text.WriteString(out + "\n"); err != nil {
			return err
		}
	}
	return nil
}

const buildIntro = `nix-build, the one of firn: builds what Nix expressions evaluate to.

    nix-build FILE... [-A PATH]...    build derivations, make the link result, print the paths
    nix-build -E EXPR                 the same for an expression
    nix-build PATH.drv                build a derivation of the store

FILE may be - for standard input, a folder for its default.nix, or <NAME> in the search
path; if there is none, it is ./default.nix. The exit status is 100 if a build failed, 101
if one took too long, 102 if an output has another hash than it should, 104 if --check
found a difference.
`
