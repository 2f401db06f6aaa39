package main

// This file defines firn repl.

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/flakecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/report"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
	"github.com/firn-lang/firn/repl"
)

type replCmd struct {
	Files []string `arg:"" optional:"" name:"file" help:"Files to load, as with :l, and outputs of flakes, as in .#lib or flake:nixpkgs."`

	File    string     `short:"f" placeholder:"FILE" help:"Load this file; arguments are attribute paths of its value then, of which the sets are loaded, as for nix repl --file."`
	Expr    []string   `short:"E" sep:"none" placeholder:"EXPR" help:"Add the attributes of this set to the names."`
	Arg     []argument `sep:"none" placeholder:"NAME=EXPR" help:"Add a name with this value. Also: --arg NAME EXPR."`
	ArgStr  []argument `name:"argstr" sep:"none" placeholder:"NAME=TEXT" help:"The same, for a string."`
	Include []string   `short:"I" sep:"none" placeholder:"[NAME=]PATH" help:"Look here for <NAME>, before NIX_PATH."`
	Option  []option   `sep:"none" placeholder:"NAME=VALUE" help:"Change a setting of Nix. Also: --option NAME VALUE."`
	Store   string     `placeholder:"URL" help:"Build in this store, also what expressions import: auto for that of this machine, a folder, and others. Without, :b builds in that of this machine, and imports are not built."`
	Pure    bool       `help:"Evaluate without files, NIX_PATH, the environment and the time of this machine."`
	Trace   bool       `name:"show-trace" help:"Print the whole trace of errors."`
	Debug   bool       `name:"debugger" help:"Stop at errors and at builtins.break, to look around."`
	Quiet   bool       `short:"q" help:"Begin without a greeting."`
	NoStart bool       `name:"no-start" help:"Do not run the inputs in the file firn/repl of the configuration."`
	Strict  bool       `help:"End with status 1 if an input fails, without a terminal at the first one."`

	attrs     []string           // attribute paths of File that are loaded
	allFlakes bool               // all arguments are outputs of flakes, as for nix repl
	flakes    []string           // outputs of flakes that are loaded
	locks     storecmd.LockFlags // of these flakes
	set       *settings.Settings // nil for those of the machine, the user and Option
	builds    *replBuilds
}

// Help shows examples.
func (replCmd) Help() string {
	return `Examples:
  firn repl                          a prompt; :? lists its commands
  firn repl '<nixpkgs>'              with all packages as names
  firn repl -f ./default.nix lib     with the names in lib of a file
  firn repl .#lib                    with the names in an output of a flake
  echo '1 + 1' | firn repl           without a terminal

At a terminal, the inputs in $XDG_CONFIG_HOME/firn/repl (~/.config/firn/repl) run
first, such as :set depth 2.`
}

// Validate makes files and attribute paths of the arguments.
func (c *replCmd) Validate() error {
	if c.File == "" {
		return nil
	}
	c.attrs, c.Files = c.Files, nil
	if len(c.attrs) == 0 {
		c.Files = []string{c.File}
	}
	return nil
}

