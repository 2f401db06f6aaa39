// Firn is the Nix language: it evaluates Nix expressions.
//
//	firn eval FILE...          evaluate, and print the value
//	firn repl                  a prompt, with a debugger
//	firn parse FILE...         print the expression
//	firn parse --check DIR     parse every .nix file below a folder
//	firn doc NAME              print what a builtin, or a function of a file, does
//	firn explain CODE          explain the code of an error
//	firn instantiate ARG...    be nix-instantiate, as a link of that name is
//	firn build PACKAGE...      build packages, and make links to them
//	firn run PACKAGE ARG...    run a program of a package
//	firn shell PACKAGE...      a shell in which programs of packages are found
//	firn develop PACKAGE       a shell with what a derivation is built with
//	firn log PACKAGE           print the log of a build
//	firn flake COMMAND         look at flakes, and lock them
//	firn registry COMMAND      look at what names of flakes stand for, and change it
//	firn search FLAKE REGEX... search for packages
//	firn store COMMAND         look at a store, add to it, keep order in it
//	firn derivation COMMAND    print and add derivations, and explain how two differ
//	firn profile COMMAND       install packages in profiles, and switch between generations
//	firn system COMMAND        switch a machine with NixOS between generations
//	firn home COMMAND          switch a home of Home Manager between generations
//	firn copy PATH...          copy paths between stores
//	firn daemon                serve the local store, as a link of the name nix-daemon does
//	firn compat DIR            make such links
//	firn completion SHELL      print the completion script of a shell
//	firn help COMMAND          print how a command is used
//	firn version               print the version
//
// The exit status is 0, 1 if the input is wrong, 2 if the command line is, 102 if what was
// fetched does not have the hash that was expected.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/firn-lang/firn/builtins/build/sandbox"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/cmd/firn/internal/flakecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/instantiate"
	"github.com/firn-lang/firn/cmd/firn/internal/nixcmd"
	"github.com/firn-lang/firn/cmd/firn/internal/nixenv"
	"github.com/firn-lang/firn/cmd/firn/internal/nixstore"
	"github.com/firn-lang/firn/cmd/firn/internal/serving"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/systemcmd"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval/world"
)

// gcPercent is how much garbage, in percent of what is live, there may be
// before it is collected. Trees are kept, so that collecting seldom finds much:
// the default of 100 takes up to a quarter of the time of parsing, and 400 takes
// pages from the system that cost as much as collecting would.
const gcPercent = 200

func main() {
	sandbox.Main() // the process may be about to become a builder
	system.Main()  // or to run the program of a generation
	setup.QuitQuietly()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	s := setup.System()
	switch name := strings.TrimSuffix(strings.ToLower(filepath.Base(os.Args[0])), ".exe"); {
	case programs[name] != nil:
		os.Exit(programs[name](os.Args[1:], s))
	case len(os.Args) > 1 && os.Args[1] == "instantiate":
		os.Exit(instantiate.Main(os.Args[2:], s))
	}
	os.Exit(run(os.Args[1:], streamsOf(s)))
}

// streamsOf returns the streams that package setup has.
func streamsOf(s *setup.Streams) *streams {
	return &streams{in: s.In, out: s.Out, err: s.Err, host: s.Host, dir: s.Dir, home: s.Home}
}

// nixMain is nix.
func nixMain(args []string, s *setup.Streams) int { return nixcmd.Main(args, s, nixRepl) }

// programs are what firn is when it is called by the name of one of Nix's.
var programs = map[string]func(args []string, s *setup.Streams) int{
	"nix":                 nixMain,
	"nix-build":           instantiate.BuildMain,
	"nix-collect-garbage": nixstore.CollectMain,
	"nix-copy-closure":    nixstore.CopyClosureMain,
	"nix-daemon":          serving.Main,
	"nix-env":             nixenv.Main,
	"nix-hash":            nixstore.HashMain,
	"nix-instantiate":     instantiate.Main,
	"nix-prefetch-url":    nixstore.PrefetchMain,
	"nix-shell":           instantiate.ShellMain,
	"nix-store":           nixstore.StoreMain,
	"nixos-rebuild":       systemcmd.RebuildMain,
}

