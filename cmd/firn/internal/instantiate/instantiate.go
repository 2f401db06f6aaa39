// Package instantiate is nix-instantiate, nix-build and nix-shell of Nix 2.34: the same flags,
// settings, environment, output, messages and exit status.
//
// What an evaluation puts into the store is kept in memory. Of that, the derivations
// and what they refer to are written before their paths are printed; with --eval it
// is nothing, and with --read-write-mode everything.
package instantiate

// This file defines what the program does.

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

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
	shell *shelling // nil: the program is no nix-shell

	env    *storecmd.Env  // nil if no store is needed
	target *stores.Target // nil if nothing is written
	ev     *eval.Evaluator
	args   map[string]any // for functions on the way to what is asked for
	input  string         // what standard input has, if it is evaluated
	cached bool           // results are kept
	kept   *setup.Kept    // results of earlier runs; nil if none is kept
	keys   string         // what the keys of results begin with; "" if none is kept
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
	if p.shell != nil {
		if err := p.shell.prepare(p); err != nil {
			return err
		}
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
	if p.caches() {
		opt.Cache = setup.ResultCache(p.Streams, p.Set)
	}
	measured, err := measure.Start(measuring, &opt)
	if err != nil {
		return err
	}
	defer measured.Abort()
	p.cached = opt.Cache != nil
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
	if p.findFile {
		if p.args, err = setup.Arguments(ctx, p.ev, p.Streams, p.Args); err != nil {
			return err
		}
		return p.printFiles(ctx)
	}
	var all []string
	var failed error // to read standard input, which counts when its turn comes
	if p.stdin {
		var text []byte
		text, failed = io.ReadAll(p.In)
		p.input = string(text)
		all = append(all, stdin)
	} else if len(p.files) == 0 && !p.exprs {
		p.files = []string{"./default.nix"}
	}
	all = append(all, p.files...)
	if p.cached && failed == nil {
		p.recall(ctx, all)
	}
	if !p.kept.Has(len(all) * len(p.paths())) {
		if p.args, err = setup.Arguments(ctx, p.ev, p.Streams, p.Args); err != nil {
			return err
		}
	}
	if failed != nil {
		return failed
	}
	for i, source := range all {
		if err := p.source(ctx, source, p.stdin && i == 0); err != nil {
			return err
		}
	}
	switch {
	case p.shell != nil:
		return p.shell.start(ctx, p)
	case p.build != nil:
		return p.realise(ctx)
	}
	return nil
}

// source processes what the command line calls source. Nothing is evaluated if all its results were
// kept.
func (p *program) source(ctx context.Context, source string, isStdin bool) error {
	if p.build != nil && !p.exprs && !isStdin {
		if w, ok := p.derivationOf(source); ok {
			if strings.Contains(w.output, ",") {
				return dropin.Failure("building more than one derivation output is not supported, in '%s'", w.drvPath+"!"+w.output)
			}
			p.build.wanted = append(p.build.wanted, w)
			return nil
		}
	}
	var v eval.Value
	known := false
	for _, attr := range p.paths() {
		key := p.key(source, attr)
		done, err := p.again(ctx, key)
		if err == nil && !done && !known {
			switch {
			case isStdin:
				v, err = p.text(ctx, "«stdin»", p.input)
			case p.exprs:
				v, err = p.text(ctx, "«string»", source)
			default:
				v, err = p.file(ctx, source)
			}
			known = true
		}
		if err == nil && !done && !p.parseOnly {
			err = p.value(ctx, key, v, attr)
		}
		if flushed := p.Text.Flush(); err == nil {
			err = flushed
		}
		if err != nil {
			return err
		}
		if p.parseOnly {
			break // which has no attributes
		}
	}
	return nil
}

// paths are the attribute paths that are asked for of each source.
func (p *program) paths() []string {
	if len(p.attrs) == 0 {
		return []string{""}
	}
	return p.attrs
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

// text evaluates an expression, or prints it with --parse.
func (p *program) text(ctx context.Context, name, source string) (eval.Value, error) {
	text := eval.Text{Name: name, Source: source, Dir: p.Dir}
	if p.parseOnly {
		tree, err := p.ev.Parse(ctx, text)
		return eval.Value{}, p.printTree(tree, p.Dir, err)
	}
	return p.ev.Eval(ctx, text)
}

// file evaluates a file, a folder, or <NAME>, or prints it with --parse.
func (p *program) file(ctx context.Context, name string) (v eval.Value, err error) {
	file, err := setup.FileArg(ctx, p.Streams, p.Set, p.ev, name)
	if err != nil {
		return v, err
	}
	if p.shell != nil {
		if file, err = p.shell.expression(ctx, p, file); err != nil {
			return v, err
		}
	}
	if p.parseOnly {
		tree, dir, err := p.ev.ParseFile(ctx, file)
		return v, p.printTree(tree, dir, err)
	}
	return p.ev.EvalMain(ctx, file)
}

// printTree prints an expression, in which relative paths start at dir.
func (p *program) printTree(tree *lang.Tree, dir string, err error) error {
	if err != nil {
		return err
	}
	_, err = p.Text.WriteString(tree.Print(lang.PrintOptions{Desugar: true, Dir: dir, Home: p.Home}) + "\n")
	return err
}

// value prints or instantiates what is at an attribute path of v, and keeps that for the next run.
func (p *program) value(ctx context.Context, key string, v eval.Value, attr string) error {
	args := p.args
	if p.shell != nil {
		args = p.shell.args(v, args)
	}
	x, err := v.SelectWith(ctx, attr, args)
	if err != nil {
		return err
	}
	if !p.evalOnly {
		return p.instantiate(ctx, key, x)
	}
	if len(p.args) > 0 {
		if x, err = x.AutoCall(ctx, p.args); err != nil {
			return err
		}
	}
	out, copied := io.Writer(p.Text), &bytes.Buffer{}
	if key != "" {
		out = io.MultiWriter(p.Text, copied)
	}
	if err := x.Print(ctx, out, p.print); err != nil {
		return err
	}
	if key != "" {
		p.kept.Keep(key, copied.Bytes())
	}
	if p.target != nil {
		return p.target.Save(ctx, true)
	}
	return nil
}