// Run is the prompt.
func (c *replCmd) Run(s *streams) error {
	in := s.setup()
	screen := s.terminal(s.out)
	out := &keptErrors{out: s.out}
	interactive := screen.Is && s.terminal(s.in).Is
	c.flakes = nil
	c.Files = slices.DeleteFunc(c.Files, func(file string) bool {
		isFlake := c.allFlakes || namesFlake(in, file)
		if isFlake {
			c.flakes = append(c.flakes, file)
		}
		return isFlake
	})
	if err := c.configure(in); err != nil {
		return err
	}
	c.builds = &replBuilds{c: c, in: in}
	defer c.builds.close()
	shown := repl.DefaultSettings()
	shown.Trace, shown.Pure, shown.Color = c.Trace, c.Pure, screen.Color
	shown.Debug = c.Debug
	opt := repl.Options{
		New:           func(rs *repl.Settings) (*eval.Evaluator, error) { return c.evaluator(in, rs) },
		Settings:      shown,
		Out:           out,
		Err:           s.err,
		Dir:           s.dir,
		Home:          s.home,
		Width:         func() int { return s.terminal(s.out).Width },
		Explain:       c.explain(s),
		Interruptible: interruptible,
		OSPath:        world.OSPath,
		Edit:          func(file string, line int) error { return editFile(world.OSPath(file), line) },
		Files:         c.Files,
		Added:         c.added(in),
		Flake:         c.withFlakes(in, flakecmd.Load),
		Derivations:   c.builds,
	}
	if interactive {
		opt.Rows = func() int { return s.terminal(s.out).Height }
	}
	session, err := repl.New(opt)
	if err != nil {
		return err
	}
	ctx := context.Background()
	if !interactive {
		session.Start(ctx)
		lines := &plainLines{in: bufio.NewReader(s.in), stop: func() bool { return out.err != nil || c.Strict && session.Failed() }}
		if err := session.Run(ctx, lines); err != nil {
			return err
		}
		if out.err != nil {
			return out.err
		}
		if c.Strict && session.Failed() {
			return errFailed
		}
		return nil
	}
	if !c.Quiet {
		fmt.Fprintln(s.out, "firn, the language of Nix 2.34. :? is help.")
	}
	session.Start(ctx)
	if file := startFile(); file != "" && !c.NoStart {
		session.Input(ctx, ":source "+file)
	}
	t, err := repl.NewTerminal(session, repl.TerminalOptions{History: historyFile(), Color: screen.Color})
	if err != nil {
		return err
	}
	defer t.Close()
	if err := session.Run(ctx, t); err != nil {
		return err
	}
	if c.Strict && session.Failed() {
		return errFailed
	}
	return nil
}

// explain returns what writes errors for people.
func (c *replCmd) explain(s *streams) func(error, *repl.Settings) string {
	library := []string{}
	return func(err error, set *repl.Settings) string {
		t := s.terminal(s.err)
		r := report.New(err, report.Options{Main: c.Files, Library: library, Host: s.host})
		return r.Text(report.TextOptions{Color: t.Color && set.Color, Width: t.Width, ShowTrace: set.Trace, Dir: s.dir})
	}
}

// evaluator returns one that reads and puts things into a store in memory.
func (c *replCmd) evaluator(s *setup.Streams, rs *repl.Settings) (*eval.Evaluator, error) {
	set, err := c.settings(s)
	if err != nil {
		return nil, err
	}
	if rs.Pure {
		if err := set.Set("pure-eval", "true"); err != nil {
			return nil, err
		}
	}
	if rs.System != "" {
		if err := set.Set("eval-system", rs.System); err != nil {
			return nil, err
		}
	}
	if err := set.Finish(); err != nil {
		return nil, err
	}
	opt := setup.Options(s, set, &setup.Flags{Include: c.Include, ReadWrite: true})
	opt.Record = true
	opt.Debugger = setup.Debugger(set, rs.Debugger())
	opt.Profile = rs.Profile
	if c.builds == nil { // nothing is to be built
	} else if err := c.builds.use(&opt); err != nil {
		return nil, err
	}
	return eval.New(opt)
}

