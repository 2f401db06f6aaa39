// Package setup turns what command lines and settings say into the options of evaluators.
//
//	s := setup.System()                         // the world of the process
//	set := s.Settings(warn)                     // settings.Settings of the machine and the user
//	…                                           // flags change them
//	ev, err := eval.New(setup.Options(s, set, &flags))
//	err = ev.Run(ctx, func(ctx context.Context) error {
//		args, err := setup.Arguments(ctx, ev, s, flags.Args)
//		…
//	})
package setup

// This file defines the world of a command, and the evaluator in it.

import (
	"fmt"
	"io"
	"os"
	"os/user"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/registry"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
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
	// NameTexts calls texts in messages what users know them by: the text of an option by the
	// option, as «--arg port», and files of flakes by their paths. The reference calls the
	// former all «string», and has paths in the store for some of the latter.
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
	set.SetDefault("system", eval.ThisSystem())
	return set
}

// Flags are what command lines that evaluate have in common, beside settings.
type Flags struct {
	Include   []string // -I: PATH or NAME=PATH, before the search path of the settings
	Args      []Arg    // for functions on the way to what is asked for
	ReadWrite bool     // what is put into the store can be read back
	// Registry has names of flakes that win over those of files; nil for none. Its entries may
	// be added until the first one is looked up.
	Registry *registry.Registry
}

// Options returns the options of an evaluator.
func Options(s *Streams, set *settings.Settings, f *Flags) eval.Options {
	get := fetch.New(FetchOptions(s, set))
	opt := eval.Options{
		Host:       s.Host,
		SearchPath: s.searchPath(set, f.Include),
		Dir:        s.Dir,
		Home:       s.Home,
		System:     set.Text("system"),
		Now:        time.Now,
		StoreDir:   s.StoreDir(set),
		Fetch:      get,
		NamePlaces: s.NameTexts,
		OpenCache:  openCache(s, set),
		Registries: NewRegistries(s, set, get, f.Registry, func(text string) { fmt.Fprintf(s.Err, "warning: %s\n", text) }).For,

		Pure:                   set.Bool("pure-eval"),
		AllowedURIs:            set.Strings("allowed-uris"),
		NoImportFromDerivation: !set.Bool("allow-import-from-derivation"),

		TraceImportFromDerivation: set.Bool("trace-import-from-derivation"),

		Features:   set.Strings("experimental-features"),
		NativeCode: set.Bool("allow-unsafe-native-code-during-evaluation"),
		Lints:      lang.Lints{URL: lint(set, "url"), ShortPath: lint(set, "short-path"), AbsolutePath: lint(set, "absolute-path")},

		Messages:     PlainWriter{s.Err},
		TraceVerbose: set.Bool("trace-verbose"),
		AbortOnWarn:  set.Bool("abort-on-warn"),

		// Memory is bounded by what the machine has.
		Cores:  cores(set),
		Limits: eval.Limits{CallDepth: set.Int("max-call-depth"), Memory: eval.Unlimited},
		Heap:   memoryLimit(),
	}
	if sys := set.Text("eval-system"); sys != "" {
		opt.System = sys
	}
	switch {
	case opt.Pure:
		opt.Allowed, opt.Restriction = []string{}, "in pure evaluation mode (use '--impure' to override)"
	case set.Bool("restrict-eval"):
		opt.Allowed, opt.Restriction = []string{}, "in restricted mode"
		for _, e := range opt.SearchPath {
			opt.Allowed = append(opt.Allowed, path.Clean(s.Absolute(e.Path)))
		}
	}
	// Without ReadWrite, what an expression would put into the store is not there,
	// as in the reference.
	if f.ReadWrite {
		opt.Store = eval.Memory(opt.StoreDir)
	}
	return opt
}

// maxCores is how many workers an evaluation gets if eval-cores is 0.
const maxCores = 8

// cores returns how many workers an evaluation may have: as eval-cores says, of which 0 stands for
// those that there are.
func cores(set *settings.Settings) int {
	if n := set.Int("eval-cores"); n > 0 {
		return n
	}
	return min(runtime.GOMAXPROCS(0), maxCores)
}

// Debugger returns d, which may be nil, with the options that the settings have for it.
func Debugger(set *settings.Settings, d *eval.Debugger) *eval.Debugger {
	if d != nil {
		o := d.Options()
		o.OnTrace, o.OnWarn, o.IgnoreTry = set.Bool("debugger-on-trace"), set.Bool("debugger-on-warn"), set.Bool("ignore-try")
	}
	return d
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
func (s *Streams) searchPath(set *settings.Settings, include []string) []eval.SearchPathEntry {
	if set.Bool("pure-eval") {
		return nil
	}
	var out []eval.SearchPathEntry
	add := func(entries ...string) {
		for _, text := range entries {
			prefix, p, ok := strings.Cut(text, "=")
			if !ok {
				prefix, p = "", text
			}
			out = append(out, eval.SearchPathEntry{Prefix: prefix, Path: s.slashed(p)})
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
		user = path.Join(s.StateHome(), "defexpr")
	}
	root := path.Join(s.StateDir(), "profiles/per-user/root/channels")
	var out []string
	for _, e := range [][2]string{{"", user + "/channels"}, {"nixpkgs=", root + "/nixpkgs"}, {"", root}} {
		if s.exists(e[1]) {
			out = append(out, e[0]+e[1])
		}
	}
	return out
}

// StateDir returns the folder of the usual store's database, roots and profiles.
func (s *Streams) StateDir() string {
	if dir := s.Getenv("NIX_STATE_DIR"); dir != "" {
		return dir
	}
	return "/nix/var/nix"
}

// StateHome returns the folder of Nix for what a user's programs remember.
func (s *Streams) StateHome() string {
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

// homeDir returns the user's folder; "/" if there is none.
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
