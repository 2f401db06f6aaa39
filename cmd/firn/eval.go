package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/cmd/firn/internal/conf"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// evalCmd is firn eval.
type evalCmd struct {
	Files []string `arg:"" optional:"" name:"file" help:"Files to evaluate; - is standard input, a folder is its default.nix."`

	Expr    []string   `short:"E" sep:"none" placeholder:"EXPR" help:"Evaluate this text instead of files."`
	Attr    []string   `short:"A" sep:"none" placeholder:"PATH" help:"Select this attribute path of the result, as in a.b.0; more than once for several."`
	Arg     []argument `sep:"none" placeholder:"NAME=EXPR" help:"Pass this argument if the expression is a function. Also: --arg NAME EXPR."`
	ArgStr  []argument `name:"argstr" sep:"none" placeholder:"NAME=TEXT" help:"The same, for a string."`
	Include []string   `short:"I" sep:"none" placeholder:"[NAME=]PATH" help:"Look here for <NAME>, before NIX_PATH."`

	Strict bool `help:"Evaluate all of the result, not only what it is on the outside."`
	JSON   bool `xor:"form" help:"Print the result as JSON."`
	XML    bool `xor:"form" help:"Print the result as XML."`
	Raw    bool `xor:"form" help:"Print the result, a string, without quotes."`

	ShowTrace        bool   `negatable:"" help:"Print the whole trace of an error."`
	Pure             bool   `help:"Evaluate without what depends on this machine."`
	LintURL          string `name:"lint-url-literals" placeholder:"LEVEL" help:"What to do about URLs without quotes: ignore, warn or fatal."`
	LintShortPath    string `name:"lint-short-path-literals" placeholder:"LEVEL" help:"... about relative paths that start without a dot."`
	LintAbsolutePath string `name:"lint-absolute-path-literals" placeholder:"LEVEL" help:"... about absolute paths, and those that start with ~."`

	MaxCallDepth int      `placeholder:"N" help:"How many calls there may be within calls (default: 10000)."`
	Feature      []string `name:"extra-experimental-features" sep:"none" placeholder:"NAMES" help:"Enable experimental features."`
	Option       []option `sep:"none" placeholder:"NAME=VALUE" help:"Change a setting of Nix. Also: --option NAME VALUE."`

	Eval          bool   `hidden:""` // as nix-instantiate; implied
	ReadonlyMode  bool   `hidden:""` // implied
	Impure        bool   `hidden:""` // implied
	ReadWriteMode bool   `help:"Let the expression read what it put into the store, which is kept in memory."`
	Store         string `hidden:""` // the store in memory; there is no other
	NoLocation    bool   `hidden:""`
}

// An argument is NAME=VALUE.
type argument struct{ name, value string }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *argument) UnmarshalText(text []byte) error {
	var ok bool
	if a.name, a.value, ok = strings.Cut(string(text), "="); !ok {
		return fmt.Errorf("%q is not of the form NAME=VALUE", text)
	}
	return nil
}

type option = argument

// Help shows examples.
func (evalCmd) Help() string {
	return `Examples:
  firn eval -E '1 + 2'                        3
  firn eval --json --strict config.nix        a configuration as JSON
  firn eval -A hello.drvPath '<nixpkgs>'      the path of a derivation
  firn eval --arg n 3 -E '{ n }: n * n'       9`
}

// Validate checks the command line.
func (c *evalCmd) Validate() error {
	if len(c.Files)+len(c.Expr) == 0 {
		if _, err := os.Stat("default.nix"); err != nil {
			return errors.New("nothing to evaluate: name a file, - for standard input, or use -E")
		}
		c.Files = []string{"./default.nix"}
	}
	if c.Store != "" && !strings.HasPrefix(c.Store, "dummy:") {
		return fmt.Errorf("the store %s is not supported: there is only one in memory, dummy://", c.Store)
	}
	return nil
}

// settings returns the settings of the machine and the user, as the command line
// changes them.
func (c *evalCmd) settings(s *setup.Streams) (*conf.Settings, error) {
	set := s.Settings(func(text string) { fmt.Fprintf(s.Err, "warning: %s\n", text) })
	if err := set.Load(); err != nil {
		return nil, err
	}
	flags := c.Option
	for _, names := range c.Feature {
		flags = append(flags, option{"extra-experimental-features", names})
	}
	for name, on := range map[string]bool{"pure-eval": c.Pure, "show-trace": c.ShowTrace} {
		if on {
			flags = append(flags, option{name, "true"})
		}
	}
	if c.MaxCallDepth > 0 {
		flags = append(flags, option{"max-call-depth", strconv.Itoa(c.MaxCallDepth)})
	}
	for name, l := range map[string]string{"url": c.LintURL, "short-path": c.LintShortPath, "absolute-path": c.LintAbsolutePath} {
		if l != "" {
			flags = append(flags, option{"lint-" + name + "-literals", l})
		}
	}
	for _, o := range flags {
		if err := set.Set(o.name, o.value); err != nil {
			return nil, err
		}
	}
	return set, set.Finish()
}