// cli is the command line.
type cli struct {
	ShowVersion versionFlag `name:"version" hidden:"" help:"Print the version."`
	Color       string      `enum:"auto,always,never" default:"auto" placeholder:"WHEN" help:"Print in colours: auto (default: on a terminal, unless NO_COLOR is set), always or never."`

	Eval    evalCmd    `cmd:"" help:"Evaluate Nix expressions and print the results."`
	Parse   parseCmd   `cmd:"" help:"Parse Nix files: print the expression, or check a folder."`
	Repl    replCmd    `cmd:"" help:"Evaluate expressions at a prompt, with a debugger."`
	Doc     docCmd     `cmd:"" help:"Print what a builtin, or a function of a file, does."`
	Explain explainCmd `cmd:"" help:"Explain the code of an error."`
	Version versionCmd `cmd:"" help:"Print the version."`

	Hash storeGroup[storecmd.Hash] `cmd:"" help:"Compute and convert hashes."`
	NAR  storeGroup[storecmd.NAR]  `cmd:"" name:"nar" help:"Make and look into archives."`
	Key  storeGroup[storecmd.Key]  `cmd:"" help:"Make keys that sign store objects."`

	Build       buildCmd       `cmd:"" help:"Build packages, or fetch them, and make links to them."`
	Run         runCmd         `cmd:"" help:"Run a program of a package."`
	Shell       shellCmd       `cmd:"" help:"Start a shell in which programs of packages are found."`
	Develop     developCmd     `cmd:"" help:"Start a shell with what a derivation is built with."`
	PrintDevEnv printDevEnvCmd `cmd:"" help:"Print commands that set the variables with which a derivation is built."`

	Flake    storeGroup[flakecmd.Flake]    `cmd:"" help:"Look at flakes, and lock them."`
	Registry storeGroup[flakecmd.Registry] `cmd:"" help:"Look at what names of flakes stand for, and change it."`
	Search   searchCmd                     `cmd:"" help:"Search for packages of a flake, or of an expression."`

	Store      storeGroup[storecmd.StoreCommands]      `cmd:"" help:"Look at a store, add to it, and keep order in it."`
	Derivation storeGroup[storecmd.DerivationCommands] `cmd:"" help:"Print and add derivations, and explain how two differ."`
	Profile    storeGroup[storecmd.ProfileCommands]    `cmd:"" help:"Install packages in profiles, and switch between generations."`
	System     storeGroup[systemcmd.System]            `cmd:"" help:"Switch a machine with NixOS between generations, and say why they differ."`
	Home       storeGroup[systemcmd.Home]              `cmd:"" help:"Switch a home of Home Manager between generations, and say why they differ."`
	Log        logCmd                                  `cmd:"" help:"Print the log of a build, also of one that runs."`
	Copy       copyCmd                                 `cmd:"" help:"Copy paths, and all that they refer to, between stores."`

	Instantiate instantiateCmd `cmd:"" passthrough:"" help:"Be nix-instantiate: the same flags, output, messages and exit status."`
	Daemon      daemonCmd      `cmd:"" help:"Serve the local store to clients, as nix-daemon does."`
	Compat      compatCmd      `cmd:"" help:"Make links by which scripts call firn in place of nix-instantiate."`

	Help       helpCmd       `cmd:"" help:"Print how firn, or one of its commands, is used."`
	Completion completionCmd `cmd:"" help:"Print the completion script of a shell."`
	Complete   completeCmd   `cmd:"" name:"__complete" hidden:"" passthrough:""`
}

// instantiateCmd is served before the command line is read as one of firn.
type instantiateCmd struct {
	Args []string `arg:"" optional:""`
}

// streams are the input and output of a command, and the world that it sees.
type streams struct {
	in       io.Reader
	out, err io.Writer
	host     world.Host
	dir      string // the current folder
	home     string
	color    string // --color: auto, always or never; "" is auto

	// Tests may change how time passes: how long text waits to be written, and how
	// long firn eval --watch waits, which goes on while that returns true.
	delay time.Duration
	wait  func(ctx context.Context) bool
}

// setup returns the streams as package setup takes them.
func (s *streams) setup() *setup.Streams {
	return &setup.Streams{In: s.in, Out: s.out, Err: s.err, Host: s.host, Dir: s.dir, Home: s.home, LookupEnv: os.LookupEnv}
}

// terminal returns the terminal that a stream is, with colours as --color says.
func (s *streams) terminal(stream any) terminal.Terminal {
	t := terminal.Of(stream, os.Getenv)
	if s.color == "always" || s.color == "never" {
		t.Color = s.color == "always"
	}
	return t
}

// A failedError says that the command failed, and has said why. It is the exit status.
type failedError int

func (e failedError) Error() string { return "failed" }

// Is makes all of them errFailed.
func (e failedError) Is(target error) bool { return target == errFailed }

// errFailed is the failedError of most errors.
var errFailed error = failedError(1)

