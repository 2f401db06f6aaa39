// Package instantiate is nix-instantiate of Nix 2.34: the same flags, settings,
// environment, output, messages and exit status. What it does not do is keep a
// store: derivations are computed, and their paths printed.
package instantiate

// This file defines what the program does.

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"syscall"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/measure"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
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
	form      form
	locations bool // in XML
	strict    bool
	root      string // where links to what is instantiated go
	roots     int    // of them that were made
	gcWarning bool   // that there are none is still to be said
	noted     bool   // it has been said that there is no store

	c    *core.Call
	args heap.Value // the set of arguments for functions
}

// A form is how values are printed.
type form uint8

const (
	formPlain form = iota
	formRaw
	formXML
	formJSON
)

func (p *program) run(args []string) error {
	p.set = p.Settings(p.log.warn)
	p.locations, p.gcWarning = true, true
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
	opt.Stderr = &p.log
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
	ev, err := core.New(opt)
	if err != nil {
		return err
	}
	ctx, stop := p.Interruptible()
	defer stop()
	shown := &mentions{out: p.Out, text: []byte(p.StoreDir(p.set) + "/")}
	p.out.Reset(shown)
	err = ev.Run(ctx, p.process)
	if flushed := p.out.Flush(); err == nil {
		err = flushed
	}
	if shown.found && p.evalOnly && p.readWrite && !p.readOnly {
		p.noteStore("store paths")
	}
	if err != nil || p.findFile {
		measured.DropStats() // as the reference; a profile it writes
	}
	if failed := measured.Finish(ev, p.Err); err == nil {
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
func (p *program) process(c *core.Call) (err error) {
	p.c = c
	if p.args, err = setup.Arguments(c, p.Streams, p.Args); err != nil {
		return err
	}
	if p.findFile {
		return p.printFiles()
	}
	if p.stdin {
		text, err := io.ReadAll(p.In)
		if err != nil {
			return err
		}
		if err := p.text("«stdin»", string(text)); err != nil {
			return err
		}
	} else if len(p.files) == 0 && !p.exprs {
		p.files = []string{"./default.nix"}
	}
	for _, f := range p.files {
		if p.exprs {
			err = p.text("«string»", f)
		} else {
			err = p.file(f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// printFiles prints where files of the search path are.
func (p *program) printFiles() error {
	for _, name := range p.files {
		file, err := p.find(name)
		if err != nil {
			return err
		}
		if shown := world.Shown(file); shown != file {
			return p.c.Errorf(core.CodeFile, "'%s' has no physical path", shown)
		}
		if _, err := p.out.WriteString(file + "\n"); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) find(name string) (string, error) {
	return p.c.FindFile(p.c.Evaluator().Options().SearchPath, name)
}

// text processes an expression.
func (p *program) text(name, source string) error {
	if p.parseOnly {
		tree, err := p.c.ParseText(name, source, p.Dir)
		return p.printTree(tree, p.Dir, err)
	}
	v, err := p.c.EvalText(name, source, p.Dir)
	return p.values(v, err)
}

// file processes a file, a folder, or <NAME>.
func (p *program) file(name string) (err error) {
	file := path.Clean(p.Absolute(name))
	switch {
	case settings.IsPseudoURL(name):
		return p.c.Errorf(core.CodeNotSupported, "cannot fetch '%s': there is no way to the network", name)
	case strings.HasPrefix(name, "flake:"):
		if err := p.set.RequireFeature("flakes"); err != nil {
			return err
		}
		return p.c.Errorf(core.CodeNotSupported, "cannot fetch '%s': there are no flakes", name)
	case len(name) > 2 && name[0] == '<' && name[len(name)-1] == '>':
		if file, err = p.find(name[1 : len(name)-1]); err != nil {
			return err
		}
	}
	if p.parseOnly {
		tree, dir, err := p.c.ParseMain(file)
		return p.printTree(tree, dir, err)
	}
	v, err := p.c.EvalMain(file)
	return p.values(v, err)
}

func (p *program) printTree(tree *lang.Tree, dir string, err error) error {
	if err != nil {
		return err
	}
	_, err = p.out.WriteString(tree.Print(lang.PrintOptions{Desugar: true, Dir: dir, Home: p.Home}) + "\n")
	return err
}

// values prints or instantiates what is asked for of v.
func (p *program) values(v heap.Value, err error) error {
	if err != nil {
		return err
	}
	attrs := p.attrs
	if len(attrs) == 0 {
		attrs = []string{""}
	}
	for _, attr := range attrs {
		x, err := p.c.SelectPath(v, attr, p.args)
		if err == nil && p.evalOnly {
			err = p.print(x)
		} else if err == nil {
			err = p.instantiate(x)
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

// print prints v.
func (p *program) print(v heap.Value) (err error) {
	c := p.c
	if len(p.Args) > 0 {
		if v, err = c.AutoCall(v, p.args); err != nil {
			return err
		}
	}
	l := heap.Lazy(v)
	var text []byte
	switch p.form {
	case formRaw:
		s, _, err := c.Need(l, "while generating the nix-instantiate output").Coerce(core.CopyToStore | core.Canonicalize)
		if err != nil {
			return err
		}
		_, err = p.out.WriteString(s)
		return err
	case formXML:
		text, _, err = builtins.AppendXML(c, nil, l, builtins.XMLOptions{Strict: p.strict, Locations: p.locations})
	case formJSON:
		text, err = p.json(l)
	default:
		if p.strict {
			if err := c.DeepForce(l); err != nil {
				return err
			}
		}
		if err := c.Print(p.out, v); err != nil {
			return err
		}
		return p.out.WriteByte('\n')
	}
	if _, failed := p.out.Write(text); err == nil {
		err = failed
	}
	return err
}

// json returns l as JSON. Without strict, what is not evaluated has none.
func (p *program) json(l heap.Lazy) ([]byte, error) {
	if !p.strict {
		if err := p.checkEvaluated(l, 0); err != nil {
			return nil, err
		}
	}
	text, _, err := builtins.AppendJSON(p.c, nil, l, true)
	if err != nil {
		return nil, err
	}
	return append(text, '\n'), nil
}

// checkEvaluated returns an error if something in l, which is at pos, is not evaluated.
func (p *program) checkEvaluated(l heap.Lazy, pos lang.Pos) error {
	c, h := p.c, p.c.Heap()
	if err := c.EnterAt(pos); err != nil {
		return err
	}
	defer c.Leave()
	if !h.IsValue(l) && h.Kind(l) != heap.Indirect {
		return c.ErrorfAt(core.CodeWrongType, pos, "cannot convert %s to JSON", "a thunk")
	}
	v, err := c.Force(l)
	if err != nil {
		return err
	}
	switch k := h.KindOf(v); {
	case k == heap.List:
		for i, x := range h.Elems(v) {
			if err := p.checkEvaluated(x, 0); err != nil {
				return c.Frame(err, "while evaluating list element at index %d", i)
			}
		}
	case k.IsAttrs() && h.Find(v, c.Intern("__toString")) == 0 && h.Find(v, c.Intern("outPath")) == 0:
		for _, e := range c.SortedAttrs(v) {
			at := c.AttrPos(v, e.Name)
			if err := p.checkEvaluated(e.Value, at); err != nil {
				return c.FrameAt(err, at, "while evaluating attribute '%s'", c.Name(e.Name))
			}
		}
	}
	return nil
}

// storeSchemes are those of the reference's stores, none of which is opened.
var storeSchemes = []string{"daemon", "dummy", "file", "http", "https", "local", "local-overlay", "s3", "ssh", "ssh-ng", "unix"}
