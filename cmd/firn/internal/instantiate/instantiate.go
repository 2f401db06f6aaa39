// Package instantiate is nix-instantiate and nix-build of Nix 2.34: the same flags,
// settings, environment, output, messages and exit status.
//
// What an evaluation puts into the store is kept in memory. Of that, the derivations
// and what they refer to are written before their paths are printed; with --eval it
// is nothing, and with --read-write-mode everything.
package instantiate

// This file defines what the program does.

import (
	"context"
	"errors"
	"io"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/measure"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// Main runs the program with the arguments behind its name, and returns the exit
// status.
func Main(args []string, s *setup.Streams) int {
	p := &program{Program: dropin.New("nix-instantiate", s)}
	return p.End(p.run(args))
}

// errHelp ends the reading of the command line: what is wanted is help.
var errHelp = errors.New("help")

// A program is one run.
type program struct {
	*dropin.Program
	setup.Flags
	files     []string // or expressions
	attrs     []string
	stdin     bool
	exprs     bool // files are expressions
	findFile  bool
	evalOnly  bool
	parseOnly bool
	readWrite bool // although nothing is instantiated
	print     eval.PrintOptions
	root      string // where links to what is instantiated go
	roots     int    // of them that were made
	evalStore string // --eval-store: in place of the store of the settings

	build *building // nil: the program is nix-instantiate

	env    *storecmd.Env  // nil if no store is needed
	target *stores.Target // nil if nothing is written
	ev     *eval.Evaluator
	args   map[string]any // for functions on the way to what is asked for
}

func (p *program) run(args []string) (err error) {
	p.print.Locations = true
	if err := p.Set.Load(); err != nil {
		return err
	}
	if err := p.parse(args); err == errHelp {
		return p.printHelp()
	} else if err != nil {
		return err
	}
	if err := p.Finish(); err != nil {
		return err
	}
	if p.evalOnly && !p.readWrite {
		p.ReadOnly = true
	}
	ctx, stop := p.Interruptible()
	defer stop()
	opt := setup.Options(p.Streams, p.Set, &p.Flags)
	if !p.ReadOnly && !p.findFile {
		defer func() {
			if closed := p.closeStores(); err == nil {
				err = closed
			}
		}()
		if err := p.openTarget(ctx); err != nil {
			return err
		}
		p.target.Use(&opt)
	}
	opt.Messages = &p.Log
	if p.Log.Level >= dropin.Talkative {
		opt.OnImport = func(file string) { p.Log.Say(dropin.Talkative, "evaluating file '"+file+"'") }
		opt.OnImport("«nix-internal»/derivation-internal.nix") // which every evaluation begins with
	}
	measuring := measure.FromEnv(p.Getenv)
	measuring.FromSettings(p.Set)
	measured, err := measure.Start(measuring, &opt)
	if err != nil {
		return err
	}
	defer measured.Abort()
	if p.ev, err = eval.New(opt); err != nil {
		return err
	}
	err = p.ev.Run(ctx, p.process)
	if flushed := p.Text.Flush(); err == nil {
		err = flushed
	}
	if err != nil || p.findFile {
		measured.DropStats() // as the reference; a profile it writes
	}
	if failed := measured.Finish(p.ev, p.Err); err == nil {
		err = failed
	}
	return err
}

// process does what the command line asks for.
func (p *program) process(ctx context.Context) (err error) {
	if p.args, err = setup.Arguments(ctx, p.ev, p.Streams, p.Args); err != nil {
		return err
	}
	if p.findFile {
		return p.printFiles(ctx)
	}
	if p.stdin {
		text, err := io.ReadAll(p.In)
		if err != nil {
			return err
		}
		if err := p.text(ctx, "«stdin»", string(text)); err != nil {
			return err
		}
	} else if len(p.files) == 0 && !p.exprs {
		p.files = []string{"./default.nix"}
	}
	for _, f := range p.files {
		if p.build != nil && !p.exprs {
			if w, ok := p.derivationOf(f); ok {
				p.build.wanted = append(p.build.wanted, w)
				continue
			}
		}
		if p.exprs {
			err = p.text(ctx, "«string»", f)
		} else {
			err = p.file(ctx, f)
		}
		if err != nil {
			return err
		}
	}
	if p.build != nil {
		return p.realise(ctx)
	}
	return nil
}

// printFiles prints where files of the search path are.
func (p *program) printFiles(ctx context.Context) error {
	for _, name := range p.files {
		file, err := p.ev.FindFile(ctx, name)
		if err != nil {
			return err
		}
		if shown := world.Shown(file); shown != file {
			return dropin.Failure("'%s' has no physical path", shown)
		}
		if _, err := p.Text.WriteString(file + "\n"); err != nil {
			return err
		}
	}
	return nil
}

// text processes an expression.
func (p *program) text(ctx context.Context, name, source string) error {
	text := eval.Text{Name: name, Source: source, Dir: p.Dir}
	if p.parseOnly {
		tree, err := p.ev.Parse(ctx, text)
		return p.printTree(tree, p.Dir, err)
	}
	v, err := p.ev.Eval(ctx, text)
	return p.values(ctx, v, err)
}

// file processes a file, a folder, or <NAME>.
func (p *program) file(ctx context.Context, name string) error {
	file, err := setup.FileArg(ctx, p.Streams, p.Set, p.ev, name)
	if err != nil {
		return err
	}
	if p.parseOnly {
		tree, dir, err := p.ev.ParseFile(ctx, file)
		return p.printTree(tree, dir, err)
	}
	v, err := p.ev.EvalMain(ctx, file)
	return p.values(ctx, v, err)
}

// printTree prints an expression, in which relative paths start at dir.
func (p *program) printTree(tree *lang.Tree, dir string, err error) error {
	if err != nil {
		return err
	}
	_, err = p.Text.WriteString(tree.Print(lang.PrintOptions{Desugar: true, Dir: dir, Home: p.Home}) + "\n")
	return err
}

// values prints or instantiates what is asked for of v.
func (p *program) values(ctx context.Context, v eval.Value, err error) error {
	if err != nil {
		return err
	}
	attrs := p.attrs
	if len(attrs) == 0 {
		attrs = []string{""}
	}
	for _, attr := range attrs {
		x, err := v.SelectWith(ctx, attr, p.args)
		if err == nil && p.evalOnly {
			if err = p.value(ctx, x); err == nil && p.target != nil {
				err = p.target.Save(ctx, true)
			}
		} else if err == nil {
			err = p.instantiate(ctx, x)
		}
		if flushed := p.Text.Flush(); err == nil {
			err = flushed
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// value prints v.
func (p *program) value(ctx context.Context, v eval.Value) (err error) {
	if len(p.args) > 0 {
		if v, err = v.AutoCall(ctx, p.args); err != nil {
			return err
		}
	}
	return v.Print(ctx, p.Text, p.print)
}