// settings returns the settings of the prompt: those of the machine, the user, the command line,
// and the flakes that it names.
func (c *replCmd) settings(s *setup.Streams) (*settings.Settings, error) {
	if c.set != nil {
		return c.set.Clone(), nil
	}
	set := s.Settings(func(text string) { fmt.Fprintf(s.Err, "warning: %s\n", text) })
	if err := set.Load(); err != nil {
		return nil, err
	}
	for _, o := range c.Option {
		if err := set.Option(o.name, o.value); err != nil {
			return nil, err
		}
	}
	if c.Store != "" {
		if err := set.Set("store", c.Store); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// configure applies the settings that the flakes of the command line ask for.
func (c *replCmd) configure(in *setup.Streams) error {
	if len(c.flakes) == 0 {
		return nil
	}
	e, err := c.env(in)
	if err != nil {
		return err
	}
	defer e.Close()
	pure := e.Set.Text("pure-eval")
	if err := flakecmd.Configure(context.Background(), e, &c.locks, c.flakes...); err != nil {
		return nil // which is told when the flake is loaded
	}
	c.set = e.Set
	return c.set.Set("pure-eval", pure)
}

// env returns what commands about flakes run in, with the settings of the prompt. The caller
// closes it.
func (c *replCmd) env(in *setup.Streams) (*storecmd.Env, error) {
	set, err := c.settings(in)
	if err != nil {
		return nil, err
	}
	e := storecmd.NewEnv(dropin.New("firn", in))
	e.Set = set
	return e, nil
}

// withFlakes returns what loads a flake with the settings of the prompt.
func (c *replCmd) withFlakes(in *setup.Streams, load func(context.Context, *storecmd.Env, *eval.Evaluator, string) (eval.Value, error)) func(context.Context, *eval.Evaluator, string) (eval.Value, error) {
	return func(ctx context.Context, ev *eval.Evaluator, ref string) (eval.Value, error) {
		e, err := c.env(in)
		if err != nil {
			return eval.Value{}, err
		}
		defer e.Close()
		return load(ctx, e, ev, ref)
	}
}

// added returns the sets that the command line names.
func (c *replCmd) added(s *setup.Streams) []func(context.Context, *eval.Evaluator) (eval.Value, error) {
	var out []func(context.Context, *eval.Evaluator) (eval.Value, error)
	for _, expr := range c.Expr {
		out = append(out, func(ctx context.Context, ev *eval.Evaluator) (eval.Value, error) {
			return ev.Eval(ctx, eval.Text{Source: expr, Dir: s.Dir})
		})
	}
	for _, attr := range c.attrs {
		out = append(out, func(ctx context.Context, ev *eval.Evaluator) (eval.Value, error) {
			source := "import " + c.File
			if !strings.HasPrefix(c.File, "<") {
				file := s.Absolute(c.File)
				source = "import (/. + \"" + string(lang.AppendEscaped(nil, file, 0, len(file))) + "\")"
			}
			v, err := ev.Eval(ctx, eval.Text{Source: source, Dir: s.Dir})
			if err != nil {
				return v, err
			}
			return v.Select(ctx, attr)
		})
	}
	for _, word := range c.flakes {
		load := c.withFlakes(s, func(ctx context.Context, e *storecmd.Env, ev *eval.Evaluator, word string) (eval.Value, error) {
			return flakecmd.Loaded(ctx, e, ev, &c.locks, word)
		})
		out = append(out, func(ctx context.Context, ev *eval.Evaluator) (eval.Value, error) { return load(ctx, ev, word) })
	}
	var args []setup.Arg
	for _, a := range c.Arg {
		args = append(args, setup.Arg{Name: a.name, Value: a.value})
	}
	for _, a := range c.ArgStr {
		args = append(args, setup.Arg{Name: a.name, Value: a.value, From: setup.FromText})
	}
	if len(args) > 0 {
		out = append(out, func(ctx context.Context, ev *eval.Evaluator) (eval.Value, error) {
			given, err := setup.Arguments(ctx, ev, s, args)
			if err != nil {
				return eval.Value{}, err
			}
			return ev.Encode(ctx, given)
		})
	}
	return out
}

// keptErrors writes until that fails, and keeps the error: what a session prints goes
// through many hands, none of which has anything to say about it.
type keptErrors struct {
	out io.Writer
	err error
}

func (w *keptErrors) Write(p []byte) (int, error) {
	if w.err == nil {
		_, w.err = w.out.Write(p)
	}
	return len(p), nil
}

// plainLines reads lines without a terminal.
type plainLines struct {
	in   *bufio.Reader
	stop func() bool // before the first line of an input
}

// Line implements repl.Reader.
func (p *plainLines) Line(more bool) (string, error) {
	if !more && p.stop() {
		return "", io.EOF
	}
	line, err := p.in.ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}

// Remember implements repl.Reader.
func (p *plainLines) Remember(string) {}

// startFile returns the file of inputs that a session begins with; "" if there is
// none.
func startFile() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	file := filepath.Join(dir, "firn", "repl")
	if _, err := os.Stat(file); err != nil {
		return ""
	}
	return setup.Absolute(file)
}

// historyFile returns where the history is; "" if there is no place for it.
func historyFile() string {
	dir := os.Getenv("XDG_DATA_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "firn", "repl-history")
}

// editFile opens a file in the user's editor.
func editFile(file string, line int) error {
	words := strings.Fields(os.Getenv("EDITOR"))
	if len(words) == 0 {
		words = []string{"vi"}
	}
	args := words[1:]
	// Those that know it put the cursor there.
	switch name := filepath.Base(words[0]); {
	case strings.Contains(name, "vi"), strings.Contains(name, "nano"), strings.Contains(name, "emacs"), strings.Contains(name, "kak"):
		args = append(args, fmt.Sprintf("+%d", line))
	}
	cmd := exec.Command(words[0], append(args, file)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd.Run()
}