func (c *evalCmd) flags() *setup.Flags {
	f := &setup.Flags{Include: c.Include, ReadWrite: c.ReadWriteMode}
	for _, a := range c.Arg {
		f.Args = append(f.Args, setup.Arg{Name: a.name, Value: a.value})
	}
	for _, a := range c.ArgStr {
		f.Args = append(f.Args, setup.Arg{Name: a.name, Value: a.value, From: setup.FromText})
	}
	return f
}

// Run evaluates what the command line names.
func (c *evalCmd) Run(s *streams) error {
	world := s.setup()
	set, err := c.settings(world)
	if err != nil {
		return err
	}
	ctx, stop := world.Interruptible()
	defer stop()
	ev, err := setup.Evaluator(world, set, c.flags())
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	defer out.Flush()
	err = ev.Run(ctx, func(call *core.Call) error {
		r := evalRun{evalCmd: c, c: call, streams: s, world: world, out: out}
		return r.run()
	})
	if err == nil {
		return out.Flush()
	}
	var e *core.Error
	if errors.As(err, &e) {
		out.Flush()
		io.WriteString(setup.PlainWriter{Out: s.err}, e.Render(core.RenderOptions{ShowTrace: set.Bool("show-trace")}))
		return errFailed
	}
	return err
}

// evalRun is one run of firn eval.
type evalRun struct {
	*evalCmd
	*streams
	world *setup.Streams
	c     *core.Call
	out   *bufio.Writer
}

func (r *evalRun) run() error {
	wd := r.dir
	args, err := setup.Arguments(r.c, r.world, r.flags().Args)
	if err != nil {
		return err
	}
	for _, text := range r.Expr {
		v, err := r.c.EvalText("«string»", text, wd)
		if err != nil {
			return err
		}
		if err := r.print(v, args); err != nil {
			return err
		}
	}
	for _, file := range r.Files {
		v, err := r.file(file, wd)
		if err != nil {
			return err
		}
		if err := r.print(v, args); err != nil {
			return err
		}
	}
	return nil
}

func (r *evalRun) file(file, wd string) (heap.Value, error) {
	switch {
	case file == "-":
		text, err := io.ReadAll(r.in)
		if err != nil {
			return 0, err
		}
		return r.c.EvalText("«stdin»", string(text), wd)
	case strings.HasPrefix(file, "<") && strings.HasSuffix(file, ">"):
		p, err := r.c.FindFile(r.c.Evaluator().Options().SearchPath, file[1:len(file)-1])
		if err != nil {
			return 0, err
		}
		return r.c.EvalMain(p)
	}
	return r.c.EvalMain(path.Clean(r.world.Absolute(file)))
}

// print prints what v is, or its attributes that -A asks for.
func (r *evalRun) print(v heap.Value, args heap.Value) error {
	attrs := r.Attr
	if len(attrs) == 0 {
		attrs = []string{""}
	}
	for _, attr := range attrs {
		v, err := r.c.SelectPath(v, attr, args)
		if err == nil && len(r.Arg)+len(r.ArgStr) > 0 {
			v, err = r.c.AutoCall(v, args)
		}
		if err != nil {
			return err
		}
		if err := r.printValue(v); err != nil {
			return err
		}
	}
	return nil
}

func (r *evalRun) printValue(v heap.Value) error {
	switch {
	case r.Raw:
		text, _, err := r.c.CoerceToString(heap.Lazy(v), core.CopyToStore|core.Canonicalize, "while generating the nix-instantiate output")
		if err != nil {
			return err
		}
		_, err = r.out.WriteString(text)
		return err
	case r.JSON:
		text, _, err := builtins.AppendJSON(r.c, nil, heap.Lazy(v), true)
		if err != nil {
			return err
		}
		_, err = r.out.Write(append(text, '\n'))
		return err
	case r.XML:
		text, _, err := builtins.AppendXML(r.c, nil, heap.Lazy(v), builtins.XMLOptions{Strict: r.Strict, Locations: !r.NoLocation})
		if err != nil {
			return err
		}
		_, err = r.out.Write(text)
		return err
	}
	if r.Strict {
		if err := r.c.DeepForce(heap.Lazy(v)); err != nil {
			return err
		}
	}
	return r.withNewline(r.c.Print(r.out, v))
}

func (r *evalRun) withNewline(err error) error {
	if err != nil {
		return err
	}
	return r.out.WriteByte('\n')
}
