package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
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

	ShowTrace        bool `negatable:"" help:"Print the whole trace of an error."`
	Pure             bool `help:"Evaluate without what depends on this machine."`
	LintURL          lint `name:"lint-url-literals" placeholder:"LEVEL" help:"What to do about URLs without quotes: ignore, warn or fatal."`
	LintShortPath    lint `name:"lint-short-path-literals" placeholder:"LEVEL" help:"... about relative paths that start without a dot."`
	LintAbsolutePath lint `name:"lint-absolute-path-literals" placeholder:"LEVEL" help:"... about absolute paths, and those that start with ~."`

	restricted   bool
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

// A lint is a lang.Lint on the command line.
type lint struct{ lang.Lint }

// UnmarshalText implements encoding.TextUnmarshaler.
func (l *lint) UnmarshalText(text []byte) error {
	switch string(text) {
	case "ignore":
		l.Lint = lang.LintIgnore
	case "warn":
		l.Lint = lang.LintWarn
	case "fatal":
		l.Lint = lang.LintFatal
	default:
		return fmt.Errorf("%q is not one of ignore, warn and fatal", text)
	}
	return nil
}

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
	c.Option = append(settings(os.Getenv("NIX_CONFIG")), c.Option...)
	for _, o := range c.Option {
		switch o.name {
		case "max-call-depth":
			n, err := strconv.Atoi(o.value)
			if err != nil || n < 1 {
				return fmt.Errorf("the setting max-call-depth is a number, not %q", o.value)
			}
			c.MaxCallDepth = n
		case "experimental-features", "extra-experimental-features":
			c.Feature = append(c.Feature, o.value)
		case "lint-url-literals", "lint-short-path-literals", "lint-absolute-path-literals", "warn-short-path-literals":
			if err := c.setLint(o); err != nil {
				return err
			}
		case "pure-eval":
			c.Pure = o.value == "true"
		case "restrict-eval":
			c.restricted = o.value == "true"
		}
	}
	return nil
}

func (c *evalCmd) setLint(o option) error {
	to := map[string]*lint{
		"lint-url-literals": &c.LintURL, "lint-short-path-literals": &c.LintShortPath, "lint-absolute-path-literals": &c.LintAbsolutePath,
	}[o.name]
	if to != nil {
		return to.UnmarshalText([]byte(o.value))
	}
	if o.value == "true" { // the old form of it
		c.LintShortPath.Lint = lang.LintWarn
	}
	return nil
}

// settings returns the lines NAME = VALUE of a text in the form of nix.conf.
func settings(text string) []option {
	var out []option
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if name, value, ok := strings.Cut(line, "="); ok {
			out = append(out, option{strings.TrimSpace(name), strings.TrimSpace(value)})
		}
	}
	return out
}

func (c *evalCmd) options(s *streams) core.Options {
	opt := core.Options{
		Features: map[string]bool{},
		Host:     s.host,
		Pure:     c.Pure,
		System:   systemName(),
		Home:     s.home,
		Stderr:   plainWriter{s.err},
		Lints:    lang.Lints{URL: c.LintURL.Lint, ShortPath: c.LintShortPath.Lint, AbsolutePath: c.LintAbsolutePath.Lint},
		Limits:   core.Limits{CallDepth: c.MaxCallDepth},
		Heap:     memoryLimit(),
	}
	for _, names := range c.Feature {
		for _, name := range strings.Fields(names) {
			opt.Features[name] = true
		}
	}
	native := false
	if opt.Features["flakes"] {
		opt.Features["fetch-tree"] = true // which is part of it
	}
	for _, o := range c.Option {
		switch o.name {
		case "system", "eval-system":
			if o.value != "" {
				opt.System = o.value
			}
		case "trace-verbose":
			opt.TraceVerbose = o.value == "true"
		case "abort-on-warn":
			opt.AbortOnWarn = o.value == "true"
		case "allow-import-from-derivation":
			opt.NoImportFromDerivation = o.value == "false"
		case "allowed-uris":
			opt.AllowedURIs = strings.Fields(o.value)
		case "allow-unsafe-native-code-during-evaluation":
			native = o.value == "true"
		}
	}
	if !c.Pure {
		entries := append([]string{}, c.Include...)
		if env := os.Getenv("NIX_PATH"); env != "" {
			entries = append(entries, splitSearchPath(env)...)
		}
		for _, e := range entries {
			opt.SearchPath = append(opt.SearchPath, s.searchPathEntry(e))
		}
	}
	dir := os.Getenv("NIX_STORE_DIR")
	if dir == "" {
		dir = "/nix/store"
	}
	switch {
	case c.Pure:
		opt.Host = builtins.Restrict(opt.Host, "in pure evaluation mode (use '--impure' to override)")
	case c.restricted:
		opt.Restricted = true
		var allowed []string
		for _, e := range opt.SearchPath {
			allowed = append(allowed, path.Clean(e.Path))
		}
		opt.Host = builtins.Restrict(opt.Host, "in restricted mode", allowed...)
	}
	// Without --read-write-mode, what an expression would put into the store is
	// not there, as in the reference.
	st := store.NewReadOnly(dir, opt.Host)
	if c.ReadWriteMode {
		st = store.New(dir, opt.Host)
		opt.Host = st.Host()
	}
	opt.Store = st
	opt.Builtins = builtins.All(st)
	if native {
		opt.Builtins = builtins.WithNative(st)
	}
	opt.Internal = builtins.InternalTexts()
	return opt
}

