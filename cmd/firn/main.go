// Firn is the Nix language: it evaluates Nix expressions.
//
//	firn eval FILE...       evaluate, and print the value
//	firn parse FILE...      print the expression
//	firn parse --check DIR  parse every .nix file below a folder
//	firn doc NAME           print what a builtin does
//	firn version            print the version
//
// The exit status is 0, 1 if the input is wrong, 2 if the command line is.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/eval/core"
)

// gcPercent is how much garbage, in percent of what is live, there may be
// before it is collected. Trees are kept, so that collecting seldom finds much:
// at the default of 100 it takes a quarter of the time of parsing.
const gcPercent = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	os.Exit(run(os.Args[1:], &streams{in: os.Stdin, out: os.Stdout, err: os.Stderr, host: builtins.OSHost(), dir: absolute("."), home: homeDir()}))
}

// cli is the command line.
type cli struct {
	Eval    evalCmd    `cmd:"" help:"Evaluate Nix expressions and print the results."`
	Parse   parseCmd   `cmd:"" help:"Parse Nix files: print the expression, or check a folder."`
	Doc     docCmd     `cmd:"" help:"Print what a builtin does."`
	Version versionCmd `cmd:"" help:"Print the version."`

	Completion completionCmd `cmd:"" help:"Print a script with which a shell completes words."`
	Complete   completeCmd   `cmd:"" name:"__complete" hidden:"" passthrough:""`
}

// streams is what a command reads and writes, and the world it sees.
type streams struct {
	in       io.Reader
	out, err io.Writer
	host     core.Host
	dir      string // the current folder
	home     string
}

// errFailed says that the command failed and has said why.
var errFailed = errors.New("failed")

// run runs the command line and returns the exit status.
func run(args []string, s *streams) int {
	status := -1
	app, err := kong.New(&cli{},
		kong.Name("firn"),
		kong.Description("The Nix language in Go."),
		kong.Writers(s.out, s.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Exit(func(code int) { status = code }))
	if err != nil {
		fmt.Fprintf(s.err, "firn: internal error: %s\n", err)
		return 1
	}
	ctx, err := app.Parse(joinExpr(args))
	if status >= 0 { // --help has been served
		return status
	}
	if err != nil {
		fmt.Fprintf(s.err, "firn: %s\nTry 'firn --help'.\n", err)
		return 2
	}
	switch err := ctx.Run(s); {
	case errors.Is(err, errFailed):
		return 1
	case err != nil:
		fmt.Fprintf(s.err, "error: %s\n", err)
		return 1
	}
	return 0
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(s *streams) error {
	version := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		version = info.Main.Version
	}
	_, err := fmt.Fprintf(s.out, "firn %s (language of Nix 2.34)\n", version)
	return err
}

// pairFlags take a name and a value.
var pairFlags = map[string]bool{"--arg": true, "--argstr": true, "--option": true}

// joinExpr joins flags with the text behind them, which may start with a minus
// and is no flag then, and flags that take a name and a value with both.
func joinExpr(args []string) []string {
	names := map[string]string{"-E": "--expr", "--expr": "--expr", "-A": "--attr", "--attr": "--attr", "-I": "--include", "--include": "--include"}
	var out []string
	for i := 0; i < len(args); i++ {
		switch name := names[args[i]]; {
		case args[i] == "--":
			return append(out, args[i:]...)
		case name != "" && i+1 < len(args):
			i++
			out = append(out, name+"="+args[i])
		case pairFlags[args[i]] && i+2 < len(args) && !strings.Contains(args[i+1], "="):
			out = append(out, args[i]+"="+args[i+1]+"="+args[i+2])
			i += 2
		default:
			out = append(out, args[i])
		}
	}
	return out
}
