// Package instantiate is nix-instantiate of Nix 2.34: the same flags, settings,
// environment, output, messages and exit status. What it does not do is keep a
// store: derivations are computed, and their paths printed.
package instantiate

// This file defines what the program does.

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"syscall"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/measure"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// Main runs the program with the arguments behind its name, and returns the exit
// status.
func Main(args []string, s *setup.Streams) int {
	p := &program{Streams: s, out: bufio.NewWriter(s.Out)}
	p.log.open(s)
	err := p.run(args)
	if p.set != nil {
		p.log.showTrace = p.set.Bool("show-trace")
	}
	if flushed := p.out.Flush(); err == nil {
		err = flushed
	}
	switch {
	case err == nil, errors.Is(err, errDone):
		return 0
	case errors.Is(err, syscall.EPIPE): // the reader of the output has gone
	default:
		p.log.error(err)
	}
	return 1
}

// errDone and errHelp end the program in success: all has been said, or is help.
var errDone, errHelp = errors.New("done"), errors.New("help")

// A program is one run.
type program struct {
	*setup.Streams
	out *bufio.Writer
	log logger
	set *settings.Settings

	setup.Flags
	files     []string // or expressions
	attrs     []string
	stdin     bool
	exprs     bool // files are expressions
	findFile  bool
	evalOnly  bool
	parseOnly bool
	readWrite bool // although nothing is instantiated
	readOnly  bool
	print     eval.PrintOptions
	root      string // where links to what is instantiated go
	roots     int    // of them that were made
	gcWarning bool   // that there are none is still to be said
	noted     bool   // it has been said that there is no store

	ev   *eval.Evaluator
	args map[string]any // for functions on the way to what is asked for
}

func (p *program) run(args []string) error {
	p.set = p.Settings(p.log.warn)
	p.print.Locations, p.gcWarning = true, true
	if err := p.set.Load(); err != nil {
		return err
	}
	if err := p.parse(args); err == errHelp {
		return p.printHelp()
	} else if err != nil {
		return err
	}
	if err := p.set.Finish(); err != nil {
		return err
	}
	if scheme, _, ok := strings.Cut(p.set.Text("store"), "://"); ok && !slices.Contains(storeSchemes, scheme) {
		return fmt.Errorf("don't know how to open Nix store with scheme '%s'", scheme)
	}
	if p.evalOnly && !p.readWrite {
		p.readOnly = true
	}
	p.ReadWrite = !p.readOnly
	opt := setup.Options(p.Streams, p.set, &p.Flags)
	opt.Messages = &p.log
	if p.log.level >= talkative {
		opt.OnImport = func(file string) { p.log.write(talkative, "evaluating file '"+file+"'") }
		opt.OnImport("«nix-internal»/derivation-internal.nix") // which every evaluation begins with
	}
	measuring := measure.FromEnv(p.Getenv)
	measuring.FromSettings(p.set)
	measured, err := measure.Start(measuring, &opt)
	if err != nil {
		return err
	}
	defer measured.Abort()
	if p.ev, err = eval.New(opt); err != nil {
		return err
	}
	ctx, stop := p.Interruptible()
	defer stop()
	shown := &mentions{out: p.Out, text: []byte(p.StoreDir(p.set) + "/")}
	p.out.Reset(shown)
	err = p.ev.Run(ctx, p.process)
	if flushed := p.out.Flush(); err == nil {
		err = flushed
	}
	if shown.found && p.evalOnly && p.readWrite && !p.readOnly {
		p.noteStore("store paths")
	}
	if err != nil || p.findFile {
		measured.DropStats() // as the reference; a profile it writes
	}
	if failed := measured.Finish(p.ev, p.Err); err == nil {
		err = failed
	}
	return err
}

// mentions is a writer that passes on what is written, and knows whether a text was in it.
type mentions struct {
	out   io.Writer
	text  []byte
	tail  []byte // of what was written, shorter than text
	found bool
}

// Write implements io.Writer.
func (f *mentions) Write(p []byte) (int, error) {
	if !f.found {
		all := append(f.tail, p...)
		f.found = bytes.Contains(all, f.text)
		f.tail = bytes.Clone(all[max(0, len(all)-len(f.text)+1):])
	}
	return f.out.Write(p)
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
		if p.exprs {
			err = p.text(ctx, "«string»", f)
		} else {
			err = p.file(ctx, f)
		}
		if err != nil {
			return err
		}
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
			return failure("'%s' has no physical path", shown)
		}
		if _, err := p.out.WriteString(file + "\n"); err != nil {
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
func (p *program) file(ctx context.Context, name string) (err error) {
	file := path.Clean(p.Absolute(name))
	switch {
	case settings.IsPseudoURL(name):
		return failure("cannot fetch '%s': there is no way to the network", name)
	case strings.HasPrefix(name, "flake:"):
		if err := p.set.RequireFeature("flakes"); err != nil {
			return err
		}
		return failure("cannot fetch '%s': there are no flakes", name)
	case len(name) > 2 && name[0] == '<' && name[len(name)-1] == '>':
		if file, err = p.ev.FindFile(ctx, name[1:len(name)-1]); err != nil {
			return err
		}
	}
	if p.parseOnly {
		tree, dir, err := p.ev.ParseFile(ctx, file)
		return p.printTree(tree, dir, err)
	}
	v, err := p.ev.EvalMain(ctx, file)
	return p.values(ctx, v, err)
}

// failure returns an error that no evaluation has. Parts that are filled in have a colour
// on a terminal.
func failure(format string, args ...any) error { return &settings.Message{Format: format, Args: args} }

// printTree prints an expression, in which relative paths start at dir.

func (p *program) printTree(tree *lang.Tree, dir string, err error) error {
	if err != nil {
		return err
	}
	_, err = p.out.WriteString(tree.Print(lang.PrintOptions{Desugar: true, Dir: dir, Home: p.Home}) + "\n")
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
			err = p.value(ctx, x)
		} else if err == nil {
			err = p.instantiate(ctx, x)
		}
		if flushed := p.out.Flush(); err == nil {
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
	return v.Print(ctx, p.out, p.print)
}

// storeSchemes are those of the reference's stores, none of which is opened.
var storeSchemes = []string{"daemon", "dummy", "file", "http", "https", "local", "local-overlay", "s3", "ssh", "ssh-ng", "unix"}
