// Package setup makes evaluators from what command lines and settings say.
//
//	set := s.Settings(warn)               // settings.Settings of the machine and the user
//	…                                     // flags change them
//	ev, err := setup.Evaluator(s, set, &flags)
//	err = ev.Run(ctx, func(c *core.Call) error {
//		args, err := setup.Arguments(c, s, flags.Args)
//		…
//	})
package setup

// This file defines the world of a command, and the evaluator in it.

import (
	"io"
	"os"
	"os/user"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// Streams are what a command reads and writes, and the world it sees.
type Streams struct {
	In        io.Reader
	Out, Err  io.Writer
	Host      world.Host
	Dir       string // the current folder, as the evaluator knows paths
	Home      string // the user's folder, likewise
	LookupEnv func(name string) (string, bool)
	// NameTexts calls the text of an option by the option in messages, as «--arg port».
	// The reference calls them all «string».
	NameTexts bool
}

// TextName returns what messages call the text of an option.
func (s *Streams) TextName(option string) string {
	if s.NameTexts {
		return "«" + option + "»"
	}
	return "«string»"
}

// System returns the streams and the world of the process.
func System() *Streams {
	return &Streams{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Host: world.OS(),
		Dir: Absolute("."), Home: homeDir(), LookupEnv: os.LookupEnv,
	}
}

// Getenv returns the value of an environment variable, "" if there is none.
func (s *Streams) Getenv(name string) string {
	v, _ := s.LookupEnv(name)
	return v
}

// Settings returns the defaults of all settings; see settings.Settings.Load.
func (s *Streams) Settings(warn func(text string)) *settings.Settings {
	set := settings.New(settings.Source{LookupEnv: s.LookupEnv, Home: s.Home, Warn: warn})
	set.SetDefault("system", systemName())
	return set
}

// Flags are what command lines that evaluate have in common, beside settings.
type Flags struct {
	Include   []string // -I: PATH or NAME=PATH, before the search path of the settings
	Args      []Arg    // for functions on the way to what is asked for
	ReadWrite bool     // what is put into the store can be read back
}

// Options returns what an evaluator is made with.
func Options(s *Streams, set *settings.Settings, f *Flags) core.Options {
	opt := core.Options{
		Features:               map[string]bool{},
		Host:                   s.Host,
		Pure:                   set.Bool("pure-eval"),
		NoImportFromDerivation: !set.Bool("allow-import-from-derivation"),
		AllowedURIs:            set.Strings("allowed-uris"),
		System:                 set.Text("system"),
		Home:                   s.Home,
		Stderr:                 PlainWriter{s.Err},
		Lints:                  lang.Lints{URL: lint(set, "url"), ShortPath: lint(set, "short-path"), AbsolutePath: lint(set, "absolute-path")},
		Limits:                 core.Limits{CallDepth: set.Int("max-call-depth")},
		Heap:                   memoryLimit(),
		TraceVerbose:           set.Bool("trace-verbose"),
		AbortOnWarn:            set.Bool("abort-on-warn"),
		Internal:               builtins.InternalTexts(),
	}
	if sys := set.Text("eval-system"); sys != "" {
		opt.System = sys
	}
	for _, name := range set.Strings("experimental-features") {
		opt.Features[name] = true
	}
	opt.SearchPath, opt.Dir = s.searchPath(set, f.Include), s.Dir
	switch {
	case opt.Pure:
		opt.Host = world.Restrict(opt.Host, "in pure evaluation mode (use '--impure' to override)")
	case set.Bool("restrict-eval"):
		opt.Restricted = true
		var allowed []string
		for _, e := range opt.SearchPath {
			allowed = append(allowed, path.Clean(s.Absolute(e.Path)))
		}
		opt.Host = world.Restrict(opt.Host, "in restricted mode", allowed...)
	}
	// Without ReadWrite, what an expression would put into the store is not there,
	// as in the reference.
	st := store.ReadOnlyView(s.StoreDir(set), opt.Host)
	if f.ReadWrite {
		st = memory.View(s.StoreDir(set), opt.Host)
		opt.Host = st.Host()
	}
	opt.Copier = st
	opt.Builtins = builtins.All(st)
	if set.Bool("allow-unsafe-native-code-during-evaluation") {
		opt.Builtins = builtins.WithNative(st)
	}
	return opt
}

// Debugger returns d as the settings say; nil if there is none.
func Debugger(set *settings.Settings, d *eval.Debugger) *core.Debugger {
	if d == nil {
		return nil
	}
	out := d.Core()
	out.OnTrace, out.OnWarn, out.IgnoreTry = set.Bool("debugger-on-trace"), set.Bool("debugger-on-warn"), set.Bool("ignore-try")
	return out
}

// Evaluator returns an evaluator for what the settings and flags say.
func Evaluator(s *Streams, set *settings.Settings, f *Flags) (*core.Evaluator, error) {
	return core.New(Options(s, set, f))
}

func lint(set *settings.Settings, of string) lang.Lint {
	switch set.Text("lint-" + of + "-literals") {
	case "warn":
		return lang.LintWarn
	case "fatal":
		return lang.LintFatal
	}
	return lang.LintIgnore
}

// StoreDir returns the store directory: that of the store, as in
// local?store=/x, or that of the environment.
func (s *Streams) StoreDir(set *settings.Settings) string {
	_, params, _ := strings.Cut(set.Text("store"), "?")
	for p := range strings.SplitSeq(params, "&") {
		if dir, ok := strings.CutPrefix(p, "store="); ok {
			return dir
		}
	}
	if dir := s.Getenv("NIX_STORE_DIR"); dir != "" {
		return path.Clean(dir)
	}
	return "/nix/store"
}

// searchPath returns where <NAME> is looked for.
func (s *Streams) searchPath(set *settings.Settings, include []string) []core.SearchPathEntry {
	if set.Bool("pure-eval") {
		return nil
	}
	var out []core.SearchPathEntry
	add := func(entries ...string) {
		for _, text := range entries {
			prefix, p, ok := strings.Cut(text, "=")
			if !ok {
				prefix, p = "", text
			}
			out = append(out, core.SearchPathEntry{Prefix: prefix, Path: s.slashed(p)})
		}
	}
	add(include...)
	add(set.Strings("nix-path")...)
	if !set.Bool("restrict-eval") {
		add(s.channels(set)...)
	}
	return out
}

// channels returns the entries of the search path that are always there, if the
// folders are.
func (s *Streams) channels(set *settings.Settings) []string {
	user := path.Join(s.Home, ".nix-defexpr")
	if set.Bool("use-xdg-base-directories") {
		user = path.Join(s.stateHome(), "defexpr")
	}
	state := s.Getenv("NIX_STATE_DIR")
	if state == "" {
		state = "/nix/var/nix"
	}
	root := path.Join(state, "profiles/per-user/root/channels")
	var out []string
	for _, e := range [][2]string{{"", user + "/channels"}, {"nixpkgs=", root + "/nixpkgs"}, {"", root}} {
		if s.exists(e[1]) {
			out = append(out, e[0]+e[1])
		}
	}
	return out
}

// stateHome returns the folder of Nix for what a user's programs remember.
func (s *Streams) stateHome() string {
	if dir, ok := s.LookupEnv("NIX_STATE_HOME"); ok {
		return dir
	}
	if dir, ok := s.LookupEnv("XDG_STATE_HOME"); ok {
		return path.Join(dir, "nix")
	}
	return path.Join(s.Home, ".local/state/nix")
}

// Absolute returns a path of the streams' world as the evaluator knows paths. URLs
// stay as they are.
func (s *Streams) Absolute(p string) string {
	if strings.Contains(p, "://") || path.IsAbs(p) {
		return p
	}
	if runtime.GOOS == "windows" && filepath.IsAbs(p) {
		return Absolute(p)
	}
	return path.Join(s.Dir, filepath.ToSlash(p))
}

// slashed returns a path of the command line, which may be relative, as the evaluator
// knows paths.
func (s *Streams) slashed(p string) string {
	if runtime.GOOS == "windows" && filepath.IsAbs(p) {
		return Absolute(p)
	}
	return p
}

// Absolute returns a path of this machine as the evaluator knows paths.
func Absolute(p string) string {
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

// systemName returns the kind of this machine as Nix names it.
func systemName() string {
	arch := map[string]string{"amd64": "x86_64", "arm64": "aarch64", "386": "i686"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	return arch + "-" + runtime.GOOS
}

func homeDir() string {
	if home, err := os.UserHomeDir(); err == nil {
		return Absolute(home)
	}
	if u, err := user.Current(); err == nil && u.HomeDir != "" {
		return Absolute(u.HomeDir)
	}
	return "/"
}

// PlainWriter writes messages without what controls a terminal, so that no
// program can.
type PlainWriter struct{ Out io.Writer }

func (p PlainWriter) Write(text []byte) (int, error) {
	if _, err := io.WriteString(p.Out, ansi.Plain(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}