// run runs the command line and returns the exit status.
func run(args []string, s *streams) int {
	status := -1
	var c cli
	app, err := kong.New(&c,
		kong.Name("firn"),
		kong.Description("The Nix language in Go."),
		kong.Writers(s.out, s.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Exit(func(code int) { status = code }))
	if err != nil {
		fmt.Fprintf(s.err, "firn: internal error: %s\n", err)
		return 1
	}
	app.Model.HelpFlag.Help = "Print how the command is used."
	if len(args) == 0 {
		args = []string{"--help"}
		app.Stdout = s.err
		app.Exit = func(int) { status = 2 }
	}
	words, err := arrange(app.Model.Node, args)
	if err != nil {
		return usage(err, args, s)
	}
	ctx, err := app.Parse(words)
	if status >= 0 { // --help has been served
		return status
	}
	if err != nil {
		return usage(err, args, s)
	}
	s.color = c.Color
	var wrong *settings.UsageError
	var failed failedError
	switch err := runBound(ctx, s); {
	case errors.As(err, &wrong):
		return usage(&usageError{ctx.Selected().FullPath(), err.Error()}, args, s)
	case errors.As(err, &failed):
		return int(failed)
	case errors.Is(err, syscall.EPIPE): // the reader of the output has gone
		return 1
	case err != nil:
		fmt.Fprintf(s.err, "error: %s\n", plainError(err))
		return 1
	}
	return 0
}

// usage says what is wrong with the command line, and what to do, and returns
// the exit status.
func usage(err error, args []string, s *streams) int {
	command := "firn"
	var parsing *kong.ParseError
	var own *usageError
	switch {
	case errors.As(err, &own):
		command = own.command
	case errors.As(err, &parsing) && parsing.Context != nil:
		if node := parsing.Context.Selected(); node != nil {
			command = node.FullPath()
		}
	}
	fmt.Fprintf(s.err, "firn: %s\n", parserWords(err.Error()))
	if command == "firn" && len(args) > 0 && isEvaluation(args[0]) {
		fmt.Fprintf(s.err, "To evaluate: firn eval %s\n", strings.Join(args, " "))
	}
	fmt.Fprintf(s.err, "Try '%s --help'.\n", command)
	return 2
}

// parserPhrases are what the parser of command lines says, and firn's own words for it.
var parserPhrases = []struct {
	theirs *regexp.Regexp
	ours   string
}{
	{regexp.MustCompile(`^(\S+) must be one of (.*) but got "(.*)"$`), "$1 is one of $2, not $3"},
	{regexp.MustCompile(`^(\S+ and \S+) can't be used together$`), "$1 cannot be used together"},
	{regexp.MustCompile(`^(eval|parse|repl|doc|explain|compat|completion): (.*)$`), "$2"},
}

// parserWords returns a message about a command line in firn's own words.
func parserWords(msg string) string {
	for _, p := range parserPhrases {
		if p.theirs.MatchString(msg) {
			return strings.ReplaceAll(p.theirs.ReplaceAllString(msg, p.ours), `","`, `", "`)
		}
	}
	return msg
}

// fileVerbs say what a failed operation on a file was to do.
var fileVerbs = map[string]string{
	"open": "read", "read": "read", "stat": "read", "lstat": "read", "readdirent": "read", "write": "written", "mkdir": "created", "mkdirtemp": "created",
	"createtemp": "created", "symlink": "created", "rename": "written", "remove": "removed",
}

// plainError returns the text of an error, of a file in words that say what to look at.
func plainError(err error) string {
	var path *fs.PathError
	var link *os.LinkError
	name, op, cause := "", "", err
	switch {
	case errors.As(err, &path):
		name, op, cause = path.Path, path.Op, path.Err
	case errors.As(err, &link):
		name, op, cause = link.New, link.Op, link.Err
	default:
		return err.Error()
	}
	verb := fileVerbs[op]
	switch {
	case verb == "":
		return err.Error()
	case errors.Is(cause, fs.ErrNotExist) && verb == "read":
		return fmt.Sprintf("there is no file or folder '%s'", name)
	}
	if errors.Is(cause, world.ErrNotRegular) {
		return fmt.Sprintf("'%s' %s", name, cause)
	}
	return fmt.Sprintf("'%s' cannot be %s: %s", name, verb, cause)
}

// isEvaluation reports whether a command line that begins with arg is likely to lack the
// word eval.
func isEvaluation(arg string) bool {
	switch arg {
	case "-E", "--expr", "-A", "--attr", "-f", "--file", "-":
		return true
	}
	_, err := os.Stat(arg)
	return err == nil || strings.HasSuffix(arg, ".nix") || strings.HasPrefix(arg, "<")
}

// helpCmd is served by arrange, which makes --help of it.
type helpCmd struct {
	Command string `arg:"" optional:"" help:"The command. Default: firn itself."`
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(s *streams) error { return printVersion(s.out) }

// versionFlag is --version.
type versionFlag bool

// BeforeReset serves the flag, whatever else there is.
func (versionFlag) BeforeReset(app *kong.Kong) error {
	if err := printVersion(app.Stdout); err != nil {
		return err
	}
	app.Exit(0)
	return nil
}

func printVersion(w io.Writer) error {
	version := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		version = info.Main.Version
	}
	_, err := fmt.Fprintf(w, "firn %s (language of Nix 2.34)\n", version)
	return err
}