// splitSearchPath splits NIX_PATH at its colons, but not in a URL.
func splitSearchPath(env string) []string {
	var out []string
	for _, part := range strings.Split(env, ":") {
		if strings.HasPrefix(part, "//") && len(out) > 0 {
			out[len(out)-1] += ":" + part
			continue
		}
		out = append(out, part)
	}
	return out
}

func (s *streams) searchPathEntry(text string) core.SearchPathEntry {
	prefix, p, ok := strings.Cut(text, "=")
	if !ok {
		prefix, p = "", text
	}
	return core.SearchPathEntry{Prefix: prefix, Path: s.absolute(p)}
}

// absolute returns a path of this machine as the evaluator knows paths.
func absolute(p string) string {
	abs, err := filepath.Abs(p)
	if err != nil {
		return p
	}
	abs = filepath.ToSlash(abs)
	if runtime.GOOS == "windows" && len(abs) > 1 && abs[1] == ':' {
		abs = "/" + abs[:1] + abs[2:]
	}
	return abs
}

// absolute returns a path of the command line as the evaluator knows paths.
func (s *streams) absolute(p string) string {
	if strings.Contains(p, "://") || path.IsAbs(p) {
		return p
	}
	if runtime.GOOS == "windows" && filepath.IsAbs(p) {
		return absolute(p)
	}
	return path.Join(s.dir, filepath.ToSlash(p))
}

// systemName returns the kind of this machine as Nix names it.
func systemName() string {
	arch := map[string]string{"amd64": "x86_64", "arm64": "aarch64", "386": "i686"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	return arch + "-" + runtime.GOOS
}

func homeDir() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "/"
	}
	return absolute(home)
}

// Run evaluates what the command line names.
func (c *evalCmd) Run(s *streams) error {
	ctx, stop := s.interruptible()
	defer stop()
	ev, err := core.New(c.options(s))
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	defer out.Flush()
	err = ev.Run(ctx, func(call *core.Call) error {
		r := evalRun{evalCmd: c, c: call, streams: s, out: out}
		return r.run()
	})
	if err == nil {
		return out.Flush()
	}
	var e *core.Error
	if errors.As(err, &e) {
		out.Flush()
		io.WriteString(plainWriter{s.err}, e.Render(core.RenderOptions{ShowTrace: c.ShowTrace}))
		return errFailed
	}
	return err
}

// plainWriter writes messages without what controls a terminal, so that no
// program can.
type plainWriter struct{ out io.Writer }

func (p plainWriter) Write(text []byte) (int, error) {
	if _, err := io.WriteString(p.out, core.PlainText(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// evalRun is one run of firn eval.
type evalRun struct {
	*evalCmd
	*streams
	c   *core.Call
	out *bufio.Writer
}

func (r *evalRun) run() error {
	wd := r.dir
	args, err := r.arguments(wd)
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
	return r.c.EvalMain(path.Clean(r.absolute(file)))
}

// arguments returns the set of what --arg and --argstr say.
func (r *evalRun) arguments(wd string) (heap.Value, error) {
	h := r.c.Heap()
	var entries []heap.Entry
	for _, a := range r.Arg {
		entries = append(entries, heap.Entry{Name: r.c.Intern(a.name), Value: r.c.DelayText("«string»", a.value, wd)})
	}
	for _, a := range r.ArgStr {
		entries = append(entries, heap.Entry{Name: r.c.Intern(a.name), Value: heap.Lazy(h.NewString(a.value, 0))})
	}
	return h.AttrsOf(entries), nil
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
